#include "engine/problem.h"

#include <algorithm>
#include <utility>

#include "base/escape.h"
#include "base/json_writer.h"

namespace cvr::engine {
namespace {

http::Response problem(int status, std::string mark, std::string body) {
  http::Response response;
  response.status = status;
  response.reason = reason_of(status);
  response.fields = {{"content-type", "application/problem+json"}, {"x-cvr", std::move(mark)}};
  response.body = std::move(body);
  return response;
}

std::string document(int status, std::string_view type, std::string_view title, std::string_view detail,
                     std::string_view hint) {
  json::Writer w;
  w.begin_object();
  w.member("type", "urn:cvr:" + std::string(type)).member("title", title).member("status", status);
  w.member("detail", detail);
  if (!hint.empty()) w.member("hint", hint);
  w.end_object();
  return w.take() + "\n";
}

std::string_view hint_for(const Failure& failure) {
  // As net/upstream_proxy has it.
  if (failure.detail.starts_with("the upstream proxy ")) {
    return "look at --upstream-proxy URL (or CVR_UPSTREAM_PROXY): its address, and its user name and password";
  }
  switch (failure.kind) {
    case FailureKind::kDns:
      return "check the host name and this machine's name service; --connect-to dials another address";
    case FailureKind::kConnect:
      return "the host resolved, and nothing answered there; check that the service is up and the port right";
    case FailureKind::kTls:
      return "the certificate or the protocol was not acceptable; --upstream-ca FILE trusts a private authority";
    case FailureKind::kTimeout:
      return "--upstream-timeout SECONDS waits longer";
    case FailureKind::kReset:
      return "the upstream closed the connection before its answer was complete";
    case FailureKind::kProtocol:
      return "the upstream's answer had more than one reading or was no HTTP";
  }
  return "";
}

}  // namespace

std::string_view reason_of(int status) {
  constexpr std::pair<int, std::string_view> kReasons[] = {{200, "OK"},
                                                           {201, "Created"},
                                                           {202, "Accepted"},
                                                           {204, "No Content"},
                                                           {304, "Not Modified"},
                                                           {400, "Bad Request"},
                                                           {401, "Unauthorized"},
                                                           {403, "Forbidden"},
                                                           {404, "Not Found"},
                                                           {405, "Method Not Allowed"},
                                                           {407, "Proxy Authentication Required"},
                                                           {408, "Request Timeout"},
                                                           {409, "Conflict"},
                                                           {410, "Gone"},
                                                           {412, "Precondition Failed"},
                                                           {413, "Content Too Large"},
                                                           {414, "URI Too Long"},
                                                           {415, "Unsupported Media Type"},
                                                           {417, "Expectation Failed"},
                                                           {421, "Misdirected Request"},
                                                           {422, "Unprocessable Content"},
                                                           {423, "Locked"},
                                                           {429, "Too Many Requests"},
                                                           {431, "Request Header Fields Too Large"},
                                                           {500, "Internal Server Error"},
                                                           {501, "Not Implemented"},
                                                           {502, "Bad Gateway"},
                                                           {503, "Service Unavailable"},
                                                           {504, "Gateway Timeout"},
                                                           {505, "HTTP Version Not Supported"}};
  const auto* found = std::ranges::find(kReasons, status, &std::pair<int, std::string_view>::first);
  return found == std::end(kReasons) ? "Unknown" : found->second;
}

http::Response miss_answer(const match::MissReport& report) { return problem(502, "miss", match::to_json(report)); }

http::Response refusal(int status, std::string_view detail, std::string_view hint) {
  return problem(status, "refused", document(status, "refused", "Refused by CVR", detail, hint));
}

http::Response upstream_failure(const Failure& failure) {
  const std::string kind(to_string(failure.kind));
  return problem(
      502, "upstream-error; kind=" + kind,
      document(502, "upstream-error:" + kind, "The upstream did not answer", failure.detail, hint_for(failure)));
}

http::Response fault_answer(const Faulted& fault) {
  http::Response response =
      problem(fault.status, "fault",
              document(fault.status, "fault", "A fault that was asked for",
                       "--fault '" + printable(fault.text) + "' answers in the place of a recording", ""));
  if (fault.retry_after_s) response.fields.push_back({"retry-after", std::to_string(*fault.retry_after_s)});
  return response;
}

http::Response gate_refusal(int status, std::string_view why) {
  return problem(status, "refused",
                 document(status, "gate", "The message was refused before it was read further", why,
                          "nothing was forwarded; mend the client's message"));
}

}  // namespace cvr::engine
