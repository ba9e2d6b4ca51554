#include "engine/masked.h"

#include <algorithm>

namespace cvr::engine {
namespace {

constexpr std::size_t kSurelyWhole =
    150;  // reports cut longer texts, and the beginning of a secret is not told from text

bool holds_known(const RedactedRequest& request, const Redactor& redactor) {
  RedactedParts alone;
  alone.request = request;
  return std::ranges::any_of(redactor.leaks(alone), &Leak::known);
}

// What a report may quote of a recording: its request, and why a body was left out.
bool holds_known(const RedactedParts& recorded, const Redactor& redactor) {
  if (holds_known(recorded.request, redactor)) return true;
  if (!recorded.response || !recorded.response->body.omitted) return false;
  return std::ranges::any_of(redactor.leaks(*recorded.response->body.omitted, {}), &Leak::known);
}

}  // namespace

match::Nearest masked(match::Nearest near, const Player& player, const Redactor& redactor) {
  if (near.n == 0) return near;
  // Compared as its own session knows it, it may hold what another one has taught.
  near.difference.asked = shown(redactor, near.difference.asked);
  const auto recorded = player.interaction(near.n - 1);
  if (recorded && !holds_known(**recorded, redactor)) return near;
  near.method = shown(redactor, near.method);
  near.url = shown(redactor, near.url);
  std::string& text = near.difference.recorded;
  text = text.size() < kSurelyWhole ? shown(redactor, text) : "...";
  return near;
}

match::MissReport masked(match::MissReport report, const Player& player, const Redactor& redactor) {
  report.reason = shown(redactor, report.reason);
  report.hint = shown(redactor, report.hint);
  for (match::Nearest& near : report.nearest) near = masked(std::move(near), player, redactor);
  return report;
}

Player::Unused masked(Player::Unused unused, const Redactor& redactor) {
  unused.method = shown(redactor, unused.method);
  unused.url = shown(redactor, unused.url);
  return unused;
}

}  // namespace cvr::engine
