#include "diagnose/rules/support.h"

#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(Support, NumbersAndCounts) {
  std::vector<Call> calls(6);
  Calls all;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    calls[i].n = i + 1;
    all.push_back(&calls[i]);
  }
  calls[0].in = In::kBefore;
  EXPECT_EQ(numbers(all), "before #1, #2, #3, #4 and 2 more");
  EXPECT_EQ(numbers({}), "");
  EXPECT_EQ(count_text(1, "call"), "1 call");
  EXPECT_EQ(count_text(0, "call"), "0 calls");
}

TEST(Support, Spans) {
  const RedactedText text{"0123456789", {{2, 3, Kind::kDate, "r"}}};
  EXPECT_FALSE(is_redacted_at(text, 1));
  EXPECT_TRUE(is_redacted_at(text, 2));
  EXPECT_TRUE(is_redacted_at(text, 4));
  EXPECT_FALSE(is_redacted_at(text, 5));
}

TEST(Support, RefusedIsNotBroken) {
  const profiles::Diagnosis& vendor = profiles::avinode().diagnosis;
  Call call;
  call.failed = true;
  for (const auto& [status, code, forbidden] : {std::tuple(403, "", true),
                                                {401, "", false},
                                                {404, "NOT_AUTHORIZED", true},
                                                {500, "ERR_INTERNAL_CRITICAL", false},
                                                {404, "NOT_FOUND", false}}) {
    call.status = status;
    call.codes = {code};
    EXPECT_EQ(is_forbidden(call, vendor), forbidden) << status << code;
    EXPECT_EQ(is_refusal(call, vendor), forbidden || status == 401) << status << code;
  }
}

TEST(Support, MissingIdsAreThoseOfCallsThatFoundNothing) {
  const Pair pair = new_pair();
  const Told told =
      tell(on_monday({get("/trips/atrip-9", pair).error(404, "X"), get("/trips/atrip-8", pair).error(410, "X"),
                      get("/trips/atrip-7", pair).error(403, "X")}));
  EXPECT_EQ(missing_ids(*told.diagnosis.facts), (std::set<std::string>{"atrip-8", "atrip-9"}));
}

}  // namespace
}  // namespace cvr::diagnose::test
