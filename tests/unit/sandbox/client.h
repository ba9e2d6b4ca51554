// A well-behaved client of the stand-in for tests: right headers unless told otherwise, a clock of
// its own, and the answers' JSON at hand.
#pragma once

#include <boost/json/value.hpp>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "sandbox/service.h"

namespace cvr::sandbox::test {

inline constexpr std::int64_t kSecond = 1'000'000;
inline constexpr std::int64_t kDay = 86'400 * kSecond;
std::int64_t at(std::string_view timestamp);  // "2026-03-17T10:00:00Z"
std::int64_t tuesday();                       // 2026-03-17T10:00:00Z, a day after the rebuild

struct Outcome {
  Reply reply;
  boost::json::value json;  // null when the body is not JSON
  int status() const { return reply.response.status; }
  std::string code() const { return text("/meta/errors/0/code"); }
  std::string title() const { return text("/meta/errors/0/title"); }
  std::string text(std::string_view pointer) const;  // "(none)" when there is none; numbers as text
  std::size_t size(std::string_view pointer) const;  // of an array; 0 when there is none
  bool has(std::string_view pointer) const;
  std::string header(std::string_view name) const;
};

Scenario scenario(std::string_view toml_text);  // fails the test when it does not parse

class Client {
 public:
  explicit Client(Scenario scenario = {}, std::uint64_t seed = 7);

  http::Request request(std::string_view method, std::string_view target, std::string_view body = {}) const;
  Outcome send(const http::Request& request);
  Outcome get(std::string_view target) { return send(request("GET", target)); }
  Outcome post(std::string_view target, std::string_view body) { return send(request("POST", target, body)); }
  Outcome put(std::string_view target, std::string_view body) { return send(request("PUT", target, body)); }

  // The token endpoint.  `form`: the body.
  http::Request token_request(std::string_view form) const;
  Outcome token(std::string_view form) { return send(token_request(form)); }

  Service service;
  std::int64_t now = tuesday();
  Credentials credentials;  // those of the scenario's client
};

void set_field(http::Request& request, std::string_view name, std::string_view value);
void drop_field(http::Request& request, std::string_view name);

// POST /trips in its working form (FACTS section 6.2).
std::string trip_body(std::string_view more = {});

}  // namespace cvr::sandbox::test
