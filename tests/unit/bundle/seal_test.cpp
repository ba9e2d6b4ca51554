#include "bundle/seal.h"

#include <algorithm>

#include "bundle/digests.h"
#include "evidence_kit.h"
#include "support/temporary_directory.h"

namespace cvr::bundle {
namespace {

TEST(Seal, CoversEveryMember) {
  const auto made = test::make_evidence(test::Monday::kPermissionLost);
  const cvr::test::TemporaryDirectory place;
  const auto signer = certs::Signer::open(place.path());
  ASSERT_TRUE(signer);
  const auto sealed = seal(made.evidence, {}, {{"b.txt", "abc", "text/plain", "record", "vendor"}}, *signer);
  ASSERT_TRUE(sealed);
  EXPECT_TRUE(std::ranges::is_sorted(*sealed, {}, &Member::path));
  const auto member = [&](std::string_view path) { return std::ranges::find(*sealed, path, &Member::path)->bytes; };
  const std::string sums = member(kSums);
  EXPECT_NE(sums.find(sha256_hex("abc") + "  b.txt\n"), std::string::npos);
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(sums, '\n')), sealed->size() - 3);
  EXPECT_TRUE(certs::verify_ed25519(member(kEd25519Key), sums, member(kEd25519Signature)));
  EXPECT_TRUE(certs::verify_p256(member(kP256Key), sums, member(kP256Signature)));
  EXPECT_TRUE(to_zip(*sealed));
}

}  // namespace
}  // namespace cvr::bundle
