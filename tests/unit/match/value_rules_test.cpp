#include "match/value_rules.h"

#include "kit.h"

namespace cvr::match {
namespace {

Comparison by(std::string_view word) { return parse_comparison(word).value(); }

TEST(ValueRules, NamesAreFoundInAnyCaseAndPointersApart) {
  const std::vector<ValueRule> rules = {
      {"sentat", by("any")}, {"/meta/id", by("exact")}, {"/legs/*/price", by("number:1")}};
  ASSERT_NE(rule_for(rules, "sentAt"), nullptr);
  EXPECT_EQ(rule_for(rules, "sentAt")->how, How::kAny);
  EXPECT_EQ(rule_for(rules, "sent"), nullptr);
  EXPECT_EQ(rule_for(rules, "/meta/id"), nullptr);
  ASSERT_NE(rule_for_pointer(rules, "/meta/id"), nullptr);
  EXPECT_EQ(rule_for_pointer(rules, "/meta/ID"), nullptr);
  EXPECT_EQ(rule_for_pointer(rules, "/meta"), nullptr);
  EXPECT_EQ(rule_for_pointer(rules, "/meta/id/x"), nullptr);
  ASSERT_NE(rule_for_pointer(rules, "/legs/12/price"), nullptr);
  EXPECT_EQ(rule_for_pointer(rules, "/legs/price"), nullptr);
  EXPECT_EQ(rule_for_pointer(rules, "/legs/1/2/price"), nullptr);
  EXPECT_TRUE(has_pointers(rules));
  EXPECT_FALSE(has_pointers({{"a", by("any")}}));
}

TEST(ValueRules, NumbersAreThoseOfJson) {
  double value = 0;
  EXPECT_TRUE(parse_number("275.0", value));
  EXPECT_EQ(value, 275.0);
  EXPECT_TRUE(parse_number("-1e3", value));
  EXPECT_EQ(value, -1000.0);
  for (const char* text : {"", "-", "+1", " 1", "1 ", "1x", "inf", "nan", "0x10", ".5", "1e999"}) {
    EXPECT_FALSE(parse_number(text, value)) << text;
  }
}

TEST(ValueRules, ALeafThatDoesNotFitStaysAsItIs) {
  std::string buffer;
  const Leaf leaf{"abc", "abc", LeafType::kString};
  EXPECT_EQ(compared_by(by("number:1"), leaf, buffer).by_kind, "abc");
  EXPECT_EQ(compared_by(by("regex:[0-9]+"), leaf, buffer).by_kind, "abc");
  EXPECT_NE(compared_by(by("regex:[a-z]+"), leaf, buffer).by_kind, "abc");
  const Leaf number = compared_by(by("number:0.5"), {"12.5", "12.5", LeafType::kNumber}, buffer);
  EXPECT_EQ(number.exact, "12.5");
  EXPECT_NE(number.by_kind, "12.5");
  EXPECT_EQ(number.tolerance, 0.5);
  EXPECT_EQ(number.value, 12.5);
}

TEST(ValueRules, ExactMakesTheValueOfAPseudonymCount) {
  std::string buffer;
  const Leaf leaf = compared_by(by("exact"), {"tenant-a", "<mark>", LeafType::kBytes}, buffer);
  EXPECT_EQ(leaf.by_kind, "tenant-a");
}

}  // namespace
}  // namespace cvr::match
