#include "redact/ledger.h"

#include <algorithm>
#include <bit>
#include <cstring>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "cvr/result.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kFirstAnchors = 1024;
constexpr std::size_t kDenseFrom = 8192;  // values; from here on memory counts more than speed
constexpr std::uint64_t kNumberMask = 0xfffff;
constexpr std::uint64_t kProbeCost = 1;  // units of budget for looking at one anchor
constexpr std::size_t kMostDigits = 12;  // of a number that others hold by chance

// The least of a value that counts where it was cut.
constexpr std::size_t kLeastPart = AnchorTable::kMinPattern;

std::uint64_t first_eight(std::string_view text) {
  std::uint64_t word;
  std::memcpy(&word, text.data(), sizeof word);
  return word;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A PIN of eight digits stands by chance in every other id and time: in a longer number it is none.
bool is_part_of_number(std::string_view text, std::size_t begin, std::size_t end) {
  if (end - begin > kMostDigits) return false;
  const bool longer = (begin > 0 && is_digit(text[begin - 1])) || (end < text.size() && is_digit(text[end]));
  return longer && std::ranges::all_of(text.substr(begin, end - begin), is_digit);
}

}  // namespace

// Exact values: hash:44 | entry + 1:20, open addressing.
struct Ledger::Index {
  explicit Index(std::size_t size) : mask(size - 1), slots(std::make_unique<std::atomic<std::uint64_t>[]>(size)) {}
  void insert(std::uint64_t hash, std::size_t number) {
    std::size_t at = hash & mask;
    while (slots[at].load(std::memory_order_relaxed) != 0) at = (at + 1) & mask;
    slots[at].store((hash & ~kNumberMask) | (number + 1), std::memory_order_release);
    ++used;
  }
  std::size_t mask;
  std::size_t used = 0;
  std::unique_ptr<std::atomic<std::uint64_t>[]> slots;
};

Ledger::Ledger(std::uint64_t seed, Limits limits) : seed_(seed), limits_(limits) {
  CVR_CHECK(limits.max_values < kNumberMask);
  chunks_ = std::make_unique<std::atomic<Chunk*>[]>(limits.max_values / kChunk + 1);
  owned_tables_.push_back(std::make_unique<AnchorTable>(kFirstAnchors, 4, seed_));
  table_ = owned_tables_.back().get();
  owned_indexes_.push_back(std::make_unique<Index>(64));
  index_ = owned_indexes_.back().get();
}

Ledger::~Ledger() = default;

const LedgerEntry* Ledger::find(std::string_view value) const {
  return find_in(*index_.load(std::memory_order_acquire), value);
}

const LedgerEntry* Ledger::find_in(const Index& index, std::string_view value) const {
  const std::uint64_t hash = XXH3_64bits_withSeed(value.data(), value.size(), seed_);
  for (std::size_t at = hash & index.mask;; at = (at + 1) & index.mask) {
    const std::uint64_t slot = index.slots[at].load(std::memory_order_acquire);
    if (slot == 0) return nullptr;
    if ((slot ^ hash) >> 20 != 0) continue;
    const LedgerEntry& found = entry((slot & kNumberMask) - 1);
    if (found.value == value) return &found;
  }
}

bool Ledger::learn(LedgerEntry given) {
  CVR_CHECK(given.value.size() >= AnchorTable::kMinPattern && given.value.size() <= kMaxLedgerValue);
  const std::lock_guard lock(mutex_);
  if (find_in(*index_.load(std::memory_order_relaxed), given.value) != nullptr) return true;
  const std::size_t number = count_.load(std::memory_order_relaxed);
  if (number >= limits_.max_values || bytes_ + given.value.size() > limits_.max_bytes) {
    overflowed_.store(true, std::memory_order_relaxed);
    return false;
  }
  bytes_ += given.value.size();
  if (given.value.find(' ') != std::string::npos) has_spaces_.store(true, std::memory_order_relaxed);
  if (given.value.size() < shortest()) shortest_.store(given.value.size(), std::memory_order_relaxed);
  if (number % kChunk == 0) {
    owned_chunks_.push_back(std::make_unique<Chunk>());
    chunks_[number / kChunk].store(owned_chunks_.back().get(), std::memory_order_release);
  }
  const std::uint64_t hash = XXH3_64bits_withSeed(given.value.data(), given.value.size(), seed_);
  (*owned_chunks_.back())[number % kChunk] = std::move(given);
  count_.store(number + 1, std::memory_order_release);

  if (owned_tables_.back()->full()) {
    grow_table();
  } else {
    enter(*owned_tables_.back(), static_cast<std::uint32_t>(number));
  }
  if ((owned_indexes_.back()->used + 1) * 2 > owned_indexes_.back()->mask) grow_index();
  owned_indexes_.back()->insert(hash, number);
  return true;
}

void Ledger::copy_given(Ledger& to) const {
  for (std::size_t i = 0, count = size(); i < count; ++i) {
    if (entry(i).given) to.learn(entry(i));
  }
}

void Ledger::enter(AnchorTable& table, std::uint32_t number) {
  const std::string& value = entry(number).value;
  for (std::size_t i = 0; i < kVariantCount; ++i) {
    const auto variant = static_cast<Variant>(i);
    const std::string pattern = variant_of(value, variant);
    if (!is_distinct(pattern, value, variant)) continue;
    table.insert(pattern, number, static_cast<std::uint32_t>(i));
  }
}

// Enters all values so far, the newest included.
void Ledger::grow_table() {
  const std::size_t count = count_.load(std::memory_order_relaxed);
  const std::size_t stride = count < kDenseFrom ? 4 : 1;
  const std::size_t anchors = std::bit_ceil(std::max(kFirstAnchors, count * kVariantCount * stride + 128));
  auto bigger = std::make_unique<AnchorTable>(anchors, stride, seed_);
  for (std::size_t i = 0; i < count; ++i) enter(*bigger, static_cast<std::uint32_t>(i));
  table_.store(bigger.get(), std::memory_order_release);
  owned_tables_.push_back(std::move(bigger));
}

void Ledger::grow_index() {
  const Index& old = *owned_indexes_.back();
  auto bigger = std::make_unique<Index>((old.mask + 1) * 4);
  const std::size_t before = count_.load(std::memory_order_relaxed) - 1;  // the newest is entered by the caller
  for (std::size_t i = 0; i < before; ++i) {
    const std::string& value = entry(i).value;
    bigger->insert(XXH3_64bits_withSeed(value.data(), value.size(), seed_), i);
  }
  index_.store(bigger.get(), std::memory_order_release);
  owned_indexes_.push_back(std::move(bigger));
}

void Ledger::scan(std::string_view text, Budget& budget, std::vector<LedgerHit>& hits) const {
  if (text.size() < AnchorTable::kMinPattern || size() == 0) return;
  const AnchorTable& table = *table_.load(std::memory_order_acquire);
  if (table.stride() == 4) {
    scan_table<4>(table, text, budget, hits);
  } else {
    scan_table<1>(table, text, budget, hits);
  }
}

bool Ledger::is_part(const std::vector<Border>& borders, std::string_view part, bool start, Budget& budget) const {
  const std::uint64_t eight = first_eight(start ? part : part.substr(part.size() - kLeastPart));
  for (auto one = std::ranges::lower_bound(borders, eight, {}, &Border::eight); one != borders.end(); ++one) {
    if (one->eight != eight) break;
    const std::string& value = entry(one->entry).value;
    const std::string pattern = variant_of(value, static_cast<Variant>(one->variant));
    if (!budget.spend(pattern.size())) return false;
    // Eight bytes of the value, not of what spells them.
    const bool enough = part.size() * value.size() >= kLeastPart * pattern.size();
    const std::string_view whole = pattern;
    if (enough && (start ? whole.starts_with(part) : whole.ends_with(part))) return true;
  }
  return false;
}

std::size_t Ledger::begun_at_end(std::string_view text, Budget& budget) const {
  if (text.size() < kLeastPart) return text.size();
  const std::lock_guard lock(borders_.mutex);
  enter_borders();
  const std::size_t from = text.size() - std::min(text.size(), borders_.longest);
  if (!budget.spend(text.size() - from)) return text.size();
  for (std::size_t at = from; at + kLeastPart <= text.size(); ++at) {
    if (is_part(borders_.starts, text.substr(at), true, budget)) return at;
  }
  return text.size();
}

std::size_t Ledger::ended_at_begin(std::string_view text, Budget& budget) const {
  const std::lock_guard lock(borders_.mutex);
  enter_borders();
  std::size_t end = std::min(text.size(), borders_.longest);
  if (!budget.spend(end)) return 0;
  for (; end >= kLeastPart; --end) {
    if (is_part(borders_.ends, text.substr(0, end), false, budget)) return end;
  }
  return 0;
}

void Ledger::enter_borders() const {
  const std::size_t count = size();
  if (borders_.entered == count) return;
  const auto sorted = static_cast<std::ptrdiff_t>(borders_.starts.size());  // as many as of ends
  for (std::size_t i = borders_.entered; i < count; ++i) {
    if (entry(i).foreign) continue;
    for (std::size_t v = 0; v < kVariantCount; ++v) {
      const auto variant = static_cast<Variant>(v);
      const std::string pattern = variant_of(entry(i).value, variant);
      if (pattern.size() < kLeastPart || !is_distinct(pattern, entry(i).value, variant)) continue;
      const auto number = static_cast<std::uint32_t>(i);
      const std::string_view last = std::string_view(pattern).substr(pattern.size() - kLeastPart);
      borders_.starts.push_back({first_eight(pattern), number, static_cast<std::uint32_t>(v)});
      borders_.ends.push_back({first_eight(last), number, static_cast<std::uint32_t>(v)});
      borders_.longest = std::max(borders_.longest, pattern.size());
    }
  }
  borders_.entered = count;
  for (std::vector<Border>* all : {&borders_.starts, &borders_.ends}) {
    std::ranges::sort(all->begin() + sorted, all->end(), {}, &Border::eight);
    std::ranges::inplace_merge(*all, all->begin() + sorted, {}, &Border::eight);
  }
}

template <std::size_t kStride>
void Ledger::scan_table(const AnchorTable& table, std::string_view text, Budget& budget,
                        std::vector<LedgerHit>& hits) const {
  const auto probe = [&](const char* p, std::size_t at) {
    const std::uint64_t hash = table.hash(p);
    if (!table.may_hold(hash)) [[likely]]
      return true;
    const std::uint64_t seen =
        table.for_each(hash, [&](const AnchorTable::Anchor& anchor) { verify(text, at, anchor, budget, hits); });
    return budget.spend(seen * kProbeCost);
  };
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += kStride) {
    if (!probe(text.data() + at, at)) return;
  }
  for (; at + AnchorTable::kWindow <= text.size(); at += kStride) {
    char window[8] = {};
    std::memcpy(window, text.data() + at, AnchorTable::kWindow);
    if (!probe(window, at)) return;
  }
}

void Ledger::verify(std::string_view text, std::size_t window, const AnchorTable::Anchor& anchor, Budget& budget,
                    std::vector<LedgerHit>& hits) const {
  if (anchor.offset > window) return;
  const std::size_t begin = window - anchor.offset;
  const LedgerEntry& candidate = entry(anchor.entry);
  const auto variant = static_cast<Variant>(anchor.variant);
  std::string made;
  std::string_view pattern = candidate.value;
  if (variant != Variant::kRaw) {
    if (text.size() - begin < pattern.size() || !budget.spend(pattern.size())) return;
    made = variant_of(candidate.value, variant);
    pattern = made;
  }
  // What was compared is charged, so that many near misses end the search.
  const std::string_view stretch = text.substr(begin, pattern.size());
  const auto equal =
      static_cast<std::size_t>(std::mismatch(stretch.begin(), stretch.end(), pattern.begin()).first - stretch.begin());
  if (!budget.spend(equal) || equal < pattern.size()) return;
  const std::size_t end = begin + pattern.size();
  if (variant == Variant::kRaw && !limits_.inside_numbers && is_part_of_number(text, begin, end)) return;
  // Periodic values overlap themselves; joining keeps the number of hits linear.
  for (auto last = hits.rbegin(); last != hits.rend() && last - hits.rbegin() < 4; ++last) {
    if (last->entry == &candidate && last->variant == variant && last->end >= begin && last->begin <= begin) {
      last->end = std::max(last->end, end);
      return;
    }
  }
  hits.push_back({begin, end, &candidate, variant});
}

}  // namespace cvr::redact
