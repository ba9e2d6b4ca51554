#include "exporters/carry.h"

#include "kit.h"

namespace cvr::exporters {
namespace {

// Pseudonyms in brackets.
std::string carried(std::string_view spelled, std::string text) {
  const RedactedText out = carry_spans(marked(spelled), std::move(text));
  std::string shown = out.text;
  for (auto span = out.spans.rbegin(); span != out.spans.rend(); ++span) {
    shown.insert(span->begin + span->size, ">");
    shown.insert(span->begin, "<");
  }
  return shown;
}

TEST(Carry, LinesThatStandKeepAllOfTheirs) {
  EXPECT_EQ(carried("a <<number:1>>\nb <<number:2>>\nc", "new\nb 2\na 1\nc"), "new\nb <2>\na <1>\nc");
  EXPECT_EQ(carried("1<<number:1>>1", "111"), "1<1>1");
}

TEST(Carry, InChangedLinesLongPseudonymsAreFound) {
  EXPECT_EQ(carried("Bearer <<jwt:pseudonym>>", "Basic pseudonym"), "Basic <pseudonym>");
  EXPECT_EQ(carried("<<number:12>>", "say 12"), "say 12");
  EXPECT_EQ(carried("<<token:aaaaaa>> <<token:aaaaaaaa>>", "x aaaaaaaa"), "x <aaaaaaaa>");
}

TEST(Carry, EqualLinesGoTogetherInOrder) {
  EXPECT_EQ(carried("x <<number:1>>\nx 1", "x 1\nx 1\nx 1"), "x <1>\nx 1\nx 1");
}

TEST(Carry, NothingIsMarkedThatWasNot) {
  EXPECT_EQ(carried("plain", "other"), "other");
  EXPECT_EQ(carried("", ""), "");
}

}  // namespace
}  // namespace cvr::exporters
