#include "base/base64.h"

#include "support/random.h"

namespace cvr {
namespace {

TEST(Base64, KnownVectors) {  // RFC 4648 section 10
  EXPECT_EQ(base64_encode("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64_encode("fooba"), "Zm9vYmE=");
  EXPECT_EQ(base64url_encode("\xfb\xff"), "-_8");
  EXPECT_EQ(base64_decode("Zm9vYmE="), "fooba");
  EXPECT_EQ(base64_decode("-_8"), "\xfb\xff");
}

TEST(Base64, RefusesOtherText) {
  for (const char* text : {"A", "Zm9v!", "Zg=", "Zg===", "=Zg=", "Z g="}) EXPECT_FALSE(base64_decode(text)) << text;
}

TEST(Base64, RoundTrips) {
  for (std::size_t size = 0; size < 64; ++size) {
    std::string bytes(size, '\0');
    for (char& c : bytes) c = static_cast<char>(test::rng()());
    EXPECT_EQ(base64_decode(base64_encode(bytes)), bytes);
    EXPECT_EQ(base64_decode(base64url_encode(bytes)), bytes);
    EXPECT_EQ(hex_decode(hex_encode(bytes)), bytes);
  }
}

}  // namespace
}  // namespace cvr
