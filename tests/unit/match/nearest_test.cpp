#include <set>

#include "kit.h"

namespace cvr::match {
namespace {

// A cassette made by hand that counts how often it is asked.
class Shelf {
 public:
  void add(RedactedRequest request, bool used = false) {
    RedactedParts parts;
    parts.request = std::move(request);
    keys_.push_back(key_of(parts.request, test_rules()));
    recorded_.push_back(RedactionPass::vouch(std::move(parts)));
    if (used) used_.insert(recorded_.size() - 1);
  }
  // Its answer's body was left out.
  void add_omitted(RedactedRequest request) {
    RedactedParts parts;
    parts.request = std::move(request);
    parts.response.emplace().body.omitted = "omitted: over the limit";
    keys_.push_back(key_of(parts.request, test_rules()));
    recorded_.push_back(RedactionPass::vouch(std::move(parts)));
  }
  std::vector<Nearest> nearest_to(const RedactedRequest& asked, bool with_keys = true) {
    std::function<MatchKey(std::uint64_t)> key_at;
    if (with_keys) key_at = [this](std::uint64_t i) { return keys_[i]; };
    return nearest(
        asked, recorded_.size(),
        [this](std::uint64_t i) -> Result<RedactedInteraction> {
          ++fetched_;
          if (damaged_.contains(i)) return fail(ErrorCode::kDamaged, "damaged");
          return recorded_[i];
        },
        test_rules(), [this](std::uint64_t i) { return used_.contains(i); }, key_at);
  }
  std::string numbers(const RedactedRequest& asked, bool with_keys = true) {
    std::string out;
    for (const Nearest& near : nearest_to(asked, with_keys)) out += std::to_string(near.n) + ' ';
    return out;
  }
  std::uint64_t fetched() const { return fetched_; }
  void damage(std::uint64_t i) { damaged_.insert(i); }

 private:
  std::vector<RedactedInteraction> recorded_;
  std::vector<MatchKey> keys_;
  std::set<std::uint64_t> used_, damaged_;
  std::uint64_t fetched_ = 0;
};

TEST(Nearest, AreTheThreeOfLeastDistance) {
  Shelf shelf;
  shelf.add(get("/other"));
  shelf.add(get("/trips/t-2"));
  shelf.add(get("/trips/t-1?a=1&b=2"));
  shelf.add(get("/trips/t-1?a=1"));
  shelf.add(request("PUT", "/trips/t-1"));
  for (const bool with_keys : {true, false}) EXPECT_EQ(shelf.numbers(get("/trips/t-1"), with_keys), "4 3 2 ");
}

TEST(Nearest, SayThatTheAnswerOfTheSameRequestWasOmitted) {
  Shelf shelf;
  shelf.add_omitted(get("/a"));
  const Nearest near = shelf.nearest_to(get("/a")).at(0);
  EXPECT_EQ(near.difference.rule, "omitted");
  EXPECT_EQ(near.difference.recorded, "its answer's body was omitted: over the limit");
  EXPECT_NE(near.difference.recorded.find("over the limit"), std::string::npos);
}

TEST(Nearest, PutUnusedFirst) {
  Shelf shelf;
  shelf.add(get("/a?x=1"), true);
  shelf.add(get("/a?x=1&y=2"));
  shelf.add(get("/b"));
  shelf.add(get("/c"), true);
  for (const bool with_keys : {true, false}) EXPECT_EQ(shelf.numbers(get("/a"), with_keys), "2 1 3 ");
}

TEST(Nearest, SayWhatDiffers) {
  Shelf shelf;
  shelf.add(get("/a?x=1"));
  const auto found = shelf.nearest_to(get("/a?x=2"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].n, 1U);
  EXPECT_EQ(found[0].method, "GET");
  EXPECT_EQ(found[0].url, "https://api.example.com/a?x=1");
  EXPECT_EQ(found[0].difference.rule, "query");
}

TEST(Nearest, SayThatAllWereUsed) {
  Shelf shelf;
  shelf.add(get("/a"), true);
  EXPECT_EQ(shelf.nearest_to(get("/a"))[0].difference.rule, "used");
}

TEST(Nearest, OneThatWasUsedUpTellsTheCauseFirst) {
  Shelf shelf;
  shelf.add(get("/a?x=1"), true);
  shelf.add(get("/a?x=2"));
  shelf.add(get("/a?x=1"), true);
  EXPECT_EQ(shelf.numbers(get("/a?x=1")), "1 2 ");
}

TEST(Nearest, SayThatItWasAnothersRecording) {
  Shelf shelf;
  shelf.add(get("/a"));
  EXPECT_EQ(shelf.nearest_to(get("/a"))[0].difference.recorded, "recorded with another credential");
}

TEST(Nearest, OfNothingAreNone) { EXPECT_EQ(Shelf().numbers(get("/a")), ""); }

TEST(Nearest, PassOverWhatCanNotBeRead) {
  Shelf shelf;
  shelf.add(get("/a?x=1"));
  shelf.add(get("/a?x=2"));
  shelf.damage(0);
  EXPECT_EQ(shelf.numbers(get("/a")), "2 ");
}

TEST(Nearest, FindTheRouteInABigCassetteAndFetchFew) {
  Shelf shelf;
  for (int i = 0; i < 30'000; ++i) {
    shelf.add(i == 17'171 ? get("/wanted?x=1") : get("/noise/" + std::to_string(i), {}));
  }
  EXPECT_TRUE(shelf.numbers(get("/wanted?x=2")).starts_with("17172 "));
  EXPECT_LE(shelf.fetched(), 1000U);
  const std::uint64_t before = shelf.fetched();
  EXPECT_EQ(shelf.nearest_to(get("/noise/x"), false).size(), 3U);
  EXPECT_LE(shelf.fetched() - before, 1000U);
}

TEST(Nearest, FindIdsInABigCassette) {
  Shelf shelf;
  for (int i = 0; i < 30'000; ++i) shelf.add(get((i == 9'999 ? "/trips/t" : "/noise/n") + std::to_string(i)));
  EXPECT_TRUE(shelf.numbers(get("/trips/t1")).starts_with("10000 "));
}

}  // namespace
}  // namespace cvr::match
