#include "redact/userinfo.h"

#include <algorithm>

#include "base/char_set.h"
#include "redact/leaf.h"
#include "redact/views.h"
#include "redact/words.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxUserinfo = 512;
constexpr std::size_t kMostLearned = 64;  // of one text: a list of links must not fill the ledger
constexpr CharSet kStops("/?# \t\r\n\"'<>\\`");

// "user:PASSWORD" before the last '@' of an authority; empty: there is none.
std::string_view password_in(std::string_view authority) {
  const std::size_t at = authority.rfind('@');
  const std::size_t colon = authority.find(':');
  if (at == authority.npos || colon == authority.npos || colon >= at) return {};
  return authority.substr(colon + 1, at - colon - 1);
}

}  // namespace

void learn_userinfo(std::string_view text, Context& context) {
  std::size_t learned = 0;
  for (std::size_t at = text.find("://"); at != text.npos; at = text.find("://", at + 3)) {
    const std::string_view window = text.substr(at + 3, kMaxUserinfo);
    const std::string_view raw = password_in(window.substr(0, kStops.first_in(window)));
    if (raw.size() < kMinLedgerSize || is_template(raw)) continue;
    const std::string password = has_view(raw, View::kPercent) ? decode(raw, View::kPercent) : std::string(raw);
    context.masker.learn(password, Kind::kPassword, Place::kText);
    if (++learned == kMostLearned) return;
  }
}

}  // namespace cvr::redact
