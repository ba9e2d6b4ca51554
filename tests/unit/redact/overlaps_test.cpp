#include "redact/overlaps.h"

#include <gtest/gtest.h>

namespace cvr::redact {
namespace {

std::vector<std::size_t> touched(const Edits& edits, std::size_t begin, std::size_t end) {
  Budget budget(100);
  std::vector<std::size_t> out;
  Overlaps(edits, 0, [](const Edit& edit) {
    return edit.kind == Kind::kToken;
  }).for_each(begin, end, budget, [&](std::size_t index) { out.push_back(index); });
  return out;
}

Edit edit(std::size_t begin, std::size_t end, Kind kind = Kind::kToken) {
  return {.begin = begin, .end = end, .kind = kind, .rule = "r", .text = {}};
}

using All = std::vector<std::size_t>;

TEST(Overlaps, FindsWhatSharesAByte) {
  const Edits edits{edit(20, 30), edit(0, 5), edit(4, 50), edit(10, 12), edit(21, 22, Kind::kUser)};
  EXPECT_EQ(touched(edits, 4, 5), (All{2, 1}));
  EXPECT_EQ(touched(edits, 22, 23), (All{0, 2}));
  EXPECT_EQ(touched(edits, 50, 60), All{});
  EXPECT_EQ(touched(edits, 0, 0), All{});
  EXPECT_EQ(touched({}, 0, 10), All{});
}

TEST(Overlaps, LaysHoldOfNothingBeforeTheFirst) {
  const Edits edits{edit(0, 5), edit(0, 6)};
  Budget budget(100);
  std::size_t seen = 0;
  Overlaps(edits, 1, [](const Edit&) { return true; }).for_each(0, 10, budget, [&](std::size_t i) { seen += i; });
  EXPECT_EQ(seen, 1u);
}

}  // namespace
}  // namespace cvr::redact
