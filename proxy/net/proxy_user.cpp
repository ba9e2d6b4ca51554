#include "net/proxy_user.h"

#include "base/base64.h"
#include "cvr/http.h"
#include "engine/sessions.h"

namespace cvr::net {

Result<std::string_view> proxy_authorization(const std::vector<http::FieldView>& fields) {
  std::string_view found;
  for (const http::FieldView& field : fields) {
    if (!http::equals_ignoring_case(field.name, "proxy-authorization")) continue;
    if (!found.empty()) return fail(ErrorCode::kMalformed, "more than one Proxy-Authorization");
    found = field.value;
  }
  return found;
}

Result<std::string> user_of(std::string_view authorization) {
  if (authorization.empty()) return std::string();
  const std::size_t space = authorization.find(' ');
  if (!http::equals_ignoring_case(authorization.substr(0, space), "basic") || space == std::string_view::npos) {
    return fail(ErrorCode::kMalformed,
                "Proxy-Authorization is not Basic; the session is the user name in http://NAME@HOST:PORT");
  }
  std::string_view coded = authorization.substr(space);
  coded.remove_prefix(std::min(coded.find_first_not_of(' '), coded.size()));
  auto plain = base64_decode(coded);
  if (!plain) return fail(ErrorCode::kMalformed, "Proxy-Authorization holds no base64");
  plain->resize(std::min(plain->find(':'), plain->size()));
  if (!plain->empty() && !engine::is_session_name(*plain)) {
    return fail(ErrorCode::kMalformed,
                "the proxy user name is no session name: [a-z0-9][a-z0-9._-]{0,99} is allowed, in lower case");
  }
  return std::move(*plain);
}

}  // namespace cvr::net
