// The requests of a plan: its texts filled with values at the moment of the call.  They hold secrets.  Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "cvr/http.h"
#include "cvr/system.h"
#include "probe/credentials.h"
#include "profiles/plan.h"

namespace cvr::probe {

// What answers have given: ${access_token} of a method, and what steps save.
using Saved = std::map<std::string, std::string, std::less<>>;

// Where all of a plan's calls go.
http::Origin origin_of(const profiles::Plan& plan);

// `now_utc_us`: one moment for all of a call.
struct Moment {
  std::int64_t now_utc_us = 0;
  Entropy& entropy;
};

// The call of a step.  `method`: whose headers it has; null: none.  kNotFound: the name of a placeholder that
// has no value; kUsage: a value that can not stand where it is asked for.
Result<http::Request> call_request(const profiles::Plan& plan, const profiles::PlanStep& step,
                                   const profiles::PlanMethod* method, const Credentials& credentials,
                                   const Saved& saved, Moment moment);

// The base itself, without a credential: for the vendor's clock.
http::Request bare_request(const profiles::Plan& plan);

// The call of an OAuth method to the token endpoint (RFC 6749 section 4.4, RFC 7523 section 2.2).  Its
// variables are set.
http::Request token_request(const profiles::Plan& plan, const profiles::PlanMethod& method,
                            const Credentials& credentials, Moment moment);

// HS256, for one minute, with a number of its own; `audience` is the token endpoint's URL.
std::string client_assertion(std::string_view id, std::string_view secret, std::string_view audience, Moment moment);

}  // namespace cvr::probe
