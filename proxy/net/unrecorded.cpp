#include "net/unrecorded.h"

#include <algorithm>

#include "base/base64.h"
#include "base/escape.h"

namespace cvr::net {
namespace {

constexpr std::string_view kBasic = "Basic ";

// "http://user:password@host/...", "user:password@host".
void add_userinfo(std::string_view text, http::Fields& fields) {
  const std::size_t scheme = text.find("://");
  if (scheme != text.npos) text.remove_prefix(scheme + 3);
  text = text.substr(0, text.find_first_of("/?#"));
  const std::size_t at = text.rfind('@');
  if (at == text.npos) return;
  fields.push_back({"Authorization", std::string(kBasic) + base64_encode(percent_decode(text.substr(0, at)))});
}

}  // namespace

std::string secret_of_proxy_user(std::string_view authorization) {
  const std::string_view scheme = authorization.substr(0, std::min(kBasic.size(), authorization.size()));
  if (!http::equals_ignoring_case(scheme, kBasic)) return std::string(authorization);
  std::string_view coded = authorization.substr(kBasic.size());
  coded.remove_prefix(std::min(coded.find_first_not_of(' '), coded.size()));
  const auto plain = base64_decode(coded);
  if (!plain) return std::string(authorization);
  const std::size_t colon = plain->find(':');
  if (colon == plain->npos) return {};
  return std::string(kBasic) + base64_encode(plain->substr(colon));
}

http::Request shown_fields(const http::RequestHead& head) {
  http::Request out;
  out.method = head.method;
  for (const http::FieldView& field : head.fields) {
    const bool of_proxy = http::equals_ignoring_case(field.name, "proxy-authorization");
    out.fields.push_back(
        {std::string(field.name), of_proxy ? secret_of_proxy_user(field.value) : std::string(field.value)});
    if (http::equals_ignoring_case(field.name, "host")) add_userinfo(field.value, out.fields);
  }
  add_userinfo(head.target, out.fields);
  return out;
}

http::Request shown(const http::RequestHead& head) {
  http::Request out = shown_fields(head);
  std::string_view target = head.target;
  if (const std::size_t scheme = target.find("://"); scheme < target.find('/')) {
    target.remove_prefix(std::min(target.find_first_of("/?", scheme + 3), target.size()));
  }
  const std::size_t question = std::min(target.find('?'), target.size());
  out.path = target.substr(0, question);
  out.has_query = question < target.size();
  if (out.has_query) out.query = target.substr(question + 1);
  return out;
}

}  // namespace cvr::net
