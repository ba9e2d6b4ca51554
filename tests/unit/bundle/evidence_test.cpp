#include "bundle/evidence.h"

#include <algorithm>

#include "evidence_kit.h"

namespace cvr::bundle {
namespace {

TEST(Evidence, CitesWhatTheFindingsRestOn) {
  const auto made = test::make_evidence(test::Monday::kPermissionLost);
  const Cited numbers = cited(made.evidence);
  EXPECT_TRUE(std::ranges::is_sorted(numbers.after));
  EXPECT_EQ(numbers.after.size(), made.evidence.after->interactions.size());
  EXPECT_FALSE(numbers.before.empty());
  EXPECT_LE(numbers.after.back(), made.evidence.after->interactions.size());
}

TEST(Evidence, OfALongRecordingShowsAPart) {
  const auto pair = diagnose::test::new_pair();
  diagnose::test::Tape tape(diagnose::test::kMonday);
  tape.again(diagnose::test::get("/trips", pair).error(403, "NOT_AUTHORIZED"), 300, 10);
  const auto told = diagnose::test::tell(tape);
  Evidence evidence;
  evidence.after = told.after.get();
  evidence.diagnosis = &told.diagnosis;
  EXPECT_EQ(cited(evidence).after.size(), kMostCited);
}

TEST(Evidence, NumbersSortAsText) {
  EXPECT_EQ(number_text(7), "0007");
  EXPECT_EQ(number_text(12345), "12345");
}

TEST(Evidence, FindsTheRequestIdOfAnAnswer) {
  RedactedParts parts;
  EXPECT_EQ(request_id(parts), "");
  parts.response.emplace();
  parts.response->fields = {{{"X-Vendor-Request-Id", {}}, {"v-1", {}}}};
  EXPECT_EQ(request_id(parts), "v-1");
  parts.response->fields.push_back({{"X-Request-ID", {}}, {"r-1", {}}});
  EXPECT_EQ(request_id(parts), "r-1");
}

}  // namespace
}  // namespace cvr::bundle
