#include "match/pieces.h"

#include "kit.h"

namespace cvr::match {
namespace {

std::string pieces(const RedactedText& text, std::size_t begin, std::size_t end) {
  std::string out;
  for_each_piece(
      text, begin, end, [&](std::string_view plain) { out += std::string(plain) + '.'; },
      [&](std::string_view value, Kind kind) {
        out += '<' + std::string(value) + ' ' + std::string(to_string(kind)) + '>';
      });
  return out;
}

TEST(Pieces, ComeInOrder) {
  const RedactedText text = marked("ab<<token:XY>>c<<id:Z>>");
  EXPECT_EQ(pieces(text, 0, text.text.size()), "ab.<XY token>c.<Z id>");
  EXPECT_EQ(pieces(text, 0, 0), "");
}

TEST(Pieces, AreCutAtTheEdges) {
  const RedactedText text = marked("ab<<token:XYZ>>c");
  EXPECT_EQ(pieces(text, 1, 3), "b.<X token>");
  EXPECT_EQ(pieces(text, 4, 6), "<Z token>c.");
  EXPECT_EQ(pieces(text, 5, 6), "c.");
}

TEST(Pieces, TellWhetherAPseudonymIsInside) {
  const RedactedText text = marked("ab<<token:XY>>c");
  EXPECT_TRUE(has_pseudonym(text, 0, 5));
  EXPECT_TRUE(has_pseudonym(text, 3, 4));
  EXPECT_FALSE(has_pseudonym(text, 0, 2));
  EXPECT_FALSE(has_pseudonym(text, 4, 5));
  EXPECT_FALSE(has_pseudonym({"abc", {}}, 0, 3));
}

TEST(Classes, OfCredentialsAreOne) {
  EXPECT_EQ(class_of(Kind::kJwt), class_of(Kind::kPassword));
  EXPECT_NE(class_of(Kind::kJwt), class_of(Kind::kEmail));
  EXPECT_NE(class_of(Kind::kEmail), class_of(Kind::kPhone));
}

}  // namespace
}  // namespace cvr::match
