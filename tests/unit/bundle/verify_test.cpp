#include "bundle/verify.h"

#include "bundle/members.h"
#include "bundle/seal.h"
#include "bundle/zip_writer.h"
#include "evidence_kit.h"
#include "support/random.h"
#include "support/temporary_directory.h"

namespace cvr::bundle {
namespace {

class Verify : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto made = test::make_evidence(test::Monday::kPermissionLost);
    const auto signer = certs::Signer::open(place_.path());
    ASSERT_TRUE(signer);
    const Cited numbers = cited(made.evidence);
    auto members = make_members(made.evidence, numbers, "key");
    ASSERT_TRUE(members);
    auto sealed = seal(made.evidence, numbers, *std::move(members), *signer);
    ASSERT_TRUE(sealed);
    members_ = *std::move(sealed);
    count_ = made.evidence.after->interactions.size();
  }
  static bool holds(const Members& members) {
    const auto zip = to_zip(members);
    return zip && verify(*zip);
  }

  cvr::test::TemporaryDirectory place_;
  Members members_;
  std::size_t count_ = 0;
};

TEST_F(Verify, TakesWhatWasSealed) {
  const auto verified = verify(*to_zip(members_));
  ASSERT_TRUE(verified) << verified.error().text;
  EXPECT_EQ(verified->members, members_.size());
  EXPECT_EQ(verified->chained, count_);
  EXPECT_EQ(verified->fingerprint.size(), 64U);
}

TEST_F(Verify, RefusesEveryChangedMissingAndAddedMember) {
  for (std::size_t i = 0; i < members_.size(); ++i) {
    Members changed = members_, missing = members_;
    changed[i].bytes += 'x';
    missing.erase(missing.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(holds(changed)) << members_[i].path;
    EXPECT_FALSE(holds(missing)) << members_[i].path;
  }
  Members added = members_;
  added.push_back({"extra.txt", "x", {}, {}, {}});
  EXPECT_FALSE(holds(added));
}

TEST_F(Verify, RefusesAFlippedBitAnywhere) {
  const std::string whole = *to_zip(members_);
  auto& random = cvr::test::rng();
  for (int i = 0; i < 300; ++i) {
    std::string flipped = whole;
    const std::size_t at = random() % whole.size();
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << random() % 8));
    EXPECT_FALSE(verify(flipped)) << "byte " << at << " of " << whole.size();
  }
}

}  // namespace
}  // namespace cvr::bundle
