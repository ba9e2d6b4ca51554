#include "sandbox/derivation.h"

#include <set>

#include "base/base64.h"

namespace cvr::sandbox {
namespace {

TEST(Derivation, HmacVectors) {  // RFC 4231 section 4.3
  EXPECT_EQ(hex_encode(hmac(Digest::kSha256, "Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hmac(Digest::kSha384, "Jefe", "x").size(), 48u);
  EXPECT_EQ(hmac(Digest::kSha512, "Jefe", "x").size(), 64u);
  EXPECT_EQ(hmac(Digest::kSha256, "", "").size(), 32u);
}

TEST(Derivation, DependsOnEverythingAndNothingElse) {
  const Derivation one(1);
  std::set<std::string> all = {one.bytes("a", 1, 1, 16),          one.bytes("b", 1, 1, 16),  one.bytes("a", 2, 1, 16),
                               one.bytes("a", 1, 2, 16),          one.bytes("a", 11, 1, 16), one.bytes("a", 1, 11, 16),
                               Derivation(2).bytes("a", 1, 1, 16)};
  EXPECT_EQ(all.size(), 7u);
  EXPECT_EQ(one.bytes("a", 1, 1, 200), Derivation(1).bytes("a", 1, 1, 200));
  EXPECT_EQ(one.bytes("a", 1, 1, 200).size(), 200u);
}

TEST(Derivation, Shapes) {
  const Derivation one(1);
  const std::string uuid = one.uuid("u", 5);
  ASSERT_EQ(uuid.size(), 36u);
  EXPECT_EQ(uuid[14], '4');
  EXPECT_NE(std::string("89ab").find(uuid[19]), std::string::npos);
  for (const std::size_t at : {8, 13, 18, 23}) EXPECT_EQ(uuid[at], '-');
  for (std::uint64_t n = 0; n < 50; ++n) EXPECT_LT(one.number("n", 0, n, 10), 10u);
  EXPECT_EQ(one.text("t", 0, 0, 12, "ab").find_first_not_of("ab"), std::string::npos);
}

}  // namespace
}  // namespace cvr::sandbox
