#include "kit.h"

namespace cvr::redact {
namespace {

std::string secret_text() { return test::random_text(24, "abcdefghijklmnopqrstuvwxyz0123456789"); }

TEST(EventsRule, JsonInDataLines) {
  Kit kit;
  const std::string secret = secret_text();
  const std::string out =
      kit.ruled(collect_events, "id: 1\nevent: token\ndata: {\"n\": 1, \"access_token\": \"" + secret + "\"}\n\n").text;
  EXPECT_EQ(out, "id: 1\nevent: token\ndata: {\"n\": 1, \"access_token\": \"" + kit.pseudonyms.of(secret) + "\"}\n\n");
}

TEST(EventsRule, AnEventOverSeveralLines) {
  Kit kit;
  const std::string secret = secret_text();
  const std::string out =
      kit.ruled(collect_events, "data: {\r\ndata: \"password\":\r\ndata:\"" + secret + "\"}\r\n\r\ndata: x\r\n").text;
  EXPECT_EQ(out, "data: {\r\ndata: \"password\":\r\ndata:\"" + kit.pseudonyms.of(secret) + "\"}\r\n\r\ndata: x\r\n");
}

TEST(EventsRule, TextIsReadAsText) {
  Kit kit;
  const std::string secret = secret_text();
  EXPECT_EQ(kit.ruled(collect_events, "data: token=" + secret + "\n\n").text,
            "data: token=" + kit.pseudonyms.of(secret) + "\n\n");
  EXPECT_EQ(kit.ruled(collect_events, "data: {broken\n\ndata: [DONE]\n\n").text, "data: {broken\n\ndata: [DONE]\n\n");
  EXPECT_EQ(kit.ruled(collect_events, "").text, "");
}

TEST(EventsRule, TheNameOfAnEventCounts) {
  Kit kit;
  const std::string secret = secret_text();
  EXPECT_EQ(kit.ruled(collect_events, "event: token\ndata: " + secret + "\n\n").text,
            "event: token\ndata: " + kit.pseudonyms.of(secret) + "\n\n");
  EXPECT_EQ(kit.ruled(collect_events, "event: token\ndata: Hello\n\n").text, "event: token\ndata: Hello\n\n");
}

}  // namespace
}  // namespace cvr::redact
