#include "match/normal_text.h"

#include "kit.h"

namespace cvr::match {
namespace {

std::string normal(std::string_view text, const Normaliser& normaliser) {
  NormalText buffers;
  const RedactedText whole{std::string(text), {}};
  return std::string(buffers.of(whole, 0, text.size(), normaliser).exact);
}

TEST(PathText, DecodesWhatIsUnreservedOnly) {
  EXPECT_EQ(normal("/a%2db/%7E%41", kPathText), "/a-b/~A");
  EXPECT_EQ(normal("/f%5bx%5D", kPathText), "/f[x]");
  EXPECT_EQ(normal("/a%2fb%c3%a4", kPathText), "/a%2Fb%C3%A4");
  EXPECT_EQ(normal("/a+b%20c", kPathText), "/a+b%20c");
}

TEST(PathText, LeavesBrokenSequencesAlone) {
  EXPECT_EQ(normal("/%", kPathText), "/%");
  EXPECT_EQ(normal("/%4", kPathText), "/%4");
  EXPECT_EQ(normal("/%zz%41", kPathText), "/%zzA");
  EXPECT_EQ(normal("/%%41", kPathText), "/%A");
}

TEST(PairText, UndoesPercentCoding) {
  EXPECT_EQ(normal("a+b%20c%2Bd%26", kPairText), "a b c+d&");
  EXPECT_EQ(normal("plain", kPairText), "plain");
}

TEST(JsonText, ResolvesEscapes) {
  EXPECT_EQ(normal(R"(\u0041\/\n\ud83d\ude00)", kJsonText), "A/\n\xf0\x9f\x98\x80");
  EXPECT_EQ(normal(R"(\\ud800)", kJsonText), R"(\ud800)");
}

TEST(JsonText, KeepsTheSpellingOfLoneSurrogates) {
  for (const std::string_view raw : {R"(\ud800)", R"(a\udfffA)", R"(\ud800\ud800)", R"(\ud83d\u0041)", R"(\uD83D\n)"}) {
    EXPECT_EQ(normal(raw, kJsonText), raw);
  }
}

TEST(NormalText, ReplacesPseudonymsByTheirClass) {
  NormalText buffers;
  const RedactedText text = marked("id-<<id:123%2D>>%2D<<jwt:abc>>");
  const Leaf leaf = buffers.of(text, 0, text.text.size(), kPathText);
  EXPECT_EQ(leaf.exact, "id-123--abc");
  EXPECT_EQ(readable(leaf.by_kind), "id-<id>-<secret>");
}

TEST(NormalText, NeedsNoCopyOfWhatIsNormal) {
  NormalText buffers;
  const RedactedText text = marked("plain<<id:x>>");
  const Leaf leaf = buffers.of(text, 0, 5, kPairText, LeafType::kString);
  EXPECT_EQ(leaf.exact.data(), text.text.data());
  EXPECT_EQ(leaf.by_kind.data(), text.text.data());
  EXPECT_EQ(leaf.type, LeafType::kString);
}

TEST(NormalText, CanNotBeMadeToHoldAMark) {
  NormalText buffers;
  const RedactedText forged{"%01secret%02", {}};
  const std::string by_kind(buffers.of(forged, 0, forged.text.size(), kPairText).by_kind);
  const RedactedText real = marked("<<token:x>>");
  EXPECT_NE(by_kind, buffers.of(real, 0, 1, kPairText).by_kind);
  EXPECT_EQ(readable(by_kind), "\x01secret\x02");
  // Nor by two marks that a pseudonym is cut into.
  const RedactedText odd{"\x01\x03<", {}};
  EXPECT_EQ(readable(buffers.of(odd, 0, 3, kAsIs).by_kind), "\x01\x03<");
}

}  // namespace
}  // namespace cvr::match
