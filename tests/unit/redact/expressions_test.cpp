#include "redact/expressions.h"

#include "kit.h"

namespace cvr::redact {
namespace {

using profiles::Privacy;
using profiles::Profile;

std::vector<std::string> found(const Profile& profile, std::string_view text, Privacy level = Privacy::kCommercial) {
  const Expressions expressions(&profile, level);
  std::vector<PatternHit> hits;
  if (!expressions.scan(text, hits)) return {"gave up"};
  std::vector<std::string> out;
  for (const PatternHit& hit : hits) out.emplace_back(text.substr(hit.begin, hit.end - hit.begin));
  return out;
}

Profile with(std::vector<std::string> expressions) {
  Profile profile;
  for (std::string& expression : expressions) profile.patterns.push_back({std::move(expression), Kind::kTail});
  return profile;
}

using Words = std::vector<std::string>;

TEST(Expressions, WholeMatchOrFirstGroup) {
  EXPECT_EQ(found(with({"N[0-9]{3}"}), "N123 and N456"), (Words{"N123", "N456"}));
  EXPECT_EQ(found(with({"pin=(\\d+)"}), "pin=77&pin=8"), (Words{"77", "8"}));
  EXPECT_EQ(found(with({"pin(=\\d+)?"}), "pin pin=8"), (Words{"=8"}));
  EXPECT_EQ(found(with({"(?i)secret-\\pL+"}), "SECRET-\xc3\xa9t\xc3\xa9!"), (Words{"SECRET-\xc3\xa9t\xc3\xa9"}));
  EXPECT_TRUE(found(with({"abc"}), "").empty());
  EXPECT_TRUE(found(with({}), "abc").empty());
}

TEST(Expressions, LevelsCount) {
  Profile profile;
  profile.patterns = {{"a+", Kind::kTail, Privacy::kCommercial}, {"b+", Kind::kName, Privacy::kPii}};
  EXPECT_EQ(found(profile, "aabb", Privacy::kPii), Words{"bb"});
  EXPECT_TRUE(found(profile, "aabb", Privacy::kCredentials).empty());
}

TEST(Expressions, ManyAreFiltered) {
  std::vector<std::string> expressions;
  for (int i = 0; i < 60; ++i) expressions.push_back("tok" + std::to_string(i) + "-[a-z]{4,9}\\b");
  EXPECT_EQ(found(with(expressions), "x tok7-abcdef tok59-abcd tok60-abcd"), (Words{"tok7-abcdef", "tok59-abcd"}));
  EXPECT_TRUE(found(with(expressions), "nothing here").empty());
}

TEST(Expressions, ManyThatNeedMuchMemoryTogetherStillWork) {
  std::vector<std::string> expressions;
  for (int i = 0; i < 40; ++i) expressions.push_back("x" + std::to_string(i) + "(.*y.{60}){3}");
  expressions.push_back("needle");
  std::string text;
  for (int i = 0; i < 20000; ++i) text += static_cast<char>('a' + (i * 7919 + i / 13) % 26);
  EXPECT_EQ(found(with(expressions), text + "needle"), Words{"needle"});
}

TEST(Expressions, MatchesOverWindowsAreFound) {
  const std::string around(100'000, '.');
  const std::string value = "key=" + std::string(16'000, 'v');
  for (const std::size_t before : {0u, 50'000u, 65'530u, 65'536u, 70'000u}) {
    EXPECT_EQ(found(with({"key=v+"}), around.substr(0, before) + value + around), Words{value}) << before;
  }
  const std::string longer = "key=" + std::string(300'000, 'v');
  EXPECT_EQ(found(with({"key=v+"}), around + longer + around), Words{longer});
}

TEST(Expressions, HostilePatternsAndTextsStayLinear) {
  const std::string text(1u << 20, 'a');
  EXPECT_TRUE(found(with({"(a+)+b"}), text).empty());
  EXPECT_EQ(found(with({"(?:a|aa)+$"}), text).size(), 1u);
  EXPECT_EQ(found(with({"a"}), text), Words{"gave up"});
  EXPECT_EQ(found(with({"a(?:[^z]*z)?"}), text.substr(0, 20'000)).size(), 20'000u);
}

TEST(Expressions, BytesThatAreNoUtf8) {
  EXPECT_EQ(found(with({"ab."}),
                  "abc\xff\xfe"
                  "abd"),
            (Words{"abc", "abd"}));
  EXPECT_TRUE(found(with({"a.b"}),
                    "a\xff"
                    "b")
                  .empty());
}

TEST(Expressions, Check) {
  for (const char* good : {"a", "(?i)x{1,3}", "^\\d+$", "[[:alpha:]]+"}) EXPECT_TRUE(Expressions::check(good)) << good;
  const std::pair<const char*, const char*> bad[] = {
      {"(", "RE2"},         {"a**", "RE2"},       {"(?=x)", "RE2"},
      {"\\1", "RE2"},       {"[z-a]", "RE2"},     {"", "empty text"},
      {"a*", "empty text"}, {"x{1,2000}", "RE2"}, {"((x{100}){100}){100}", "RE2"},
      {"\xff", "RE2"}};
  for (const auto& [expression, words] : bad) {
    const auto checked = Expressions::check(expression);
    ASSERT_FALSE(checked) << expression;
    EXPECT_EQ(checked.error().code, ErrorCode::kUsage);
    EXPECT_NE(checked.error().text.find(words), std::string::npos) << checked.error().text;
  }
}

TEST(Expressions, InTheFinder) {
  Kit kit;
  const Profile profile = with({"tail (N\\d{3})", "\\b\\d{8}\\b"});
  const Expressions expressions(&profile, Privacy::kCommercial);
  const Finder finder = kit.finder.with(expressions);
  const auto redacted = [&](std::string_view text) {
    Edits edits;
    EXPECT_TRUE(finder.find(text, edits));
    return kit.apply_to(text, std::move(edits));
  };
  const RedactedText plain = redacted("the tail N123 flies");
  EXPECT_EQ(plain.text, "the tail " + *kit.pseudonyms.shaped("N123", Kind::kTail) + " flies");
  ASSERT_EQ(plain.spans.size(), 1u);
  EXPECT_EQ(plain.spans[0].kind, Kind::kTail);
  EXPECT_EQ(plain.spans[0].rule, "pattern.user");
  EXPECT_EQ(redacted("tail%20N123").text, "tail%20" + *kit.pseudonyms.shaped("N123", Kind::kTail));
  EXPECT_EQ(redacted("12345678").text, *kit.pseudonyms.shaped("12345678", Kind::kNumber));
  Edits none;
  EXPECT_TRUE(finder.without_expressions().find("tail N123", none));
  EXPECT_TRUE(none.empty());
}

}  // namespace
}  // namespace cvr::redact
