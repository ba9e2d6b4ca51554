#include "redact/finder.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>

#include "base/base64.h"
#include "redact/archives.h"
#include "redact/basic.h"
#include "redact/check.h"
#include "redact/entropy.h"
#include "redact/wide.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMinText = 8;
constexpr std::size_t kMaxHits = 250'000;  // of patterns in one text

bool in_base64(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
         c == '-' || c == '_';
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

Edit::Action action_for(const LedgerEntry& entry) {
  return entry.foreign ? Edit::Action::kKeep : Edit::Action::kReplace;
}

std::string hex_of(std::string_view text, bool upper) {
  return variant_of(text, upper ? Variant::kHexUpper : Variant::kHexLower);
}

// Digits stay as many: a JSON number must remain one.
bool is_numeric(std::string_view text) {
  return text.find_first_not_of("0123456789.+-eE") == text.npos && text.front() != 'e' && text.front() != 'E';
}

// Tokens may hold a slash, and in a path more follows behind one: a hit ends where a known value or a pseudonym does.
// `known`: as below.
std::size_t end_of_token(std::string_view text, const PatternHit& hit, std::span<const Edit> known) {
  constexpr int kMostSlashes = 8;
  if (hit.rule != "pattern.token") return hit.end;
  const auto is_known = [&](std::size_t end) {
    for (auto edit = std::ranges::lower_bound(known, hit.begin, {}, &Edit::begin); edit != known.end(); ++edit) {
      if (edit->begin != hit.begin) return false;
      if (edit->end == end) return true;
    }
    return false;
  };
  std::size_t slash = text.find('/', hit.begin);
  for (int i = 0; slash < hit.end && i < kMostSlashes; ++i, slash = text.find('/', slash + 1)) {
    if (is_known(slash) || is_pseudonym(text.substr(hit.begin, slash - hit.begin))) return slash;
  }
  return hit.end;
}

// Of "user:password".
std::string_view password_of(std::string_view userinfo) { return userinfo.substr(userinfo.find(':') + 1); }

// A known secret begins before the hit and ends in it, or the other way round: what is left of the hit is
// no address then.  `known` is sorted by where edits begin.
bool reaches_beyond(const PatternHit& hit, std::span<const Edit> known) {
  const auto next = std::ranges::lower_bound(known, hit.begin, {}, &Edit::begin);
  for (auto edit = next; edit != known.begin() && next - edit < 4;) {
    if ((--edit)->end > hit.begin) return true;
  }
  for (auto edit = next; edit != known.end() && edit->begin < hit.end; ++edit) {
    if (edit->end > hit.end) return true;
  }
  return false;
}

}  // namespace

bool Finder::find(std::string_view text, Edits& edits, std::string_view* reason, bool cut) const {
  if (text.size() < (expressions_ == nullptr ? kMinText : 1)) return true;
  Budget budget(text.size(), cut);
  explore(text, 0, budget, edits);
  if (budget.exhausted() && reason != nullptr) *reason = budget.reason();
  return !budget.exhausted();
}

void Finder::scan(std::string_view text, Budget& budget, std::vector<LedgerHit>& hits) const {
  for (const Ledger* ledger : {ledgers_[0], ledgers_[1]}) {
    if (ledger != nullptr) ledger->scan(text, budget, hits);
  }
  if (ledgers_[2] == nullptr) return;
  std::vector<LedgerHit> adopted;
  ledgers_[2]->scan(text, budget, adopted);
  std::ranges::copy_if(adopted, std::back_inserter(hits),
                       [&](const LedgerHit& hit) { return ledgers_[0]->find(hit.entry->value) == nullptr; });
}

bool Finder::knows(std::string_view text) const {
  Budget budget(text.size());
  std::vector<LedgerHit> hits;
  scan(text, budget, hits);
  return budget.exhausted() || std::ranges::any_of(hits, [](const LedgerHit& hit) { return !hit.entry->foreign; });
}

void Finder::search_bytes(std::string_view text, Budget& budget, Edits& edits) const {
  if (!budget.spend(text.size())) return;
  const std::size_t known = edits.size();
  search_ledger(text, budget, edits);
  search_patterns(text, known, budget, edits);
  if (expressions_ != nullptr) search_expressions(text, budget, edits);
}

void Finder::search_ledger(std::string_view text, Budget& budget, Edits& edits) const {
  std::vector<LedgerHit> hits;
  scan(text, budget, hits);
  std::sort(hits.begin(), hits.end(), [](const LedgerHit& a, const LedgerHit& b) { return a.begin < b.begin; });
  std::size_t rewritten = 0;
  for (const LedgerHit& hit : hits) {
    const LedgerEntry& entry = *hit.entry;
    if (is_base64(hit.variant)) {
      if (hit.begin >= rewritten) rewritten = add_base64(text, hit, budget, edits);
    } else if (is_doubled(hit.variant)) {
      edits.push_back(
          {hit.begin, hit.end, entry.kind, "ledger", variant_of(entry.pseudonym, hit.variant), action_for(entry)});
    } else if (hit.variant == Variant::kRaw || hit.variant == Variant::kDecoded) {
      edits.push_back({hit.begin, hit.end, entry.kind, "ledger", entry.pseudonym, action_for(entry)});
    } else if (is_wide(hit.variant)) {
      std::string by = variant_of(entry.pseudonym, hit.variant);
      if (hit.variant == Variant::kUtf16 && !is_ascii(entry.value) && is_ascii(entry.pseudonym)) by += '\0';
      edits.push_back({hit.begin, hit.end, entry.kind, "ledger.utf16", std::move(by), action_for(entry)});
    } else if (is_escaped(hit.variant)) {
      const bool json = hit.variant == Variant::kJson;
      edits.push_back({hit.begin, hit.end, entry.kind, json ? "ledger.json" : "ledger.percent",
                       encode(entry.pseudonym, json ? View::kJson : View::kPercent), action_for(entry)});
    } else {
      edits.push_back({hit.begin, hit.end, entry.kind, "ledger.hex",
                       hex_of(entry.pseudonym, hit.variant == Variant::kHexUpper), action_for(entry)});
    }
  }
}

std::size_t Finder::add_base64(std::string_view text, const LedgerHit& hit, Budget& budget, Edits& edits) const {
  const LedgerEntry& entry = *hit.entry;
  if (entry.foreign) {
    edits.push_back({hit.begin, hit.end, entry.kind, "ledger.base64", {}, Edit::Action::kKeep});
    return 0;
  }
  std::size_t run = hit.end;
  while (run < text.size() && in_base64(text[run])) ++run;
  if (!budget.spend(run - hit.begin)) return 0;
  if (rewrite_run(text, hit, run, edits)) return run;
  // Mixed alphabets, no whole groups, or something known inside at another alignment: the
  // characters are replaced one by one, the neighbours that share bits with the value too.
  // What stands before another sign is of another word.
  const std::size_t least = hit.begin - std::min(hit.begin, skipped_by(alignment_of(hit.variant)));
  std::size_t begin = hit.begin;
  while (begin > least && (in_base64(text[begin - 1]) || is_space(text[begin - 1]))) --begin;
  while (begin < hit.begin && !in_base64(text[begin])) ++begin;
  const std::size_t end = std::min(run, hit.end + 3);
  edits.push_back({begin, end, entry.kind, "ledger.base64", same_shape(text.substr(begin, end - begin), pseudonyms_)});
  return 0;
}

// From the group of four that holds the value's beginning to the end of the run: decoded, every
// known value replaced, and encoded again, so that a reader who decodes finds the pseudonyms.
bool Finder::rewrite_run(std::string_view text, const LedgerHit& hit, std::size_t run, Edits& edits) const {
  const std::size_t skip = skipped_by(alignment_of(hit.variant));
  if (hit.begin < skip) return false;
  std::size_t begin = hit.begin - skip;
  std::size_t end = run - ((run - begin) % 4 == 1 ? 1 : 0);
  if (end < hit.end) return false;
  const std::string_view group = text.substr(begin, end - begin);
  const bool url = group.find_first_of("-_") != group.npos;
  if (url && group.find_first_of("+/") != group.npos) return false;
  const auto plain = base64_decode(group);
  if (!plain) return false;

  Budget budget(plain->size());
  std::vector<LedgerHit> inner;
  scan(*plain, budget, inner);
  // Cut off within the value's last byte, the group holds less than the value and would stay as it is.
  const auto is_hit = [&](const LedgerHit& known) {
    return known.entry == hit.entry && known.variant == Variant::kRaw;
  };
  if (std::ranges::none_of(inner, is_hit)) return false;
  Edits changes;
  for (const LedgerHit& known : inner) {
    if (known.variant != Variant::kRaw || known.entry->foreign) continue;
    changes.push_back({known.begin, known.end, known.entry->kind, "ledger", known.entry->pseudonym});
  }
  const std::string changed = apply_plain(*plain, std::move(changes), pseudonyms_);
  std::string by = url ? base64url_encode(changed) : base64_encode(changed);
  while (by.ends_with('=')) by.pop_back();
  // The last character may belong to no group here and to another value all the same.
  if (budget.exhausted() || knows(by + std::string(text.substr(end, run - end)))) return false;

  if (by.size() == group.size()) {  // only what differs, in whole groups
    while (by.size() > 4 && by.ends_with(text.substr(end - 4, 4))) by.resize(by.size() - 4), end -= 4;
  } else {
    const std::size_t before = end;
    while (end < text.size() && text[end] == '=' && end - before < 2) ++end;
    while (end > before && by.size() % 4 != 0) by += '=';
  }
  edits.push_back({begin, end, hit.entry->kind, "ledger.base64", std::move(by)});
  return true;
}

// Of an id only the digits are the hit; what was handed out stands with its prefix.
std::optional<std::string> Finder::personal(std::string_view text, const PatternHit& hit) const {
  if (hit.kind == Kind::kId) {
    std::size_t begin = hit.begin;
    while (begin > 0 && hit.begin - begin < 32 && (is_letter(text[begin - 1]) || text[begin - 1] == '-')) --begin;
    if (pseudonyms_.adopted().holds(text.substr(begin, hit.end - begin))) return std::nullopt;
  }
  return pseudonyms_.shaped(text.substr(hit.begin, hit.end - hit.begin), hit.kind);
}

void Finder::search_patterns(std::string_view text, std::size_t known, Budget& budget, Edits& edits) const {
  const std::size_t known_end = edits.size();
  std::vector<PatternHit> hits;
  patterns_.scan(text, hits);
  // An Edit and a Span take some 200 bytes: bodies of nothing but addresses would take many times their size.
  if (hits.size() > kMaxHits) return budget.exhaust("more personal values than are replaced");
  edits.reserve(edits.size() + hits.size());
  for (PatternHit& hit : hits) {
    hit.end = end_of_token(text, hit, std::span(edits).subspan(known, known_end - known));
    const bool contact = hit.kind == Kind::kEmail || hit.kind == Kind::kPhone;
    if (contact && reaches_beyond(hit, std::span(edits).subspan(known, known_end - known))) continue;
    const std::string_view found = text.substr(hit.begin, hit.end - hit.begin);
    std::optional<std::string> by;  // nullopt: is a pseudonym already
    if (hit.rule == "pattern.pem") {
      const std::string payload = pem_payload(found);
      if (payload.empty()) continue;
      if (!is_pseudonym(payload)) by = pem_with_payload(found, pseudonyms_.of(payload));
    } else if (hit.rule == "pattern.basic") {
      by = basic_pseudonym(found, pseudonyms_);
    } else if (is_personal(hit.kind)) {
      by = personal(text, hit);
    } else if (hit.rule == "pattern.url" && is_pseudonym(password_of(found))) {
      // The user beside it may be a token of its own.
      const std::string_view user = found.substr(0, static_cast<std::size_t>(password_of(found).data() - found.data()));
      std::vector<PatternHit> tokens;
      patterns_.scan(user, tokens);
      for (const PatternHit& token : tokens) {
        const std::string_view value = user.substr(token.begin, token.end - token.begin);
        if (is_personal(token.kind) || is_pseudonym(value)) continue;
        edits.push_back(
            {hit.begin + token.begin, hit.begin + token.end, token.kind, token.rule, pseudonyms_.of(value)});
      }
      hit.begin += user.size();
    } else if (!is_pseudonym(found)) {
      by = pseudonyms_.of(found);
    }
    edits.push_back({hit.begin, hit.end, hit.kind, hit.rule, by.value_or(std::string()),
                     by ? Edit::Action::kReplace : Edit::Action::kKeep});
  }
}

void Finder::search_expressions(std::string_view text, Budget& budget, Edits& edits) const {
  if (is_binary(text)) return;  // patterns describe text; an image stays what it is
  std::vector<PatternHit> hits;
  if (!expressions_->scan(text, hits)) return budget.exhaust("more matches of a pattern than are replaced");
  for (const PatternHit& hit : hits) {
    const std::string_view found = text.substr(hit.begin, hit.end - hit.begin);
    std::optional<std::string> by;  // nullopt: is a pseudonym already
    if (is_personal(hit.kind)) {
      by = pseudonyms_.shaped(found, is_numeric(found) && hit.kind != Kind::kDate ? Kind::kNumber : hit.kind);
    } else if (!is_pseudonym(found)) {
      by = is_numeric(found) ? pseudonyms_.number(found) : pseudonyms_.of(found);
    }
    edits.push_back({hit.begin, hit.end, hit.kind, hit.rule, by.value_or(std::string()),
                     by ? Edit::Action::kReplace : Edit::Action::kKeep});
  }
}

void Finder::find_random(std::string_view text, Edits& edits) const {
  std::vector<RandomRun> runs;
  scan_random(text, runs);
  if (runs.empty()) return;
  std::vector<std::pair<std::size_t, std::size_t>> taken;
  taken.reserve(edits.size());
  for (const Edit& edit : edits) taken.emplace_back(edit.begin, edit.end);
  std::ranges::sort(taken);
  auto next = taken.begin();
  std::size_t covered = 0;  // up to here by those before `next`
  for (const RandomRun& run : runs) {
    for (; next != taken.end() && next->first < run.end; ++next) covered = std::max(covered, next->second);
    if (covered > run.begin) continue;
    const std::string_view found = text.substr(run.begin, run.end - run.begin);
    const bool keep = is_pseudonym(found);
    edits.push_back({run.begin, run.end, Kind::kToken, "entropy", keep ? std::string() : pseudonyms_.of(found),
                     keep ? Edit::Action::kKeep : Edit::Action::kReplace});
  }
}

}  // namespace cvr::redact
