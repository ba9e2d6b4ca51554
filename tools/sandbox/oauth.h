// POST /api/oauth/token: OAuth 2.0 client credentials with one of three client-auth methods, the
// one that the secret was made for (FACTS section 4.2; RFC 6749 sections 2.3.1, 4.4 and 5;
// RFC 7523 section 2.2).  Errors have OAuth's body, not the envelope (FACTS section 7).
#pragma once

#include <string_view>

#include "cvr/http.h"
#include "sandbox/envelope.h"
#include "sandbox/tokens.h"

namespace cvr::sandbox {

struct OauthContext {
  const Scenario& scenario;
  const Derivation& derivation;
  const Credentials& credentials;  // the valid ones
  TokenBook& book;
  std::int64_t epoch = 0;
  std::int64_t now_utc_us = 0;
};

// The method of the request has been checked.
Answer answer_token_request(const http::Request& request, OauthContext& context);

// True when `assertion` is a JWT signed by HMAC with `secret` whose iss and sub are `client_id`,
// that has not expired, and whose audience is `audience` (empty: any).
bool assertion_is_good(std::string_view assertion, const Credentials& credentials, std::string_view audience,
                       std::int64_t now_utc_us);

}  // namespace cvr::sandbox
