#include "redact/hmac.h"

#include "base/base64.h"

namespace cvr::redact {
namespace {

std::string hex(const Hmac::Digest& digest) {
  return hex_encode({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

// RFC 4231 test cases have other key sizes; this one was computed with Python's hmac module:
// hmac.new(bytes(range(32)), b"token\0value", "sha256")
TEST(Hmac, AgreesWithAnotherImplementation) {
  std::array<std::uint8_t, 32> key;
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(i);
  EXPECT_EQ(hex(Hmac(key).of("token", "value")), "bdb09285aff2cdf1d4a1c1e834e90bd1650238d40871d83d9cf8a938b5952636");
}

TEST(Hmac, DomainAndValueAreSeparated) {
  const Hmac hmac({});
  EXPECT_NE(hmac.of("a", "bc"), hmac.of("ab", "c"));
  EXPECT_EQ(hmac.of("a", "bc"), hmac.of("a", "bc"));
  EXPECT_NE(hmac.of("", ""), Hmac({1}).of("", ""));
}

}  // namespace
}  // namespace cvr::redact
