#include "probe/round_text.h"

#include "diagnose/json_leaves.h"
#include "support/golden.h"
#include "unit/probe/kit.h"

namespace cvr::probe {
namespace {

constexpr std::int64_t kNow = 1'773'648'000'000'000;

TEST(RoundText, TheStoryOfAWatch) {
  Report report;
  report.needs_method = true;
  report.rows.push_back({"auth", "200", "401", "BAD", "the credential is refused", Row::Outcome::kFail, 3});
  std::string out = to_text(Round{1, report, {}, 600'000}, kNow, {});
  out += to_text(Round{2, report, {}, 590'000}, kNow + 600'000'000, {});
  report.rows[0] = {"auth", "200", "200", "", "works", Row::Outcome::kPass, 9};
  report.accepted = "static";
  out += to_text(Round{3, report, {{"auth", "401 BAD\x1b", "200"}}, 0, {true, {}}}, kNow + 1'200'000'000, {});
  cvr::test::expect_golden("probe/rounds.txt", out);
}

TEST(RoundText, ASignalIsNoRecovery) {
  Report report;
  report.ended = true;
  EXPECT_NE(to_text(Round{2, report, {}, 0}, kNow, {}).find("ended by a signal"), std::string::npos);
  const Recovery partly{true, {"orders (403 NO\x1b)", "areas (403)"}};
  const std::string seen = to_text(Round{4, report, {}, 0, partly}, kNow, {});
  EXPECT_NE(seen.find("never granted: orders (403 NO\\x1b), areas (403)"), std::string::npos) << seen;
  // Where nothing says what worked once, it goes on and says how to end.
  const Recovery open{false, {}, {"orders (403 NO\x1b)"}};
  const std::string asked = to_text(Round{3, report, {}, 600'000, open}, kNow, {});
  EXPECT_NE(asked.find("again in 10 minutes"), std::string::npos) << asked;
  EXPECT_NE(asked.find("orders (403 NO\\x1b)"), std::string::npos) << asked;
  EXPECT_NE(asked.find("--before FILE"), std::string::npos) << asked;
  EXPECT_NE(to_json(Round{3, report, {}, 600'000, open}, kNow, {}).find(R"("in_question":["orders)"),
            std::string::npos);
  EXPECT_NE(to_json(Round{4, report, {}, 0, partly}, kNow, {}).find(R"("back":true,"never_granted":["orders)"),
            std::string::npos);
}

TEST(RoundText, JsonIsALineARound) {
  Report report;
  report.rows.push_back({"auth", "200", "401", "BAD\n", "", Row::Outcome::kFail, 3});
  const std::string line = to_json(Round{2, report, {{"auth", "\"", "\n"}}, 90'000}, kNow, {});
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  EXPECT_EQ(diagnose::read_json(line).read, diagnose::JsonRead::kGood);
  EXPECT_NE(line.find("\"next_seconds\":90,"), std::string::npos) << line;
}

}  // namespace
}  // namespace cvr::probe
