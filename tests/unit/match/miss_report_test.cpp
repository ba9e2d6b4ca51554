#include "base/json_scan.h"
#include "cvr/matcher.h"
#include "kit.h"
#include "support/golden.h"

namespace cvr::match {
namespace {

MissReport report() {
  MissReport out;
  out.method = "POST";
  out.url = "https://api.example.com/trips?draft=true";
  out.reason = "no recorded interaction matches";
  out.hint = "record it: cvr run --mode new_episodes -c FILE -- CMD; or mend the request";
  const auto near = [&](std::uint64_t n, std::string url, const RedactedRequest& asked,
                        const RedactedRequest& recorded) {
    out.nearest.push_back({n, recorded.method, std::move(url), compare(asked, recorded, test_rules())});
  };
  near(3, "https://api.example.com/trips?draft=true", json(R"({"legs":[{"from":"KTEB"}]})"),
       json(R"({"legs":[{"from":"KVNY"}]})"));
  near(7, "https://api.example.com/trips", get("/trips?draft=true"), get("/trips"));
  near(9, "https://api.example.com/trips", get("/trips", {field("Authorization", "Bearer <<jwt:x>>")}), get("/trips"));
  return out;
}

MissReport hostile() {
  MissReport out;
  out.method = "G\x1b[2JET";
  out.url = "https://h/\"\r\n\xff";
  out.reason = "a\nb";
  out.hint = "\x7f";
  out.nearest.push_back({1, "M\n", "u\x1b", {"path", "\"\\\n", "\xff\x01", 1}});
  return out;
}

void expect_json(const std::string& text) {
  json::Scanner scanner(text);
  for (;;) {
    const auto token = scanner.next();
    ASSERT_TRUE(token.has_value()) << text;
    if (*token == json::Token::kEnd) return;
  }
}

TEST(MissReport, IsAProblemDocument) {
  const std::string text = to_json(report());
  expect_json(text);
  test::expect_golden("match/miss.json", text);
}

TEST(MissReport, IsReadable) { test::expect_golden("match/miss.txt", to_text(report())); }

TEST(MissReport, OfAnEmptyCassetteSaysSo) {
  MissReport empty = report();
  empty.nearest.clear();
  test::expect_golden("match/miss_empty.txt", to_text(empty));
  expect_json(to_json(empty));
}

TEST(MissReport, EscapesEverything) {
  expect_json(to_json(hostile()));
  const std::string text = to_text(hostile());
  for (const char c : text) EXPECT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7f)) << static_cast<int>(c);
  test::expect_golden("match/miss_hostile.txt", text);
  test::expect_golden("match/miss_hostile.json", to_json(hostile()));
}

}  // namespace
}  // namespace cvr::match
