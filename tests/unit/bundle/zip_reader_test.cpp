#include "bundle/zip_reader.h"

#include "bundle/zip_writer.h"

namespace cvr::bundle {
namespace {

std::string small() { return *write_zip({{"a.txt", "abc"}, {"b.txt", std::string(300, 'b')}, {"c", "c"}, {"d", "d"}}); }

TEST(ZipReader, RefusesEveryTruncation) {
  const std::string whole = small();
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(read_zip(std::string_view(whole).substr(0, size))) << size;
}

TEST(ZipReader, RefusesEveryFlippedBit) {
  const std::string whole = small();
  ASSERT_TRUE(read_zip(whole));
  for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
    std::string flipped = whole;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    const auto read = read_zip(flipped);
    // A name may change to another one: which names there are is for verify to say.
    if (read) {
      EXPECT_FALSE(read->contains("a.txt") && read->contains("b.txt") && read->contains("c") && read->contains("d"))
          << "bit " << bit;
    }
  }
}

TEST(ZipReader, RefusesWhatLiesAround) {
  EXPECT_FALSE(read_zip("x" + small()));
  EXPECT_FALSE(read_zip(small() + "x"));
  EXPECT_FALSE(read_zip(""));
}

TEST(ZipReader, TakesNoMemoryForWhatAHeadClaims) {
  std::string claims = small();
  const std::size_t central = claims.rfind("PK\1\2");  // of the last one
  claims.replace(central + 24, 4, "\xff\xff\xff\x7f");
  EXPECT_EQ(read_zip(claims).error().code, ErrorCode::kLimit);
}

}  // namespace
}  // namespace cvr::bundle
