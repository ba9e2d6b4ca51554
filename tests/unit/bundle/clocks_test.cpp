#include "bundle/clocks.h"

#include "bundle/document.h"
#include "bundle/record_text.h"
#include "bundle/vendor_report.h"
#include "kit.h"

namespace cvr::bundle {
namespace {

using namespace diagnose::test;

Tape ahead_by(std::int64_t seconds) {
  Tape out(kMonday);
  out.offset_us = seconds * diagnose::kSecond;
  out.add(get("/rfqs", new_pair()).error(403, "X"));
  return out;
}

TEST(Clocks, AreToldApartAndTheVendorsIsShown) {
  const auto told = tell(ahead_by(10'800));
  Evidence evidence;
  evidence.after = told.after.get();
  evidence.diagnosis = &told.diagnosis;
  EXPECT_EQ(clock_offset_us(evidence), -10'800 * diagnose::kSecond);
  EXPECT_NE(clock_line(evidence).find("ahead of yours"), std::string::npos) << clock_line(evidence);
  EXPECT_NE(timeline_csv(evidence).find("2026-03-16T09:00:00"), std::string::npos) << timeline_csv(evidence);
  const std::string report = to_plain(vendor_report(evidence));
  EXPECT_NE(report.find("ahead of yours"), std::string::npos);
  EXPECT_EQ(report.find("12:00"), std::string::npos) << report;
}

TEST(Clocks, ThatAgreeAreNotMentioned) {
  const auto told = tell(ahead_by(1));
  Evidence evidence;
  evidence.after = told.after.get();
  evidence.diagnosis = &told.diagnosis;
  EXPECT_EQ(clock_offset_us(evidence), 0);
  EXPECT_TRUE(clock_line(evidence).empty());
}

}  // namespace
}  // namespace cvr::bundle
