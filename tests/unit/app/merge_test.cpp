#include "app/merge.h"

#include "hand_made.h"
#include "profiles/profile.h"
#include "support/temporary_directory.h"

namespace cvr::app {
namespace {

using Parts = std::vector<RedactedParts>;

class MergeTest : public testing::Test {
 protected:
  const cassette::Reader& cassette_of(const Parts& all) {
    const std::string path = directory_.file(std::to_string(readers_.size()) + ".cvr");
    auto writer = cassette::Writer::open(path, {}, nullptr);
    for (const RedactedParts& parts : all) EXPECT_TRUE((*writer)->append(vouched(parts)));
    EXPECT_TRUE((*writer)->seal());
    readers_.push_back(cassette::Reader::open(path).value());
    return *readers_.back();
  }
  MergePlan three_way(const Parts& base, const Parts& ours, const Parts& theirs) {
    return plan_three_way(&cassette_of(base), cassette_of(ours), cassette_of(theirs),
                          match::rules_for(profiles::default_profile()), {})
        .value();
  }

  test::TemporaryDirectory directory_;
  std::vector<std::unique_ptr<cassette::Reader>> readers_;
};

RedactedParts at(int second, std::string_view target, std::string body = "{}") {
  RedactedParts parts = answered("GET", target, 200, std::move(body));
  parts.timing.started_utc_us = second * 1'000'000;
  return parts;
}

using Kept = std::vector<std::vector<bool>>;

TEST_F(MergeTest, WhatSeveralHoldIsThereOnce) {
  const auto& a = cassette_of({at(1, "/a"), at(2, "/b")});
  const auto& b = cassette_of({at(2, "/b"), at(3, "/a")});
  const MergePlan plan = plan_merge({&a, &b, &a}).value();
  EXPECT_EQ(plan.keep, (Kept{{true, true}, {false, true}, {false, false}}));
  EXPECT_EQ(plan.duplicates, 3u);
}

TEST_F(MergeTest, RepeatsWithinOneCassetteStay) {
  const auto& a = cassette_of({at(1, "/a"), at(1, "/a")});
  EXPECT_EQ(plan_merge({&a}).value().keep, (Kept{{true, true}}));
}

TEST_F(MergeTest, BothSidesAdd) {
  const MergePlan plan = three_way({at(1, "/a")}, {at(1, "/a"), at(2, "/b")}, {at(1, "/a"), at(3, "/c")});
  EXPECT_EQ(plan.keep, (Kept{{true, true}, {false, true}}));
  EXPECT_TRUE(plan.conflicts.empty());
}

TEST_F(MergeTest, WhatOneSideRemovedIsGone) {
  const Parts base = {at(1, "/a"), at(2, "/b"), at(3, "/c")};
  const MergePlan plan = three_way(base, {at(2, "/b"), at(3, "/c")}, {at(1, "/a"), at(2, "/b")});
  EXPECT_EQ(plan.keep, (Kept{{true, false}, {false, false}}));
}

TEST_F(MergeTest, OneSideRecordedAnew) {
  const MergePlan plan = three_way({at(1, "/a")}, {at(9, "/a", R"({"v":2})")}, {at(1, "/a"), at(3, "/c")});
  EXPECT_EQ(plan.keep, (Kept{{true}, {false, true}}));
  EXPECT_TRUE(plan.conflicts.empty());
}

TEST_F(MergeTest, BothRecordedAnewTheSame) {
  const MergePlan plan = three_way({}, {at(5, "/a")}, {at(6, "/a")});
  EXPECT_EQ(plan.keep, (Kept{{true}, {false}}));
  EXPECT_EQ(plan.duplicates, 1u);
  EXPECT_TRUE(plan.conflicts.empty());
}

TEST_F(MergeTest, WithoutABaseBothCount) {
  const auto plan = plan_three_way(nullptr, cassette_of({at(1, "/a")}), cassette_of({at(1, "/a"), at(2, "/b")}),
                                   match::rules_for(profiles::default_profile()), {});
  EXPECT_EQ(plan.value().keep, (Kept{{true}, {false, true}}));
}

TEST_F(MergeTest, BothRecordedAnewDifferently) {
  const MergePlan plan = three_way({at(1, "/a")}, {at(5, "/a", R"({"v":1})")}, {at(6, "/a", R"({"v":2})")});
  EXPECT_EQ(plan.conflicts,
            std::vector<std::string>{"GET https://api.example/a (#1 here, #1 there): response body /v differs"});
}

TEST_F(MergeTest, ChangedOnOneSideAndDroppedOnTheOther) {
  const Parts base = {at(1, "/a"), at(2, "/b")};
  const Parts changed = {at(1, "/a", R"({"v":1})"), at(2, "/b")};
  EXPECT_EQ(three_way(base, changed, {at(2, "/b")}).conflicts,
            std::vector<std::string>{"GET https://api.example/a (#1 before): changed here, dropped there"});
  EXPECT_EQ(three_way(base, {at(2, "/b")}, changed).conflicts,
            std::vector<std::string>{"GET https://api.example/a (#1 before): dropped here, changed there"});
  EXPECT_TRUE(three_way(base, {at(2, "/b")}, {at(2, "/b")}).conflicts.empty());
}

}  // namespace
}  // namespace cvr::app
