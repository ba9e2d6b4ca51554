#include "importers/formats/har_notes.h"

#include <algorithm>

#include "base/escape.h"
#include "cvr/interaction.h"
#include "http/characters.h"
#include "http/head.h"
#include "model/credential_notes.h"

namespace cvr::importers {
namespace {

constexpr std::size_t kLongest = 80;
constexpr std::size_t kMostPadded = 4;

bool is_padded(std::string_view value) {
  const auto space = [](char c) { return c == ' ' || c == '\t'; };
  return !value.empty() && (space(value.front()) || space(value.back()));
}

bool names_a_credential(std::string_view name) {
  const std::string lower = http::to_lower(name);
  constexpr std::string_view kWords[] = {"auth", "token", "key", "secret"};
  return std::ranges::any_of(kWords, [&](std::string_view word) { return lower.contains(word); });
}

}  // namespace

void add_certificate_flags(const Node& entry, std::vector<std::string>& flags) {
  const Node* response = entry.find("response", Node::Type::kMap);
  for (const Node* holder : {&entry, response}) {
    const Node* details = holder == nullptr ? nullptr : holder->find("_securityDetails", Node::Type::kMap);
    if (details == nullptr) continue;
    const std::string_view issuer = details->text_of("issuer");
    if (issuer.empty()) continue;
    flags.push_back(std::string(kFlagTlsIssuer) + shortened(printable(issuer), kLongest));
    return;
  }
}

void add_padding_flags(const Node& request, std::vector<std::string>& flags) {
  const Node* headers = request.find("headers", Node::Type::kList);
  if (headers == nullptr) return;
  std::size_t count = 0;
  for (const Node& pair : headers->items) {
    const std::string_view name = pair.text_of("name");
    if (name.size() > kLongest || !http::is_token(name) || !names_a_credential(name)) continue;
    if (is_padded(pair.text_of("value")) && ++count <= kMostPadded) {
      flags.push_back(std::string(kFlagPaddedField) + http::to_lower(name));
    }
  }
}

}  // namespace cvr::importers
