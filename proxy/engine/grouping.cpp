#include "engine/grouping.h"

#include <algorithm>

namespace cvr::engine {
namespace {

// One bucket's entries, in recorded order, as groups.
void add_bucket(std::vector<match::Index::Entry>& entries, Grouping& out) {
  out.bucket_groups.push_back(static_cast<std::uint32_t>(out.groups.size()));
  const std::size_t first_group = out.groups.size();
  const auto exact = [](const match::Index::Entry& e) { return std::pair(e.exact_lo, e.exact_hi); };
  if (entries.size() > 1) {
    std::stable_sort(entries.begin(), entries.end(), [&](const auto& a, const auto& b) { return exact(a) < exact(b); });
  }
  for (const match::Index::Entry& entry : entries) {
    const bool starts = out.groups.size() == first_group || out.groups.back().exact_lo != entry.exact_lo ||
                        out.groups.back().exact_hi != entry.exact_hi;
    const auto at = static_cast<std::uint32_t>(out.order.size());
    if (starts) out.groups.push_back({entry.exact_lo, entry.exact_hi, at, at});
    out.order.push_back(entry.interaction);
    out.groups.back().end = at + 1;
  }
  // Groups in the order of their first recording: that is the order in which they are given out.
  std::sort(out.groups.begin() + static_cast<std::ptrdiff_t>(first_group), out.groups.end(),
            [&](const Group& a, const Group& b) { return out.order[a.begin] < out.order[b.begin]; });
}

}  // namespace

Grouping grouped(const match::Index& index) {
  Grouping out;
  std::vector<match::Index::Entry> entries;
  for (std::uint32_t bucket = 0; bucket < index.bucket_count(); ++bucket) {
    const match::Index::Range range = index.bucket(bucket);
    entries.assign(range.first, range.last);
    add_bucket(entries, out);
  }
  out.bucket_groups.push_back(static_cast<std::uint32_t>(out.groups.size()));
  return out;
}

}  // namespace cvr::engine
