#include "diagnose/fields.h"

namespace cvr::diagnose {
namespace {

TEST(Fields, LookUpsAndTypes) {
  const std::vector<RedactedField> fields = {{{"Content-TYPE", {}}, {"Application/JSON ; charset=utf-8", {}}}};
  EXPECT_NE(find_field(fields, "content-type"), nullptr);
  EXPECT_EQ(find_field(fields, "accept"), nullptr);
  EXPECT_EQ(field_value(fields, "accept"), "");
  EXPECT_EQ(media_type(fields), "application/json");
  EXPECT_TRUE(is_json_type("application/problem+json"));
  EXPECT_FALSE(is_json_type("text/plain"));
}

TEST(Fields, Forms) {
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(form_pairs("a=1&&b=x+y%21&c"), (Pairs{{"a", "1"}, {"b", "x y!"}, {"c", ""}}));
  EXPECT_TRUE(form_pairs("").empty());
  std::string many;
  for (int i = 0; i < 5'000; ++i) many += "a=1&";
  EXPECT_EQ(form_pairs(many).size(), 1'000u);
}

TEST(Fields, FlagsAndWords) {
  RedactedParts parts;
  parts.flags = {"incomplete", "tls-issuer: R11"};
  EXPECT_TRUE(has_flag(parts, "incomplete"));
  EXPECT_FALSE(has_flag(parts, "incomplet"));
  EXPECT_EQ(flag_value(parts, "tls-issuer: "), "R11");
  EXPECT_EQ(flag_value(parts, "tls-version: "), "");
  EXPECT_TRUE(holds_one_of("Under MAINTENANCE", {"maintenance"}));
  EXPECT_FALSE(holds_one_of("", {"maintenance"}));
  EXPECT_TRUE(is_listed_without_case({"Date"}, "date"));
  EXPECT_FALSE(is_listed({"Date"}, "date"));
  EXPECT_TRUE(begins_as_json(" \n["));
  EXPECT_TRUE(begins_as_markup("<html>"));
  EXPECT_FALSE(begins_as_markup(""));
}

}  // namespace
}  // namespace cvr::diagnose
