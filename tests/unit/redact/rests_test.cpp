// Finder::find_rests: what is left of values of which a net took a part, close to what it took.
#include "kit.h"
#include "redact/finder.h"
#include "redact/partials.h"

namespace cvr::redact {
namespace {

struct Rests : ::testing::Test {
  Rests() : ledger(1, {}), partials(1), patterns(nullptr, profiles::Privacy::kPii), pseudonyms({}, {}) {
    partials.note(std::string_view(value).substr(30, 20));
    partials.learn(value, Kind::kToken, pseudonyms);
  }
  // What is left of `text` when [span, span + size) stands for something.
  std::string left(const std::string& text, std::size_t span, std::size_t size) {
    Edits edits;
    const Finder finder = Finder(ledger, nullptr, patterns, pseudonyms).with_rests(partials.rests());
    const std::vector<Span> spans{
        {static_cast<std::uint32_t>(span), static_cast<std::uint32_t>(size), Kind::kToken, "entropy"}};
    EXPECT_TRUE(finder.find_rests(text, spans, edits));
    count = edits.size();
    for (Edit& edit : edits) edit.text = "_";
    return apply_plain(text, std::move(edits), pseudonyms);
  }
  // `size` bytes of the value from `from` on, which is the beginning of a piece.
  std::string part(std::size_t from, std::size_t size) const { return value.substr(from, size); }
  const std::string value =
      "4" + test::random_text(79, "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  Ledger ledger;
  Partials partials;
  Patterns patterns;
  Pseudonyms pseudonyms;
  std::size_t count = 0;
};

TEST_F(Rests, BesideASpanThePiecesGoInOneStretchASide) {
  const std::string before = "see " + part(0, 28);
  EXPECT_EQ(left(before + "XXXXXXXXXX" + part(50, 28) + "!", before.size(), 10), "see _XXXXXXXXXX_!");
  EXPECT_EQ(count, 2u);
}

TEST_F(Rests, TwelveBytesAreFoundWhereverTheyBegin) {
  for (std::size_t at = 0; at + 12 <= value.size(); ++at) {
    const std::string text = "XXXXXXXX" + part(at, 12);
    EXPECT_EQ(left(text, 0, 8).find(part(at, 12)), std::string::npos) << at;
  }
}

TEST_F(Rests, ALongRestGoesToItsEndAlthoughThatIsFarFromTheSpan) {
  EXPECT_EQ(left("XXXXXXXX " + value, 0, 8), "XXXXXXXX _");
  EXPECT_EQ(left(value + " XXXXXXXX", value.size() + 1, 8), "_ XXXXXXXX");
}

TEST_F(Rests, FarFromASpanTheyAreWordsLikeOthers) {
  const std::string text = "XXXXXXXX and so on and so forth: " + value;
  EXPECT_EQ(left(text, 0, 8), text);
  const std::string turned = value + " and so on and so forth: XXXXXXXX";
  EXPECT_EQ(left(turned, turned.size() - 8, 8), turned);
}

TEST_F(Rests, WhatAPseudonymKeepsStays) {
  const std::string text = "XX " + part(0, 14) + " XX";
  EXPECT_EQ(left(text, 3, 14), text);
}

TEST_F(Rests, InEscapesToo) {
  std::string text = "XXXXXXXX";
  for (std::size_t i = 0; i < 40; ++i) text += i % 10 == 9 ? "=\r\n" + part(i, 1) : part(i, 1);
  const std::string after = left(text + "!", 0, 8);
  EXPECT_TRUE(after.starts_with("XXXXXXXX_")) << after;
  EXPECT_LE(after.size(), std::string("XXXXXXXX_=\r\n1234!").size()) << after;  // less than a piece is left
}

TEST_F(Rests, OfWhatWasNotTakenInPartNothingIsLookedFor) {
  Partials others(1);
  others.note("0123456789abcdefghij");
  others.learn(value, Kind::kToken, pseudonyms);
  EXPECT_EQ(others.rests().size(), 0u);
}

}  // namespace
}  // namespace cvr::redact
