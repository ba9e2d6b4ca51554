#include "importers/matchers.h"

#include "importers/json_reader.h"
#include "kit.h"

namespace cvr::importers {
namespace {

std::string wiremock(Here& here, std::string_view json) {
  const auto value = wiremock_value(read_json(json).value(), here.place);
  return !value ? "none" : value->anything ? "anything" : value->text;
}

std::string hoverfly(Here& here, std::string_view json) {
  const auto value = hoverfly_value(read_json(json).value(), here.place);
  return !value ? "none" : value->anything ? "anything" : value->text;
}

TEST(Matchers, OfWireMock) {
  Here here;
  EXPECT_EQ(wiremock(here, R"({"equalTo":"a"})"), "a");
  EXPECT_EQ(wiremock(here, R"({"equalToJson":"{ \"a\": 1 }"})"), "{ \"a\": 1 }");
  EXPECT_EQ(wiremock(here, R"({"equalToJson":{ "a": 1.50 }})"), R"({"a":1.50})");
  EXPECT_EQ(wiremock(here, R"({"binaryEqualTo":"AAE="})"), std::string("\0\x01", 2));
  EXPECT_EQ(wiremock(here, R"({"matches":"\\Qa.b\\E"})"), "a.b");
  EXPECT_EQ(wiremock(here, R"({"absent":true})"), "anything");
  EXPECT_TRUE(here.losses.all().empty());
  EXPECT_EQ(wiremock(here, R"({"matches":"[0-9]+"})"), "0");
  EXPECT_TRUE(here.lost("regular expressions"));
  EXPECT_EQ(wiremock(here, R"({"equalTo":"a","caseInsensitive":true})"), "a");
  EXPECT_TRUE(here.lost("options that loosen"));
  for (const char* other : {R"({"contains":"a"})", R"({"matchesJsonPath":"$.a"})", R"({"doesNotMatch":"a"})",
                            R"({"binaryEqualTo":"*"})", R"x({"matches":"(?=a)"})x", "{}"}) {
    EXPECT_EQ(wiremock(here, other), "none") << other;
  }
}

TEST(Matchers, OfHoverfly) {
  Here here;
  EXPECT_EQ(hoverfly(here, R"("a")"), "a");
  EXPECT_EQ(hoverfly(here, R"({"exactMatch":"a"})"), "a");
  EXPECT_EQ(hoverfly(here, R"({"matcher":"exact","value":"a"})"), "a");
  EXPECT_EQ(hoverfly(here, R"({"matcher":"glob","value":"*"})"), "anything");
  EXPECT_EQ(hoverfly(here, R"({"matcher":"glob","value":"a*"})"), "none");
  EXPECT_EQ(hoverfly(here, R"({"matcher":"regex","value":"a\\.b"})"), "a.b");
  EXPECT_EQ(hoverfly(here, R"({"matcher":"jsonpath","value":"$.a"})"), "none");
  EXPECT_EQ(hoverfly(here, "{}"), "none");
}

}  // namespace
}  // namespace cvr::importers
