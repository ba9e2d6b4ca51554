#include "exporters/canonical_body.h"

#include <algorithm>

#include "kit.h"
#include "support/random.h"

namespace cvr::exporters {
namespace {

std::string split(std::string_view spelled, std::string_view type) { return split_by_type(marked(spelled), type).text; }

TEST(CanonicalBody, SplitsByType) {
  EXPECT_EQ(split(R"({"b":1,"a":2})", "application/json"), "{\n  \"a\": 2,\n  \"b\": 1\n}");
  EXPECT_EQ(split(R"([1])", ""), "[\n  1\n]");
  EXPECT_EQ(split("{broken", "application/json"), "{broken");
  EXPECT_EQ(split("a=1&b=2", "application/x-www-form-urlencoded"), "a=1&\nb=2");
  EXPECT_EQ(split("<a><b>x</b></a>", "application/xml"), "<a>\n<b>x</b>\n</a>");
  EXPECT_EQ(split("a&b><c", "text/plain"), "a&b><c");
}

TEST(CanonicalBody, SpansMoveAndStayWhole) {
  const RedactedText out = split_by_type(marked("a=<<token:x&y>>&b=<<token:z>>"), "application/x-www-form-urlencoded");
  EXPECT_EQ(out.text, "a=x&y&\nb=z");
  ASSERT_EQ(out.spans.size(), 2u);
  EXPECT_EQ(out.text.substr(out.spans[0].begin, out.spans[0].size), "x&y");
  EXPECT_EQ(out.text.substr(out.spans[1].begin, out.spans[1].size), "z");
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> out(1);
  for (const char c : text) c == '\n' ? void(out.emplace_back()) : void(out.back() += c);
  return out;
}

TEST(CanonicalBody, AnInsertionMovesTheLinesAroundItAlone) {
  std::string text;
  for (int i = 0; i < 400; ++i)
    text += test::random_text(1 + static_cast<std::size_t>(i) % 9, "abcdef") + (i % 7 == 0 ? "; " : " ");
  std::string other = text;
  other.insert(other.size() / 2, "inserted words here ");
  const auto before = lines(parted_lines({text, {}}).text);
  const auto after = lines(parted_lines({other, {}}).text);
  ASSERT_GT(before.size(), 10u);
  EXPECT_EQ(before.front(), after.front());
  EXPECT_EQ(before.back(), after.back());
  std::size_t common = 0;
  for (const std::string& line : after) common += std::ranges::find(before, line) != before.end() ? 1 : 0;
  EXPECT_GE(common + 12, after.size());
}

TEST(CanonicalBody, ShortLinesStay) {
  std::string text(150, ' ');
  text += '\n';
  text.append(150, ',');
  EXPECT_EQ(parted_lines({text, {}}).text, text);
  const std::string one_word(10'000, 'x');
  EXPECT_EQ(parted_lines({one_word, {}}).text, one_word);
}

TEST(CanonicalBody, BytesAreSizeAndDigest) {
  EXPECT_TRUE(bytes_line("\x01\x02", "image/png").starts_with("[2 bytes of image/png, xxh3 "));
  EXPECT_NE(bytes_line("a", ""), bytes_line("b", ""));
}

}  // namespace
}  // namespace cvr::exporters
