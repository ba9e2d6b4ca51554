#include "exporters/formats/wiremock_pattern.h"

#include "kit.h"

namespace cvr::exporters {
namespace {

std::string pattern(std::string_view type, const RedactedText& body) {
  RedactedRequest request;
  request.fields = {field("Content-Type", type)};
  request.body.content = body;
  json::Writer w;
  w.begin_object();
  write_body_pattern(w, request);
  w.end_object();
  expect_json(w.text());
  return std::string(w.text());
}

TEST(WireMockPattern, NothingForAnEmptyBody) { EXPECT_EQ(pattern("text/plain", {}), "{}"); }

TEST(WireMockPattern, TheBoundaryOfAMultipartBodyIsNoPartOfIt) {
  const std::string text = pattern("multipart/form-data; boundary=----b0undary9",
                                   marked("------b0undary9\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n"
                                          "------b0undary9\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n"
                                          "<<token:TOK>>\r\n------b0undary9\r\ncontent-disposition: form-data; "
                                          "name=\"f\"; filename=\"x\"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n"
                                          "------b0undary9--\r\n"));
  EXPECT_EQ(text.find("b0undary9"), std::string::npos) << text;
  EXPECT_EQ(text.find("TOK"), std::string::npos) << text;
  EXPECT_NE(text.find(R"({"matchingType":"ANY","headers":{"Content-Disposition":{"equalTo":"form-data; name=\"a\""}},)"
                      R"("bodyPatterns":[{"equalTo":"one"}]})"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"("bodyPatterns":[{"matches":"(?s).+"}])"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("bodyPatterns":[{"binaryEqualTo":"iVBORw=="}])"), std::string::npos) << text;
}

TEST(WireMockPattern, AQuotedBoundaryAndBareLineFeeds) {
  const std::string text =
      pattern("Multipart/Mixed; Boundary=\"b 1\"", marked("preamble\n--b 1\n\n\nx\n--b 1\nA: b\n\n\n--b 1--"));
  EXPECT_NE(text.find("multipartPatterns"), std::string::npos) << text;
  EXPECT_EQ(text.find("b 1"), std::string::npos) << text;
}

TEST(WireMockPattern, WhatIsNotReadableAsPartsMatchesAnything) {
  for (const char* body : {"none", "--b\r\n", "--b\r\nA: b\r\n\r\nno end", "--b--", "--b"}) {
    EXPECT_EQ(pattern("multipart/form-data; boundary=b", marked(body)), "{}") << body;
  }
  EXPECT_EQ(pattern("multipart/form-data", marked("none")), "{}");
}

}  // namespace
}  // namespace cvr::exporters
