#include "redact/partials.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/base64.h"
#include "base/char_set.h"
#include "redact/views.h"
#include "redact/words.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMost = 4096;
constexpr std::size_t kMostBytes = 1u << 20;
constexpr std::size_t kLongest = 32u << 10;
constexpr int kCodings = 3;            // within each other
constexpr std::size_t kEdge = 8;       // bytes by which a stretch is recognised
constexpr std::size_t kLeftover = 12;  // a window of a secret counts from here on (REDACTION)
// What is one token is no word elsewhere: of it any piece counts.  One stands whole in every leftover.
constexpr std::size_t kPiece = kMinLedgerSize;
constexpr std::size_t kPieceStep = kLeftover - kPiece + 1;

using Ranges = std::vector<std::pair<std::size_t, std::size_t>>;

// Where the beginning or the end of `raw` stands in `value`, as far as they agree: around it an escape may have
// been taken with it ("=3A" of a colon), and it may go on beyond the value.
void add_common(std::string_view value, std::string_view raw, Ranges& out) {
  for (const std::size_t escape : {0u, 2u}) {
    const std::string_view start = raw.substr(std::min<std::size_t>(escape, raw.size() - kEdge));
    const std::size_t at = value.find(start.substr(0, kEdge));
    if (at == value.npos) continue;
    const std::string_view rest = value.substr(at);
    const auto same = std::ranges::mismatch(rest, start).in1 - rest.begin();
    out.emplace_back(at, at + static_cast<std::size_t>(same));
  }
  if (std::size_t at = value.find(raw.substr(raw.size() - kEdge)); at != value.npos) {
    const std::size_t end = at + kEdge;
    for (std::size_t back = raw.size() - kEdge; at > 0 && back > 0 && value[at - 1] == raw[back - 1]; --back) --at;
    out.emplace_back(at, end);
  }
}

// What the base64 that it ends with says; empty: it ends otherwise.
std::string last_meaning(std::string_view text) {
  constexpr CharSet kBase64("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");
  while (text.ends_with('=')) text.remove_suffix(1);
  std::size_t begin = text.size();
  while (begin > 0 && kBase64.has(text[begin - 1])) --begin;
  std::string_view run = text.substr(begin);
  if (run.size() % 4 == 1) run.remove_suffix(1);
  if (auto plain = base64_decode(run)) return *std::move(plain);
  return base64_decode(run.substr(0, run.size() / 4 * 4)).value_or(std::string());
}

bool is_sign(char c) { return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')); }

// Without signs at its ends: they may have been escaped, and their escape be gone with the stretch.
std::string_view trimmed(std::string_view piece) {
  while (!piece.empty() && is_sign(piece.front())) piece.remove_prefix(1);
  while (!piece.empty() && is_sign(piece.back())) piece.remove_suffix(1);
  return piece;
}

bool is_text(const std::optional<std::string>& bytes) {
  return bytes && std::ranges::none_of(*bytes, [](char c) { return c < 0x20 || c == 0x7f; });
}

// Drawn, not spelled: hex or base64 with a fair part of digits, and neither of a text, whose words stand elsewhere too
// (the header and the claims of a JWT).
bool is_one_token(std::string_view value) {
  constexpr CharSet kToken("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_.=");
  const auto digits = std::ranges::count_if(value, [](char c) { return c >= '0' && c <= '9'; });
  if (kToken.first_not_in(value) != value.npos || static_cast<std::size_t>(digits) * 16 < value.size()) return false;
  constexpr std::size_t kHead = 16;
  const std::string_view head = value.substr(0, kHead);
  return !is_text(base64_decode(head)) && !is_text(hex_decode(head));
}

}  // namespace

void Partials::note(std::string_view raw) {
  if (raw.size() < kEdge || raw.size() > kLongest) return;
  const std::lock_guard lock(mutex_);
  for (const View view : {View::kQuoted, View::kPercent}) {
    if (std::string plain = has_view(raw, view) ? decode(raw, view) : std::string(); plain.size() >= kEdge)
      note_one(plain);
  }
  std::string text(raw);
  for (int coding = 0; coding <= kCodings && text.size() >= kEdge; ++coding) {
    note_one(text);
    text = last_meaning(text);
  }
}

void Partials::note_one(std::string_view raw) {
  const auto [at, is_new] = noted_.emplace(raw);
  if (!is_new) return;
  order_.push_back(&*at);
  bytes_ += raw.size();
  while (order_.size() > kMost || bytes_ > kMostBytes) {
    bytes_ -= order_.front()->size();
    noted_.erase(noted_.find(*order_.front()));
    order_.pop_front();
  }
}

void Partials::learn(std::string_view value, Kind kind, const Pseudonyms& pseudonyms) {
  const auto enter = [&](std::string_view piece) {
    if (piece.size() <= kMaxLedgerValue && !is_ordinary(piece)) {
      rests_.learn({std::string(piece), pseudonyms.of(piece), kind, false, false});
    }
  };
  const auto pieces = leftovers(value);
  for (const std::string_view piece : pieces) enter(piece);
  if (pieces.empty() || !is_one_token(value)) return;
  const std::string by = pseudonyms.of(value);
  const auto enter_piece = [&](std::size_t at) {
    const std::string_view piece = value.substr(at, kPiece);
    const bool is_kept = at < by.size() && std::string_view(by).substr(at, kPiece) == piece;  // a prefix
    if (!is_kept) enter(piece);
  };
  for (std::size_t at = 0; at + kPiece < value.size(); at += kPieceStep) enter_piece(at);
  enter_piece(value.size() - kPiece);
}

std::vector<std::string_view> Partials::leftovers(std::string_view value) const {
  Ranges taken;
  {
    const std::lock_guard lock(mutex_);
    for (const std::string& raw : noted_) add_common(value, raw, taken);
  }
  if (taken.empty()) return {};
  std::ranges::sort(taken);
  taken.emplace_back(value.size(), value.size());
  std::vector<std::string_view> out;
  std::size_t at = 0;
  for (const auto& [begin, end] : taken) {
    const std::string_view piece = begin > at ? trimmed(value.substr(at, begin - at)) : std::string_view();
    if (piece.size() >= kLeftover) out.push_back(piece);
    at = std::max(at, end);
  }
  return out;
}

}  // namespace cvr::redact
