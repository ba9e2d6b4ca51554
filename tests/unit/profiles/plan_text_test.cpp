#include "profiles/plan_text.h"

namespace cvr::profiles {
namespace {

std::optional<std::string> value_of(std::string_view name) {
  if (name == "a") return "1";
  if (name == "tricky") return "${a}";
  return std::nullopt;
}

TEST(PlanText, PlaceholdersAreReplacedOnceAndTheRestStays) {
  EXPECT_EQ(fill("x ${a} y${a}", value_of).value(), "x 1 y1");
  EXPECT_EQ(fill(R"({"price": "$5", "n": {"m": "${a}"}})", value_of).value(), R"({"price": "$5", "n": {"m": "1"}})");
  EXPECT_EQ(fill("${tricky}", value_of).value(), "${a}");
  EXPECT_EQ(fill("open ${a", value_of).value(), "open ${a");
  EXPECT_EQ(fill("", value_of).value(), "");
}

TEST(PlanText, AnUnknownNameIsTheError) {
  const auto text = fill("${a} ${nobody}", value_of);
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(text.error().text, "nobody");
}

TEST(PlanText, NamesInOrder) {
  EXPECT_EQ(placeholders("${b}${a}-${b}"), (std::vector<std::string>{"b", "a", "b"}));
  EXPECT_TRUE(placeholders("{a} $a ${").empty());
}

TEST(PlanText, DaysAhead) {
  EXPECT_EQ(days_ahead("day+30"), 30);
  EXPECT_EQ(days_ahead("day+0"), 0);
  for (const char* wrong : {"day+", "day+-1", "day+3651", "day+1x", "day-1", "today+1"}) {
    EXPECT_FALSE(days_ahead(wrong)) << wrong;
  }
  EXPECT_TRUE(is_made_name("now"));
  EXPECT_TRUE(is_made_name("uuid"));
  EXPECT_FALSE(is_made_name("access_token"));
}

// Many open ones: each look for an end is one pass, not one for every begin.
TEST(PlanText, WorkGrowsWithTheTextOnly) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "${";
  EXPECT_EQ(fill(text, value_of).value().size(), text.size());
}

}  // namespace
}  // namespace cvr::profiles
