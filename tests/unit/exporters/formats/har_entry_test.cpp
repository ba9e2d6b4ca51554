#include "exporters/formats/har_entry.h"

#include "kit.h"

namespace cvr::exporters {
namespace {

std::string entry(const RedactedParts& parts, HarDialect dialect) {
  json::Writer w;
  write_har_entry(w, 1, parts, dialect);
  return w.take();
}

TEST(HarEntry, PlaywrightGetsNothingThatSpeaksOfTheWire) {
  RedactedParts parts = sample();
  parts.response->fields = {field("Content-Encoding", "gzip"), field("content-length", "7"), field("X-Kept", "1")};
  EXPECT_NE(entry(parts, HarDialect::kPlain).find("gzip"), std::string::npos);
  const std::string all = entry(parts, HarDialect::kPlaywright);
  const std::string text = all.substr(0, all.find("\"_cvr\":"));
  EXPECT_LT(text.size(), all.size());
  EXPECT_EQ(text.find("gzip"), std::string::npos);
  EXPECT_EQ(text.find("content-length"), std::string::npos);
  EXPECT_NE(text.find("X-Kept"), std::string::npos);
}

TEST(HarEntry, WithoutAnAnswerPlaywrightAborts) {
  RedactedParts parts = sample();
  parts.response.reset();
  parts.failure = Failure{FailureKind::kDns, "no such host"};
  EXPECT_NE(entry(parts, HarDialect::kPlain).find(R"("status":0,)"), std::string::npos);
  EXPECT_NE(entry(parts, HarDialect::kPlaywright).find(R"("status":-1,)"), std::string::npos);
}

}  // namespace
}  // namespace cvr::exporters
