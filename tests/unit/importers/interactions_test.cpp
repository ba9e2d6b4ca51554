#include "importers/interactions.h"

#include "importers/yaml_reader.h"
#include "kit.h"

namespace cvr::importers {
namespace {

std::optional<Interaction> one(Here& here, std::string_view yaml, Family family = Family::kVcr) {
  return recorded_interaction(read_yaml(yaml).value(), family, here.place);
}

constexpr std::string_view kResponse = "response: {status: {code: 200, message: OK}, body: {string: ok}}\n";

TEST(Interactions, RubyNamesMethodsInItsWay) {
  Here here;
  for (const char* method : {"get", ":get", "GET"}) {
    const auto read = one(
        here, "request: {method: '" + std::string(method) + "', uri: 'https://a.example/'}\n" + std::string(kResponse));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->request.method, "GET");
  }
}

TEST(Interactions, BodiesInAllForms) {
  Here here;
  const auto body = [&](const std::string& spelled) {
    const auto read = one(
        here, "request: {method: post, uri: 'https://a.example/', body: " + spelled + "}\n" + std::string(kResponse));
    return !read ? "none" : read->request_over_limit ? "missing" : read->request.body;
  };
  EXPECT_EQ(body("text"), "text");
  EXPECT_EQ(body("{encoding: UTF-8, string: text}"), "text");
  EXPECT_EQ(body("{encoding: ASCII-8BIT, base64_string: dGV4dA==}"), "text");
  EXPECT_EQ(body("!!binary dGV4dA=="), "text");
  EXPECT_EQ(body("~"), "");
  EXPECT_EQ(body("{}"), "");
  EXPECT_EQ(body("{base64_string: '*'}"), "missing");
  EXPECT_EQ(body("[a]"), "missing");
}

TEST(Interactions, HeadersInBothShapes) {
  Here here;
  const auto read =
      one(here, "request: {method: get, uri: 'https://a.example/', headers: {A: [x, y], B: z, C: 1, D: {}}}\n" +
                    std::string(kResponse));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->request.fields.size(), 4u);
  EXPECT_EQ(read->request.fields[1].value, "y");
  EXPECT_EQ(read->request.fields[3].value, "1");
  EXPECT_TRUE(here.lost("headers with a value that is no text"));
}

TEST(Interactions, WhatIsNoneIsSkipped) {
  Here here;
  EXPECT_FALSE(one(here, "request: {}\n"));
  EXPECT_TRUE(here.lost("skipped: interactions without"));
  EXPECT_FALSE(one(here, "request: {method: get, uri: 'https://a.example/'}\nresponse: {}\n"));
  EXPECT_TRUE(here.lost("skipped: no status"));
}

}  // namespace
}  // namespace cvr::importers
