#include "redact/entropy.h"

#include <random>

#include "kit.h"

namespace cvr::redact {
namespace {

constexpr std::string_view kBase62 = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

std::string found(std::string_view text) {
  std::vector<RandomRun> runs;
  scan_random(text, runs);
  std::string out;
  for (const RandomRun& run : runs) {
    out += (out.empty() ? "" : "|") + std::string(text.substr(run.begin, run.end - run.begin));
  }
  return out;
}

// Drawn until it looks drawn: most do, and the test is about places.
std::string token(std::size_t size = 32) {
  for (;;) {
    std::string text = test::random_text(size, kBase62);
    if (looks_random(text)) return text;
  }
}

TEST(Entropy, MostDrawnTokensAreSeen) {
  int seen = 0;
  for (int i = 0; i < 1000; ++i) seen += looks_random(test::random_text(32, kBase62)) ? 1 : 0;
  EXPECT_GT(seen, 950);
}

TEST(Entropy, ValuesInTheirPlaces) {
  // One that the net takes at all (its recall is told by its corpus), and no escape behind a '='.
  std::string secret = token();
  while (std::isxdigit(static_cast<unsigned char>(secret[0])) != 0 ||
         found("{\"value\":\"" + secret + "\"}") != secret) {
    secret = token();
  }
  for (const std::string& text :
       {"{\"value\":\"" + secret + "\"}", "x=" + secret + "&y=1", "using " + secret + ".", "<td>" + secret + "</td>",
        "[\"" + secret + "\"]", secret, "export FOO=" + secret + "\n", "https://a.example.org/cb?code=" + secret,
        "a: '" + secret + "'"}) {
    EXPECT_EQ(found(text), secret) << text;
  }
  EXPECT_EQ(found(secret + ", " + secret), secret + "|" + secret);
}

TEST(Entropy, HarmlessPlaces) {
  const std::string random = token();
  for (const std::string& text :
       {"{\"id\":\"" + random + "\"}", "{\"requestId\": \"" + random + "\"}", "etag=\"" + random + "\"",
        "{\"etag\": \"\\\"" + random + "\\\"\"}", "{\"etag2\":\"\\\"" + random + "\\\"\"}",
        "{\"ssh\":\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA" + random + "\"}", "https://a.example.org/objects/" + random,
        "/objects/" + random + "/x", random + ".js", "a." + random, "\"nextCursor\":\"" + random + "\"",
        "\"image\":\"" + random + "\"", "<a href=\"" + random + "\">", "sha256-" + random,
        "user_" + random + "@example.com", "\"contentHash\" : \"" + random + "\""}) {
    EXPECT_EQ(found(text), "") << text;
  }
}

TEST(Entropy, WhatIsWrittenIsNotDrawn) {
  for (const char* text :
       {"getUserAccountByIdentifier2", "application_default_settings_v2", "TheQuickBrownFoxJumpsOverTheLazyDog1",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaa", "01234567890123456789012345", "2026-11-25T10-30-00Z-report-final",
        "asellerlift-1234567890123456", "boeing-737-800-business-jet-2024", "---------------------------------",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", "com/example/project/Main2Activity",
        "Donaudampfschifffahrtsgesellschaft", "AIRCRAFT_NOT_AVAILABLE_2",
        "SGVsbG8gd29ybGQsIHRoaXMgaXMgdGV4dA==", "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAF"}) {
    EXPECT_EQ(found(text), "") << text;
  }
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(found(test::random_uuid()), "");
    for (const std::size_t size : {20u, 32u, 40u, 64u}) EXPECT_EQ(found(test::random_hex(size)), "");
    EXPECT_EQ(found(test::random_text(300, kBase62)), "");  // longer than a key is
  }
}

TEST(Entropy, HostileTextIsLinear) {
  EXPECT_EQ(found(std::string(4u << 20, 'a')), "");
  EXPECT_EQ(found(std::string(4u << 20, '=')), "");
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "aB3aB3aB3aB3aB3aB3aB3 ";
  EXPECT_EQ(found(text), "");
  EXPECT_EQ(found(""), "");
}

TEST(Entropy, IdsByTheirMakingStay) {
  EXPECT_EQ(found("{\"owner\":\"01HV4Y7Q3ZKX9M2N8RBTCW5DJE\"}"), "");
  EXPECT_TRUE(found("{\"md5\":\"" + test::random_text(22, kBase62) + "==\"}").empty());
}

TEST(Entropy, LinesOfAFoldedBlobStay) {
  for (const char* fold : {"\n", "\r\n", "\\n", "\\r\\n"}) {
    std::string text = "{\"content\":\"";
    for (int i = 0; i < 9; ++i) text += test::random_base64url(80).substr(0, 60) + fold;
    text += test::random_base64url(40).substr(0, 31) + "\"}";
    std::vector<RandomRun> runs;
    scan_random(text, runs);
    EXPECT_TRUE(runs.empty()) << fold;
  }
}

// A value that becomes known later is looked for as a whole: no half of it may be replaced before.
TEST(Entropy, AValueWithSpelledSignsIsOneRun) {
  for (const char* sign : {"=5F", "&lowbar;"}) {
    constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    std::mt19937 random(7);  // always the same: what it draws has to look drawn
    std::string value;
    for (int i = 0; i < 75; ++i) {
      if (i == 25 || i == 50) value += sign;
      value += kLetters[random() % kLetters.size()];
    }
    const std::string text = "<a data-x=\"" + value + "\">";
    std::vector<RandomRun> runs;
    scan_random(text, runs);
    ASSERT_EQ(runs.size(), 1u) << text;
    EXPECT_EQ(text.substr(runs[0].begin, runs[0].end - runs[0].begin), value);
  }
}

}  // namespace
}  // namespace cvr::redact
