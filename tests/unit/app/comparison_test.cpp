#include "app/comparison.h"

#include "hand_made.h"
#include "profiles/profile.h"
#include "support/golden.h"

namespace cvr::app {
namespace {

using Parts = std::vector<RedactedParts>;

match::Recording recording(const Parts& parts) {
  return {parts.size(), [&parts](std::uint64_t i) -> Result<RedactedInteraction> { return vouched(parts[i]); }};
}

struct Told {
  ComparisonTotals totals;
  std::string text, json;
};
Told told(const Parts& a, const Parts& b, bool with_volatile = true) {
  Told out;
  out.totals =
      compare(recording(a), recording(b), match::rules_for(profiles::default_profile()), {}, [&](const Compared& one) {
        out.text += to_text(one, with_volatile, false);
        out.json += to_json(one);
      });
  out.text += to_text(out.totals);
  out.json += to_json(out.totals);
  return out;
}

RedactedParts dated(RedactedParts parts, std::string date) {
  parts.response->fields.push_back(field("Date", std::move(date)));
  return parts;
}

TEST(Comparison, TellsWhatChangedWentAndCame) {
  const Parts before = {dated(answered("GET", "/a", 200, R"({"v":1})"), "x"), answered("GET", "/gone", 200),
                        dated(answered("GET", "/b", 200), "x"), answered("GET", "/c", 200)};
  const Parts after = {answered("POST", "/new", 201), dated(answered("GET", "/a", 200, R"({"v":2})"), "y"),
                       dated(answered("GET", "/b", 200), "y"), answered("GET", "/c", 200)};
  const Told all = told(before, after);
  EXPECT_FALSE(all.totals.is_equal());
  test::expect_golden("app/comparison.txt", all.text);
  test::expect_golden("app/comparison.jsonl", all.json);
}

TEST(Comparison, VolatileDifferencesAlonePass) {
  const Told out = told({dated(answered("GET", "/a", 200), "x")}, {dated(answered("GET", "/a", 200), "y")}, false);
  EXPECT_TRUE(out.totals.is_equal());
  EXPECT_EQ(out.totals.only_volatile, 1u);
  EXPECT_EQ(out.text, "0 changed, 0 removed, 0 added, 0 the same, 1 but for volatile parts\n");
}

TEST(Comparison, TimesDoNotCount) {
  RedactedParts later = answered("GET", "/a", 200);
  later.timing = {5, 6, 7, 8};
  EXPECT_EQ(told({answered("GET", "/a", 200)}, {later}).totals.same, 1u);
}

}  // namespace
}  // namespace cvr::app
