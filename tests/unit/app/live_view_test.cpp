#include "app/live_view.h"

namespace cvr::app {
namespace {

RedactedParts parts() {
  RedactedParts out;
  out.request.method = "GET";
  out.request.path.text = "/api/trips";
  out.request.fields.push_back({{"Authorization", {}}, {"Bearer x", {{7, 1, Kind::kToken, "r"}}}});
  out.response.emplace().status = 200;
  out.response->body.content = {"a@b", {{0, 3, Kind::kEmail, "r"}}};
  out.timing.finished_us = 12'345;
  return out;
}

std::string line(const RedactedParts& of, std::size_t columns = 100, bool colour = false) {
  return live_line(RedactionPass::vouch(of), columns, colour);
}

TEST(LiveView, ALine) {
  EXPECT_EQ(line(parts(), 90), "200      GET          12.3 ms  /api/trips                     " +
                                   std::string(to_string(Kind::kToken)) + " 1, " +
                                   std::string(to_string(Kind::kEmail)) + " 1\n");
  RedactedParts other = parts();
  other.request.path.text = "/x";
  EXPECT_EQ(line(parts()).find("/api"), line(other).find("/x"));  // aligned
  EXPECT_EQ(line(parts()).find(to_string(Kind::kToken)), line(other).find(to_string(Kind::kToken)));
}

TEST(LiveView, ColourOnlyWhenAsked) {
  EXPECT_EQ(line(parts()).find('\x1b'), std::string::npos);
  EXPECT_TRUE(line(parts(), 100, true).starts_with("\x1b[32m200     \x1b[0m"));
}

TEST(LiveView, AFailure) {
  RedactedParts of = parts();
  of.response.reset();
  of.failure.emplace().kind = FailureKind::kTimeout;
  of.request.fields.clear();
  EXPECT_TRUE(line(of).starts_with("timeout ")) << line(of);
  EXPECT_TRUE(line(of).ends_with("nothing redacted\n")) << line(of);
}

TEST(LiveView, ForeignBytesAreEscapedAndCut) {
  RedactedParts of = parts();
  of.request.path.text = "/\x1b]0;title\x07" + std::string(5000, 'a');
  const std::string text = line(of, 80);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\x07'), std::string::npos);
  EXPECT_LT(text.size(), 120U);
  EXPECT_LT(line(of, 0).size(), 120U);
}

}  // namespace
}  // namespace cvr::app
