#include "bundle/clocks.h"

#include <algorithm>
#include <vector>

#include "diagnose/times.h"

namespace cvr::bundle {

std::int64_t clock_offset_us(const Evidence& evidence) {
  std::vector<std::int64_t> offsets;
  for (const diagnose::Call& call : evidence.diagnosis->facts->timeline()) {
    if (call.in == diagnose::In::kAfter && call.vendors && call.date_us)
      offsets.push_back(*call.date_us - call.sent_us);
  }
  if (offsets.empty()) return 0;
  const auto middle = offsets.begin() + static_cast<std::ptrdiff_t>(offsets.size() / 2);
  std::ranges::nth_element(offsets, middle);
  // A Date has whole seconds, and an answer takes its time.
  constexpr std::int64_t kAgree = 2 * diagnose::kSecond;
  if (*middle >= -kAgree && *middle <= kAgree) return 0;
  return *middle / diagnose::kSecond * diagnose::kSecond;
}

std::string clock_line(const Evidence& evidence) {
  const std::int64_t offset = clock_offset_us(evidence);
  if (offset == 0) return {};
  return "Clocks: the recorder's clock was " + diagnose::span_text(offset) + (offset > 0 ? " behind" : " ahead of") +
         " yours. Times in this report and in timeline.csv are by your clock (your Date headers); interactions/, "
         "interactions.har and the recording bear the recorder's";
}

}  // namespace cvr::bundle
