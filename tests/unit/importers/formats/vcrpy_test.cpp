#include "kit.h"

namespace cvr::importers {
namespace {

TEST(ImportVcrpy, ReadsWhatTheToolWrites) { expect_golden("vcrpy", "vcrpy.yaml"); }

TEST(ImportVcrpy, ReadsTheListsOfItsFirstVersion) {
  expect_golden("vcrpy", "vcrpy_old.yaml");
  const Read json = read("", R"([{"request":{"body":null,"headers":{"A":"b"},"host":"api.example","method":"GET",
    "path":"/ip","port":80,"protocol":"http"},"response":{"body":"x","headers":["C: d\r\n"],
    "status":{"code":200,"message":"OK"}}}])");
  ASSERT_EQ(json.interactions.size(), 1u);
  EXPECT_EQ(http::url_of(json.interactions[0].request), "http://api.example/ip");
  EXPECT_EQ(json.interactions[0].response->fields[0].value, "d");
}

// What cvr export left out or cut does not come back as a whole, empty answer.
TEST(ImportVcrpy, WhatCvrExportLeftOutStaysOut) {
  const Read out = read("", R"(interactions:
- request: {body: null, headers: {}, method: GET, uri: 'https://a.test/'}
  response: {body: {string: ''}, headers: {A: [b]}, status: {code: 200, message: OK}}
  cvr: {"n":1,"flags":["incomplete"],"response":{"omitted":"omitted: over the body limit","bytes":20,"headers":[["A","b"],["Content-Encoding","gzip"]]}}
version: 1
)");
  ASSERT_EQ(out.interactions.size(), 1u);
  EXPECT_EQ(out.interactions[0].flags, std::vector<std::string>{"incomplete"});
  ASSERT_TRUE(out.interactions[0].response_over_limit);
  EXPECT_EQ(out.interactions[0].response_over_limit->size, 20u);
  EXPECT_EQ(out.interactions[0].response->fields.size(), 2u);
}

TEST(ImportVcrpy, WhatIsNoneIsRefused) {
  const Read out = read("vcrpy", "{\"a\": 1}");
  ASSERT_TRUE(out.error);
  EXPECT_EQ(out.error->code, ErrorCode::kMalformed);
}

}  // namespace
}  // namespace cvr::importers
