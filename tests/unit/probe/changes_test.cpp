#include "probe/changes.h"

#include "unit/probe/kit.h"

namespace cvr::probe {
namespace {

using Changes = std::vector<Change>;

Row row(const std::string& step, const std::string& got, const std::string& code = "",
        Row::Outcome outcome = Row::Outcome::kFail) {
  return {step, "200", got, code, "", outcome};
}
Report of(std::vector<Row> rows) {
  Report out;
  out.rows = std::move(rows);
  return out;
}

TEST(Changes, StatusAndCodeCount) {
  const Report before = of({row("a", "401", "X"), row("b", "200"), row("c", "403", "N")});
  const Report now = of({row("a", "200"), row("b", "200"), row("c", "403", "M")});
  EXPECT_EQ(changes_between(before, now), (Changes{{"a", "401 X", "200"}, {"c", "403 N", "403 M"}}));
  EXPECT_TRUE(changes_between(now, now).empty());
}

TEST(Changes, StepsThatComeAndGo) {
  const Report before = of({row("gone", "200"), row("a", "200")});
  const Report now = of({row("a", "200"), row("new", "reset")});
  EXPECT_EQ(changes_between(before, now), (Changes{{"new", "nothing", "reset"}, {"gone", "200", "nothing"}}));
}

TEST(Changes, ADriftingClockAndTurningAddressesAreNone) {
  const auto pass = Row::Outcome::kPass;
  const Report before = of({row("clock", "+1 s", "", pass), row("dns", "192.0.2.1", "", pass)});
  const Report now = of({row("clock", "+2 s", "", pass), row("dns", "192.0.2.9", "", pass)});
  EXPECT_TRUE(changes_between(before, now).empty());
  const Report wrong = of({row("clock", "+400 s"), row("dns", "dns")});
  EXPECT_EQ(changes_between(before, wrong),
            (Changes{{"clock", "as expected", "+400 s"}, {"dns", "as expected", "dns"}}));
}

}  // namespace
}  // namespace cvr::probe
