#include "cassette/compress.h"

#include <zstd.h>

#include "support/random.h"

namespace cvr::cassette {
namespace {

TEST(Compress, PaysOrIsLeft) {
  std::string out = "head";
  EXPECT_FALSE(compress_onto(out, std::string(511, 'a'))) << "too small";
  EXPECT_EQ(out, "head");
  std::string noise(5000, '\0');
  for (char& c : noise) c = static_cast<char>(test::rng()());
  EXPECT_FALSE(compress_onto(out, noise)) << "nothing saved";
  EXPECT_EQ(out, "head");
  for (const std::size_t size : {512, 4095, 4096, 100'000}) {
    out = "head";
    const std::string plain(size, 'a');
    ASSERT_TRUE(compress_onto(out, plain));
    EXPECT_TRUE(out.starts_with("head"));
    EXPECT_LT(out.size(), size / 4);
    EXPECT_EQ(decompress(out.substr(4), size).value(), plain);
  }
}

TEST(Decompress, AWrongSizeIsRefused) {
  std::string packed;
  ASSERT_TRUE(compress_onto(packed, std::string(1000, 'a')));
  EXPECT_FALSE(decompress(packed, 999));
  EXPECT_FALSE(decompress(packed, 1001));
  EXPECT_FALSE(decompress(packed.substr(0, packed.size() - 1), 1000));
  EXPECT_FALSE(decompress("", 0));
  EXPECT_FALSE(decompress("no zstd at all", 1000));
}

TEST(Decompress, ABombIsRefusedBeforeMemoryIsTaken) {
  const std::string plain(33u << 20, '\0');
  std::string packed;
  EXPECT_FALSE(compress_onto(packed, plain)) << "the writer makes none";
  packed.resize(ZSTD_compressBound(plain.size()));
  packed.resize(ZSTD_compress(packed.data(), packed.size(), plain.data(), plain.size(), 1));
  ASSERT_LT(packed.size(), 10'000U);
  EXPECT_EQ(decompress(packed, plain.size()).error().code, ErrorCode::kMalformed);
}

}  // namespace
}  // namespace cvr::cassette
