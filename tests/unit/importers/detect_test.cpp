#include "kit.h"

namespace cvr::importers {
namespace {

std::string format(std::string_view text) {
  const auto found = format_of(text);
  return found ? std::string((*found)->name) : "error: " + found.error().text;
}

TEST(Detect, TellsByTheContent) {
  EXPECT_EQ(format(R"({"log":{"entries":[]}})"), "har");
  EXPECT_EQ(format(R"( {"log":{"_recordingName":"x","entries":[]}})"), "polly");
  EXPECT_EQ(format(R"({"http_interactions":[],"recorded_with":"betamax/0.9"})"), "betamax");
  EXPECT_EQ(format(R"({"http_interactions":[],"recorded_with":"VCR 6"})"), "vcr");
  EXPECT_EQ(format(R"({"interactions":[]})"), "vcrpy");
  EXPECT_EQ(format(R"({"data":{"pairs":[]},"meta":{}})"), "hoverfly");
  EXPECT_EQ(format(R"({"mappings":[]})"), "wiremock");
  EXPECT_EQ(format(R"({"id":"x","request":{},"response":{}})"), "wiremock");
  EXPECT_EQ(format(R"([{"scope":"https://a.example"}])"), "nock");
  EXPECT_EQ(format("{\"n\":1,\"time\":\"\",\"method\":\"GET\",\"url\":\"https://a.example/\"}\n{}"), "jsonl");
  EXPECT_EQ(format("# comment\n---\nhttp_interactions:\n- x\n"), "vcr");
  EXPECT_EQ(format("version: 1\ninteractions:\n- x\n"), "vcrpy");
  EXPECT_EQ(format("12:7:version,1:1#}"), "mitmproxy");
}

TEST(Detect, RefusesTheRestWithAWord) {
  EXPECT_NE(format("PK\x03\x04 and more").find("zip archive"), std::string::npos);
  EXPECT_NE(format("\x1f\x8b and more").find("gunzip"), std::string::npos);
  EXPECT_NE(format("\x89"
                   "CVR\r\n and more")
                .find("a cassette already"),
            std::string::npos);
  EXPECT_NE(format(" \n").find("is empty"), std::string::npos);
  for (const char* text : {"hello", "{}", "[]", "[1]", "{", "\xff\xfe", "a: b\n", "{\"a\":1}"}) {
    EXPECT_NE(format(text).find("no format that is known"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace cvr::importers
