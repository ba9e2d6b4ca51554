#include "redact/meaning.h"

#include <vector>

#include "base/base64.h"
#include "support/random.h"

namespace cvr::redact {
namespace {

std::vector<std::string> meanings(std::string_view value) {
  std::vector<std::string> out;
  for_each_meaning(value, [&](const Meaning& part) { out.emplace_back(part.text); });
  return out;
}

using All = std::vector<std::string>;

TEST(Meaning, WhatStandsAroundATokenIsTakenOff) {
  const std::string t = test::random_hex(20);
  EXPECT_EQ(meanings("\"" + t + "\""), All{t});
  EXPECT_EQ(meanings("id7:" + t), All{t});
  EXPECT_EQ(meanings("user=" + t + "&x=1"), All{t});
  EXPECT_EQ(meanings("1234567890, b=" + t), All{t});
  EXPECT_EQ(meanings("{\"t\":[\"" + t + "\"]}"), All{t});
  EXPECT_EQ(meanings("%7B%22t%22:%22" + t + "%22%7D"), (All{"{\"t\":\"" + t + "\"}", t}));
  EXPECT_EQ(meanings(base64_encode("{\"token\":\"" + t + "\"}")), All{t});
  EXPECT_EQ(meanings(t + " bar"), All{t});
  EXPECT_EQ(meanings("j:{\"t\":\"" + t + "\"}"), All{t});
  EXPECT_EQ(meanings("s:" + t + ".c2lnbmF0dXJl"), (All{t, t + ".c2lnbmF0dXJl"}));
  EXPECT_EQ(meanings("s:.c2lnbmF0dXJl"), All{".c2lnbmF0dXJl"});
}

TEST(Meaning, NumbersAndWordsAreNone) {
  for (const char* text : {"", "lang=en&theme=dark", "GA1.2.12345678.1234567890", "ts=1731234567890&n=12345678",
                           "correct horse battery staple", "2026-03-14T09:26:53Z"}) {
    EXPECT_TRUE(meanings(text).empty()) << text;
  }
}

TEST(Meaning, TheWorkIsBounded) {
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "a=" + test::random_hex(12) + "&";
  EXPECT_EQ(meanings(many).size(), many.size() > (16u << 10) ? 0u : 32u);
  EXPECT_TRUE(meanings(std::string(20000, '[')).empty());
  meanings(std::string(8000, '[') + std::string(8000, ']'));
}

TEST(Meaning, PartsKnowTheirNameAndWhetherTheyAreTheWhole) {
  const std::string t = test::random_hex(20);
  std::vector<std::pair<std::string, bool>> told;
  const auto visit = [&](const Meaning& part) { told.emplace_back(part.name, part.whole); };
  for_each_meaning("\"" + t + "\"", visit);
  for_each_meaning("host=www.example.com&user=" + t, visit);
  for_each_meaning("{\"a\":{\"b\":\"" + t + "\"}}", visit);
  const std::vector<std::pair<std::string, bool>> expected{{"", true}, {"host", false}, {"user", false}, {"b", false}};
  EXPECT_EQ(told, expected);
}

TEST(Meaning, HostsPathsAndWordsAreNotDrawn) {
  for (const char* text : {"www7.example.com", "api-2.example.com:8443", "Europe/Berlin1", "/trips/atrip-12345",
                           "abcdefghijklmnopqrstuv", "short1", "2026-03-14T09:26:53Z"}) {
    EXPECT_FALSE(is_drawn(text)) << text;
  }
  EXPECT_TRUE(is_drawn("a1" + test::random_hex(10)));
}

}  // namespace
}  // namespace cvr::redact
