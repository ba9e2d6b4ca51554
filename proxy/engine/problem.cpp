#include "engine/problem.h"

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

std::string_view hint_for(FailureKind kind) {
  switch (kind) {
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
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 407:
      return "Proxy Authentication Required";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 417:
      return "Expectation Failed";
    case 421:
      return "Misdirected Request";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Unknown";
  }
}

http::Response miss_answer(const match::MissReport& report) { return problem(502, "miss", match::to_json(report)); }

http::Response refusal(int status, std::string_view detail, std::string_view hint) {
  return problem(status, "refused", document(status, "refused", "Refused by CVR", detail, hint));
}

http::Response upstream_failure(const Failure& failure) {
  const std::string kind(to_string(failure.kind));
  return problem(
      502, "upstream-error; kind=" + kind,
      document(502, "upstream-error:" + kind, "The upstream did not answer", failure.detail, hint_for(failure.kind)));
}

http::Response gate_refusal(int status, std::string_view why) {
  return problem(status, "refused",
                 document(status, "gate", "The message was refused before it was read further", why,
                          "nothing was forwarded; mend the client's message"));
}

}  // namespace cvr::engine
