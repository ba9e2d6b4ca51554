#include "bundle/members.h"

#include <algorithm>

#include "cvr/cassette.h"
#include "evidence_kit.h"

namespace cvr::bundle {
namespace {

TEST(Members, AreTheSameTwice) {
  const auto made = test::make_evidence(test::Monday::kPermissionLost);
  const Cited numbers = cited(made.evidence);
  const auto first = make_members(made.evidence, numbers, "key"), second = make_members(made.evidence, numbers, "key");
  ASSERT_TRUE(first && second);
  ASSERT_EQ(first->size(), second->size());
  for (std::size_t i = 0; i < first->size(); ++i) EXPECT_EQ((*first)[i].bytes, (*second)[i].bytes) << (*first)[i].path;
  EXPECT_EQ(std::ranges::count(*first, "interactions/0001.http", &Member::path), 1);
  EXPECT_EQ(std::ranges::count(*first, "repro/0001.curl.sh", &Member::path), 1);
}

TEST(Members, TheCutCassetteHoldsWhatIsCited) {
  const auto made = test::make_evidence(test::Monday::kPermissionLost);
  const auto bytes = cut_cassette(*made.evidence.after, {1, 3}, made.evidence.now_us, "key");
  ASSERT_TRUE(bytes);
  const auto reader = cassette::Reader::open_bytes(*bytes, "cut", cassette::Check::kFull);
  ASSERT_TRUE(reader);
  EXPECT_EQ((*reader)->health(), cassette::Health::kSealed);
  ASSERT_EQ((*reader)->size(), 2U);
  EXPECT_EQ(*(*reader)->interaction(1), made.evidence.after->interactions[2]);
}

}  // namespace
}  // namespace cvr::bundle
