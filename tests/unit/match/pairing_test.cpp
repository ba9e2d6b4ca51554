#include "match/pairing.h"

#include "kit.h"

namespace cvr::match {
namespace {

using Requests = std::vector<std::optional<RedactedRequest>>;

Recording recording(const Requests& requests) {
  return {requests.size(), [&requests](std::uint64_t i) -> Result<RedactedInteraction> {
            if (!requests[i]) return fail(ErrorCode::kDamaged, "damaged");
            RedactedParts parts;
            parts.request = *requests[i];
            return RedactionPass::vouch(std::move(parts));
          }};
}

Pairing paired(const Requests& a, const Requests& b) { return pair(recording(a), recording(b), test_rules()); }

TEST(Pairing, EqualRequestsGoTogetherInRecordedOrder) {
  const Pairing out = paired({get("/a"), get("/b"), get("/a")}, {get("/b"), get("/a"), get("/a"), get("/a")});
  EXPECT_EQ(out.equal, (std::vector<Pair>{{0, 1}, {1, 0}, {2, 2}}));
  EXPECT_TRUE(out.only_first.empty());
  EXPECT_EQ(out.only_second, std::vector<std::uint64_t>{4});
}

TEST(Pairing, ThenThoseOfOnePathAndThoseOfOneRoute) {
  const Pairing out = paired({get("/t/1?a=1"), get("/u/7")}, {get("/u/8"), get("/t/1?a=2"), get("/other")});
  EXPECT_TRUE(out.equal.empty());
  EXPECT_EQ(out.same_path, (std::vector<Pair>{{0, 1}}));
  EXPECT_EQ(out.same_route, (std::vector<Pair>{{1, 0}}));
  EXPECT_EQ(out.only_second, std::vector<std::uint64_t>{3});
}

TEST(Pairing, WhatCanNotBeReadHasNoPartner) {
  const Pairing out = paired({std::nullopt, get("/a")}, {get("/a"), std::nullopt});
  EXPECT_EQ(out.equal, (std::vector<Pair>{{1, 0}}));
  EXPECT_EQ(out.unreadable_a, std::vector<std::uint64_t>{1});
  EXPECT_EQ(out.unreadable_b, std::vector<std::uint64_t>{2});
  EXPECT_TRUE(out.only_first.empty() && out.only_second.empty());
}

}  // namespace
}  // namespace cvr::match
