#include "redact/basic.h"

#include "base/base64.h"
#include "redact/check.h"
#include "redact/pseudonym.h"

namespace cvr::redact {

std::optional<BasicCredentials> split_basic(std::string_view base64) {
  const auto plain = base64_decode(base64);
  if (!plain) return std::nullopt;
  const std::size_t colon = plain->find(':');
  if (colon == std::string::npos) return std::nullopt;
  return BasicCredentials{plain->substr(0, colon), plain->substr(colon + 1)};
}

std::string join_basic(std::string_view user, std::string_view password) {
  std::string plain(user);
  plain += ':';
  plain += password;
  return base64_encode(plain);
}

std::optional<std::string> basic_pseudonym(std::string_view base64, const Pseudonyms& pseudonyms) {
  const auto parts = split_basic(base64);
  if (!parts) return is_pseudonym(base64) ? std::nullopt : std::optional(pseudonyms.of(base64));
  const auto stays = [](const std::string& half) { return half.empty() || is_pseudonym(half); };
  if (stays(parts->user) && stays(parts->password)) return std::nullopt;
  const auto half = [&](const std::string& text) { return stays(text) ? text : pseudonyms.of(text); };
  return join_basic(half(parts->user), half(parts->password));
}

}  // namespace cvr::redact
