// The stand-in of Avinode's sandbox, without sockets: a request and the time in, an answer out.
// It follows FACTS (the collected public knowledge of the API); what FACTS marks as unknown is in
// gaps.h and errors.h.  Everything is derived from seed and clock: two services that see the same
// requests at the same times answer with the same bytes.
//
// Every input is hostile: bodies over kMaxBody are refused, memory is bounded, nothing recurses
// without limit.  One thread at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cvr/http.h"
#include "sandbox/documents.h"
#include "sandbox/envelope.h"
#include "sandbox/faults.h"
#include "sandbox/rate_limit.h"
#include "sandbox/scenario.h"
#include "sandbox/store.h"
#include "sandbox/tokens.h"

namespace cvr::sandbox {

inline constexpr std::size_t kMaxBody = 2u << 20;  // bytes

struct Route;

struct Options {
  Scenario scenario;
  std::uint64_t seed = 1;
  std::string base_url = "https://sandbox.avinode.com";  // of hrefs and deep links, without a slash at the end
  std::int64_t started_utc_us = 0;                       // what the clock shows at the start
};

struct Reply {
  Action action = Action::kRespond;  // otherwise `response` is to be ignored
  std::int64_t delay_ms = 0;         // to wait before the action
  // Complete but for framing: Content-Length is set (to HEAD: that of GET), the body of an answer
  // to HEAD is empty.  The connection's fields (Connection, Keep-Alive) are the sender's.
  http::Response response;
};

class Service {
 public:
  explicit Service(Options options);
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // `now_utc_us`: the clock.  Passing a Monday 06:00 UTC wipes the data (FACTS section 9).
  Reply handle(const http::Request& request, std::int64_t now_utc_us);

  // What the client shall be given (a dotenv file: see tokens.h): in after-reset those of before
  // the rebuild, in wrong-oauth-method with the wrong method's name; otherwise the valid ones.
  Credentials credentials() const;
  Credentials valid_credentials() const;  // accepted now
  Credentials old_credentials() const;    // accepted before the last rebuild
  Samples samples() const;                // what a fresh database holds
  Samples old_samples() const;            // gone with the last rebuild
  const Options& options() const { return options_; }

 private:
  void roll(std::int64_t now_utc_us);
  Credentials credentials_of(std::int64_t epoch) const;
  // `rate_headers` gets what the rate limit has to say.
  Answer answer(const http::Request& request, std::int64_t now_utc_us, http::Fields& rate_headers);
  Answer answer_token(const http::Request& request, std::int64_t now_utc_us);
  Answer answer_operation(const http::Request& request, std::int64_t now_utc_us);
  std::optional<Answer> check(const http::Request& request, std::int64_t now_utc_us) const;
  std::optional<Answer> check_rate(std::int64_t now_utc_us, http::Fields& rate_headers);
  std::optional<ErrorKind> refusal(const Route& route, const http::Request& request) const;
  http::Response respond(const http::Request& request, Answer answer, http::Fields more, std::int64_t now_utc_us) const;

  Options options_;
  Derivation derivation_;
  std::int64_t epoch_;
  Credentials valid_;
  Store store_;
  Documents documents_;
  TokenBook book_;
  RateLimiter limiter_;
  Faults faults_;
  std::uint64_t requests_ = 0;
};

}  // namespace cvr::sandbox
