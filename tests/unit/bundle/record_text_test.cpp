#include "bundle/record_text.h"

#include <algorithm>

#include "bundle/digests.h"
#include "evidence_kit.h"

namespace cvr::bundle {
namespace {

RedactedParts some_parts() {
  RedactedParts parts;
  parts.request.method = "GET";
  parts.request.origin.host = "origin.test";
  parts.request.path.text = "/a";
  parts.request.fields = {{{"X-A", {}}, {"b\x1b", {}}}};
  parts.response.emplace();
  parts.response->status = 200;
  parts.response->body.content.text = "{}";
  return parts;
}

TEST(RecordText, ShowsRequestAndAnswer) {
  const std::string text = http_text(3, some_parts());
  EXPECT_TRUE(text.starts_with("# 3  1970-01-01"));
  EXPECT_NE(text.find("X-A: b\\x1b\n"), std::string::npos);
  EXPECT_NE(text.find("HTTP/1.1 200 \n\n{}\n"), std::string::npos);
}

TEST(RecordText, BodiesThatAreNoTextAndFailures) {
  RedactedParts parts = some_parts();
  parts.response->body.content.text = std::string("\0\1", 2);
  EXPECT_NE(http_text(1, parts).find("in base64\nAAE=\n"), std::string::npos);
  parts.response->body.omitted = "omitted: too large";
  EXPECT_NE(http_text(1, parts).find("# omitted: too large"), std::string::npos);
  parts.failure = Failure{FailureKind::kTls, "bad"};
  EXPECT_NE(http_text(1, parts).find("# failure: tls bad"), std::string::npos);
}

TEST(RecordText, CellsAreNoFormulas) {
  EXPECT_EQ(csv_cell("=1+1"), "\"'=1+1\"");
  EXPECT_EQ(csv_cell("@x"), "\"'@x\"");
  EXPECT_EQ(csv_cell("-1"), "\"'-1\"");
  EXPECT_EQ(csv_cell("+1"), "\"'+1\"");
  EXPECT_EQ(csv_cell("a,\"b\""), "\"a,\"\"b\"\"\"");
  EXPECT_EQ(csv_cell("a\r\n=b"), "a\\x0d\\n=b");
  EXPECT_EQ(csv_cell("plain"), "plain");
}

TEST(RecordText, TheTimelineHasEveryCall) {
  const auto made = test::make_evidence(test::Monday::kPermissionLost);
  const std::string csv = timeline_csv(made.evidence);
  EXPECT_TRUE(csv.starts_with("utc,n,method,path,status,code,request_id,credential,ms\r\n"));
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(csv, '\n')), made.evidence.after->interactions.size() + 1);
}

TEST(RecordText, TheChainShowsWhatIsMissing) {
  const auto made = test::make_evidence(test::Monday::kPermissionLost);
  diagnose::Recording recording = *made.evidence.after;
  const std::string chain = chain_lines(recording, {1, 2});
  const std::string all = chain_lines(recording, cited(made.evidence).after);
  EXPECT_EQ(all.substr(0, all.find('\n', all.find('\n') + 1)), chain.substr(0, chain.find('\n', chain.find('\n') + 1)));
  EXPECT_EQ(all.substr(all.size() - 67), chain.substr(chain.size() - 67)) << "what is not shown counts";
  EXPECT_TRUE(chain.starts_with("{\"n\":1,\"prev\":\"" + std::string(64, '0')));
  EXPECT_EQ(chain_step(std::string(64, '0'), "abc"), sha256_hex(std::string(64, '0') + sha256_hex("abc")));
  std::swap(recording.interactions[0], recording.interactions[1]);
  EXPECT_NE(chain_lines(recording, {1, 2}), chain);
}

}  // namespace
}  // namespace cvr::bundle
