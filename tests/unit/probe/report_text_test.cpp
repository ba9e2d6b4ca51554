#include "probe/report_text.h"

#include "diagnose/json_leaves.h"
#include "support/golden.h"
#include "unit/probe/kit.h"

namespace cvr::probe {
namespace {

Report some() {
  const profiles::Plan plan = test::plan();
  Settings settings = test::all_settings();
  settings.back().second = "client_secret_basic";
  const auto credentials = Credentials::read(plan, {settings});
  test::FakeWorld world;
  world.answer = [](const test::Sent& sent) {
    if (sent.step == "orders") return test::answered(403, "NO_PERMISSION");
    if (sent.step == "act-as-static") return test::failed(FailureKind::kReset);
    return test::sound(sent);
  };
  const profiles::Diagnosis vendor = test::vendor();
  return run({plan, *credentials, vendor, {}}, world);
}

TEST(ReportText, IsATable) { cvr::test::expect_golden("probe/table.txt", to_text(some(), {})); }

TEST(ReportText, JsonHasEveryRow) { cvr::test::expect_golden("probe/report.json", to_json(some(), test::plan())); }

TEST(ReportText, ColourOnlyWhenAskedFor) {
  EXPECT_EQ(to_text(some(), {}).find('\x1b'), std::string::npos);
  EXPECT_NE(to_text(some(), {.colour = true}).find("\x1b[31m"), std::string::npos);
}

TEST(ReportText, HostileCodesStayInTheirCells) {
  Report report;
  report.rows.push_back(
      {"auth", "200", "401", "\x1b[2J\nNEXT\r" + std::string(500, 'x'), "\x1b]0;title\x07", Row::Outcome::kFail, 3});
  const std::string text = to_text(report, {});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\r'), std::string::npos);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4);
  EXPECT_LT(text.size(), 800u);
  EXPECT_EQ(diagnose::read_json(to_json(report, {})).read, diagnose::JsonRead::kGood);
}

TEST(ReportText, TheLastLineSaysWhyItStopped) {
  Report report;
  EXPECT_EQ(summary_line(report), "0 as expected");
  report.needs_method = true;
  EXPECT_EQ(summary_line(report), "0 as expected; no way to authenticate works");
  report.stopped = "429: the vendor asks to wait 60 seconds";
  report.rows.push_back({"x", "", "", "", "", Row::Outcome::kNotRun});
  EXPECT_EQ(summary_line(report), "0 as expected, 1 not run; stopped: 429: the vendor asks to wait 60 seconds");
}

}  // namespace
}  // namespace cvr::probe
