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

  // The bodies of what the driver would leave, in order.
  std::vector<std::string> woven(const Parts& base, const Parts& ours, const Parts& theirs) {
    const cassette::Reader& a = cassette_of(ours);
    const cassette::Reader& b = cassette_of(theirs);
    const auto rules = match::rules_for(profiles::default_profile());
    const MergePlan plan = plan_three_way(&cassette_of(base), a, b, rules, {}).value();
    EXPECT_TRUE(plan.conflicts.empty());
    RedactorOptions options;
    options.profile = &profiles::default_profile();
    const Redactor redactor(std::move(options));
    const std::string path = directory_.file("woven.cvr");
    auto out = Rewrite::begin({path, true}, {}, redactor).value();
    EXPECT_TRUE(weave(plan, a, b, *out));
    EXPECT_TRUE(out->finish());
    const auto made = cassette::Reader::open(path, cassette::Check::kFull).value();
    std::vector<std::string> bodies;
    for (std::uint64_t i = 0; i < made->size(); ++i) {
      bodies.push_back((*made->interaction(i))->response->body.content.text);
    }
    return bodies;
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

using Bodies = std::vector<std::string>;

TEST_F(MergeTest, WhatTheyChangedStandsInItsPlace) {
  const Parts base = {at(1, "/a", "a1"), at(2, "/a", "a2"), at(3, "/b", "b")};
  const Parts theirs = {at(7, "/a", "A1"), at(2, "/a", "a2"), at(3, "/b", "b")};
  EXPECT_EQ(woven(base, base, theirs), (Bodies{"A1", "a2", "b"}));
  // The other way round ours has it there already.
  EXPECT_EQ(woven(base, theirs, base), (Bodies{"A1", "a2", "b"}));
}

TEST_F(MergeTest, EachSideChangedAnotherOfEqualRequests) {
  const Parts base = {at(1, "/a", "a1"), at(2, "/a", "a2")};
  EXPECT_EQ(woven(base, {at(6, "/a", "A1"), at(2, "/a", "a2")}, {at(1, "/a", "a1"), at(7, "/a", "A2")}),
            (Bodies{"A1", "A2"}));
}

TEST_F(MergeTest, WhatTheyAddedStandsBehindItsNeighbour) {
  const Parts base = {at(1, "/a", "a"), at(2, "/b", "b")};
  const Parts ours = {at(8, "/0", "ours first"), at(1, "/a", "a"), at(2, "/b", "b"), at(9, "/o", "ours last")};
  const Parts theirs = {at(1, "/a", "a"), at(3, "/x", "x"), at(4, "/b", "b before"), at(2, "/b", "b"),
                        at(5, "/t", "theirs last")};
  EXPECT_EQ(woven(base, ours, theirs), (Bodies{"ours first", "a", "x", "b before", "b", "ours last", "theirs last"}));
}

TEST_F(MergeTest, NeighboursThatOursChangedOrDroppedAreFound) {
  const Parts base = {at(1, "/a", "a"), at(2, "/b", "b"), at(3, "/c", "c")};
  const Parts theirs = {at(1, "/a", "a"), at(4, "/x", "x"), at(2, "/b", "b"), at(5, "/y", "y"), at(3, "/c", "c")};
  EXPECT_EQ(woven(base, {at(9, "/a", "A"), at(3, "/c", "c")}, theirs), (Bodies{"A", "x", "y", "c"}));
}

TEST_F(MergeTest, EqualRequestsStayInTheirOrderWhereOthersMoved) {
  const Parts base = {at(1, "/a", "a"), at(2, "/b", "b")};
  const Parts theirs = {at(2, "/b", "b"), at(3, "/x", "x1"), at(1, "/a", "a"), at(4, "/x", "x2")};
  EXPECT_EQ(woven(base, base, theirs), (Bodies{"a", "b", "x1", "x2"}));
}

// They recorded /a anew, at the end, and one more /b behind it: no place in ours keeps both orders.
TEST_F(MergeTest, WhatCanNotStandInItsOrderIsAConflict) {
  const RedactedParts b0 = at(1, "/b", "b0"), a = at(2, "/a", "a"), b3 = at(3, "/b", "b3");
  const MergePlan plan =
      three_way({b0, a, b3}, {b0, a, b3, at(9, "/z", "z")}, {b0, b3, at(5, "/a", "a again"), at(6, "/b", "b4")});
  ASSERT_EQ(plan.conflicts.size(), 1);
  EXPECT_NE(plan.conflicts[0].find("(#4 there): its answers stand in another order here"), std::string::npos)
      << plan.conflicts[0];
}

TEST_F(MergeTest, DroppedAndAddedIsNotChanged) {
  const Parts base = {at(1, "/a", "a1"), at(2, "/a", "a2")};
  EXPECT_EQ(woven(base, base, {at(2, "/a", "a2"), at(3, "/a", "a3")}), (Bodies{"a2", "a3"}));
}

}  // namespace
}  // namespace cvr::app
