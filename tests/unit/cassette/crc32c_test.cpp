#include "cassette/crc32c.h"

#include "support/random.h"

namespace cvr::cassette {
namespace {

TEST(Crc32c, TheVectorsOfRfc3720) {  // appendix B.4
  std::string ascending;
  for (int i = 0; i < 32; ++i) ascending += static_cast<char>(i);
  for (const auto function : {crc32c, crc32c_portable}) {
    EXPECT_EQ(function(std::string(32, '\0'), 0), 0x8a9136aaU);
    EXPECT_EQ(function(std::string(32, '\xff'), 0), 0x62a8ab43U);
    EXPECT_EQ(function(ascending, 0), 0x46dd794eU);
    EXPECT_EQ(function("123456789", 0), 0xe3069283U);
    EXPECT_EQ(function("", 0), 0U);
  }
}

TEST(Crc32c, BothWaysAgreeAtEverySizeAndAlignment) {
  std::string bytes(10'000, '\0');
  for (char& c : bytes) c = static_cast<char>(test::rng()());
  for (std::size_t size = 0; size < 5000; size += size < 64 ? 1 : 61) {
    for (const std::size_t from : {0, 1, 7}) {
      const std::string_view part = std::string_view(bytes).substr(from, size);
      ASSERT_EQ(crc32c(part), crc32c_portable(part)) << size;
    }
  }
}

TEST(Crc32c, GoesOnFromWhereItStopped) {
  const std::string bytes = test::random_hex(4000);
  for (const std::size_t cut : {0, 1, 1999, 4000}) {
    const std::string_view all = bytes;
    EXPECT_EQ(crc32c(all.substr(cut), crc32c(all.substr(0, cut))), crc32c(all));
  }
}

TEST(Crc32c, EveryChangedByteShows) {
  std::string bytes = test::random_hex(2000);
  const std::uint32_t before = crc32c(bytes);
  for (char& c : bytes) {
    c ^= 1;
    ASSERT_NE(crc32c(bytes), before);
    c ^= 1;
  }
}

}  // namespace
}  // namespace cvr::cassette
