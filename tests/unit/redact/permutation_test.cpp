#include "redact/permutation.h"

#include <vector>

#include "kit.h"

namespace cvr::redact {
namespace {

TEST(Permutation, IsABijectionWithoutFixedPoints) {
  const Hmac hmac(test_key().bytes);
  for (const std::uint64_t size : {2u, 3u, 5u, 9u, 10u, 26u, 90u, 100u, 677u, 1000u, 9000u, 17576u}) {
    const Permutation permutation(hmac, size);
    std::vector<bool> seen(size);
    for (std::uint64_t value = 0; value < size; ++value) {
      const std::uint64_t by = permutation.of(value);
      ASSERT_LT(by, size);
      EXPECT_FALSE(seen[by]) << size;
      seen[by] = true;
      EXPECT_NE(by, value) << size;
    }
  }
  EXPECT_EQ(Permutation(hmac, 1).of(0), 0u);
}

TEST(Permutation, LargeDomainsStayInside) {
  const Hmac hmac(test_key().bytes);
  for (const std::uint64_t size :
       {std::uint64_t{1} << 24, std::uint64_t{9'999'999'967}, Permutation::kMaxSize - 1, Permutation::kMaxSize}) {
    const Permutation permutation(hmac, size);
    for (const std::uint64_t value : {std::uint64_t{0}, std::uint64_t{1}, size / 2, size - 1}) {
      EXPECT_LT(permutation.of(value), size);
      EXPECT_NE(permutation.of(value), permutation.of(value / 3 + 7));
    }
  }
}

TEST(Permutation, TheKeyDecides) {
  const Hmac one(test_key(1).bytes);
  const Hmac two(test_key(2).bytes);
  int same = 0;
  for (std::uint64_t value = 0; value < 100; ++value) {
    EXPECT_EQ(Permutation(one, 9000).of(value), Permutation(Hmac(test_key(1).bytes), 9000).of(value));
    same += Permutation(one, 9000).of(value) == Permutation(two, 9000).of(value) ? 1 : 0;
  }
  EXPECT_LE(same, 3);
}

}  // namespace
}  // namespace cvr::redact
