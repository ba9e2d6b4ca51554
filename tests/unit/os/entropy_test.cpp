#include "os/entropy.h"

#include <algorithm>
#include <array>
#include <set>

namespace cvr::os {
namespace {

TEST(SystemEntropy, FillsEveryByte) {
  SystemEntropy entropy;
  std::vector<std::uint8_t> ever_set(1000, 0);
  // 2^-8 a byte and round of being zero: after 16 rounds a zero means that the byte is not filled.
  for (int round = 0; round < 16; ++round) {
    std::vector<std::uint8_t> bytes(1000, 0);
    entropy.fill(bytes);
    for (std::size_t i = 0; i < bytes.size(); ++i) ever_set[i] |= bytes[i];
  }
  EXPECT_EQ(std::count(ever_set.begin(), ever_set.end(), 0), 0);
}

TEST(SystemEntropy, StaysWithinTheSpan) {
  SystemEntropy entropy;
  std::array<std::uint8_t, 64> bytes{};
  entropy.fill(std::span(bytes).subspan(16, 32));
  EXPECT_TRUE(std::all_of(bytes.begin(), bytes.begin() + 16, [](std::uint8_t b) { return b == 0; }));
  EXPECT_TRUE(std::all_of(bytes.begin() + 48, bytes.end(), [](std::uint8_t b) { return b == 0; }));
  entropy.fill({});
}

TEST(SystemEntropy, NeverRepeats) {
  SystemEntropy entropy;
  std::set<std::array<std::uint8_t, 16>> seen;
  for (int i = 0; i < 1000; ++i) {
    std::array<std::uint8_t, 16> bytes{};
    entropy.fill(bytes);
    EXPECT_TRUE(seen.insert(bytes).second);
  }
}

TEST(SystemEntropy, LargeRequestsAreFilled) {
  SystemEntropy entropy;
  std::vector<std::uint8_t> bytes(1 << 20, 0);
  entropy.fill(bytes);
  EXPECT_TRUE(std::any_of(bytes.end() - 64, bytes.end(), [](std::uint8_t b) { return b != 0; }));
}

}  // namespace
}  // namespace cvr::os
