#include "redact/pointers.h"

#include "kit.h"

namespace cvr::redact {
namespace {

using profiles::Privacy;
using profiles::Profile;

// What a rule set makes of a JSON text.
RedactedText ruled(std::vector<profiles::SensitiveName> secret, std::vector<std::string> kept, std::string_view text,
                   CollectBody rule = collect_json) {
  Profile profile;
  profile.secret_json = std::move(secret);
  profile.kept_json = std::move(kept);
  const Names names(&profile);
  const Pointers pointers(&profile, Privacy::kPii);
  Kit kit;
  Context context{.names = names, .masker = kit.masker, .root = {}, .pointers = &pointers};
  Edits edits;
  EXPECT_TRUE(rule(text, {}, context, edits));
  return kit.apply_to(text, std::move(edits));
}

std::vector<std::string> gone(const RedactedText& before, std::string_view text) {
  // The original values of what was replaced, found by walking both texts.
  std::vector<std::string> out;
  std::size_t at = 0;
  std::size_t raw = 0;
  for (const Span& span : before.spans) {
    raw += span.begin - at;
    at = span.begin + span.size;
    std::size_t end = raw;
    while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0)) ++end;
    out.emplace_back(text.substr(raw, end - raw));
    raw = end;
  }
  return out;
}

using Words = std::vector<std::string>;

TEST(Pointers, KeysIndexesAndWildcards) {
  const std::string text = R"({"a":{"b":"one","c":"two"},"l":[{"b":"three"},{"b":"four"},["five"]],"x/y":{"~":"six"}})";
  const auto made = [&](const char* pointer) { return gone(ruled({{pointer}}, {}, text), text); };
  EXPECT_EQ(made("/a/b"), Words{"one"});
  EXPECT_EQ(made("/a"), (Words{"one", "two"}));
  EXPECT_EQ(made("/l/1/b"), Words{"four"});
  EXPECT_EQ(made("/l/*/b"), (Words{"three", "four"}));
  EXPECT_EQ(made("/*/b"), Words{"one"});
  EXPECT_EQ(made("/l/2/0"), Words{"five"});
  EXPECT_EQ(made("/x~1y/~0"), Words{"six"});
  EXPECT_EQ(made("/b"), Words{});
  EXPECT_EQ(made("/l/01/b"), Words{});
  EXPECT_EQ(made("/l/-/b"), Words{});
}

TEST(Pointers, TopLevelArraysLinesAndScalars) {
  EXPECT_EQ(gone(ruled({{"/1"}}, {}, R"(["a","b"])"), R"(["a","b"])"), Words{"b"});
  const std::string lines = "{\"k\":\"one\"}\n{\"k\":\"two\",\"n\":{\"k\":\"in\"}}\n";
  EXPECT_EQ(gone(ruled({{"/k"}}, {}, lines, collect_json_lines), lines), (Words{"one", "two"}));
  EXPECT_TRUE(ruled({{"/k"}}, {}, "\"scalar\"").spans.empty());
  const RedactedText number = ruled({{"/n", Kind::kPrice}}, {}, R"({"n": 12.50})");
  ASSERT_EQ(number.spans.size(), 1u);
  EXPECT_EQ(number.spans[0].kind, Kind::kPrice);
  EXPECT_EQ(number.spans[0].rule, "json.pointer");
  EXPECT_EQ(number.text.size(), std::string_view(R"({"n": 12.50})").size());
}

TEST(Pointers, KeepingWinsAndBeatsNames) {
  const std::string text = R"({"a":{"token":"one","b":"two"},"token":"three"})";
  EXPECT_EQ(gone(ruled({{"token"}}, {"/a/token"}, text), text), Words{"three"});
  EXPECT_EQ(gone(ruled({{"/a"}}, {"/a/b"}, text), text), (Words{"one", "three"}));
  EXPECT_EQ(gone(ruled({{"/a/*"}}, {"/a/b"}, text), text), (Words{"one", "three"}));
  // A kept object is not opened: names in it still count.
  EXPECT_EQ(gone(ruled({}, {"/a"}, text), text), (Words{"one", "three"}));
  // A pointer beats a kept name.
  EXPECT_EQ(gone(ruled({{"/token"}}, {"token"}, text), text), Words{"three"});
}

TEST(Pointers, LevelsCountAndJsonInStringsIsAnotherDocument) {
  EXPECT_TRUE(ruled({{"/a", Kind::kPrice, Privacy::kCommercial}}, {}, R"({"a":"one"})").spans.empty());
  EXPECT_TRUE(ruled({{"/a"}}, {}, R"({"b":"{\"a\":\"one two\"}"})").spans.empty());
}

TEST(Pointers, NoRulesNoWalk) {
  Profile profile;
  profile.secret_json = {{"name"}};
  EXPECT_TRUE(Pointers(&profile, Privacy::kCommercial).empty());
  EXPECT_TRUE(Pointers(nullptr, Privacy::kCommercial).empty());
  profile.kept_json = {"/a"};
  EXPECT_FALSE(Pointers(&profile, Privacy::kCommercial).empty());
}

TEST(Pointers, ManyRulesAndDeepTexts) {
  std::vector<profiles::SensitiveName> rules;
  for (int i = 0; i < 2000; ++i) rules.push_back({"/k" + std::to_string(i) + "/*/v"});
  std::string deep;
  for (int i = 0; i < 60; ++i) deep += "{\"*\":";
  deep += "1" + std::string(60, '}');
  EXPECT_TRUE(ruled(rules, {}, deep).spans.empty());
  const std::string text = R"({"k1999":[{"v":"one"}]})";
  EXPECT_EQ(gone(ruled(rules, {}, text), text), Words{"one"});
}

}  // namespace
}  // namespace cvr::redact
