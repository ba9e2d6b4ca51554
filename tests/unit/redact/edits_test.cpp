#include "redact/edits.h"

#include <algorithm>

#include "kit.h"

namespace cvr::redact {
namespace {

using Action = Edit::Action;

TEST(Edits, NoneCopies) {
  Kit kit;
  const RedactedText out = kit.apply_to("text", {});
  EXPECT_EQ(out.text, "text");
  EXPECT_TRUE(out.spans.empty());
}

TEST(Edits, SpansStandWhereThePseudonymsDo) {
  Kit kit;
  const RedactedText out = kit.apply_to("a=secret&b=other&c",
                                        {{11, 16, Kind::kUser, "two", "<B>"}, {2, 8, Kind::kToken, "one", "<LONGER>"}});
  EXPECT_EQ(out.text, "a=<LONGER>&b=<B>&c");
  ASSERT_EQ(out.spans.size(), 2u);
  EXPECT_EQ(span_text(out, 0), "<LONGER>");
  EXPECT_EQ(out.spans[0].rule, "one");
  EXPECT_EQ(span_text(out, 1), "<B>");
  EXPECT_EQ(out.spans[1].kind, Kind::kUser);
}

TEST(Edits, RemovalsLeaveNoSpan) {
  Kit kit;
  const RedactedText out = kit.apply_to("https://u:p@h/#f", {{8, 12, Kind::kOther, "r", {}, Action::kRemove},
                                                             {14, 16, Kind::kOther, "r", {}, Action::kRemove}});
  EXPECT_EQ(out.text, "https://h/");
  EXPECT_TRUE(out.spans.empty());
}

TEST(Edits, OverlapsLeaveNothingUncovered) {
  Kit kit;
  // [2,8) and [5,12): the second's rest is replaced by a pseudonym of its own.
  const RedactedText out =
      kit.apply_to("..secretsecret..", {{5, 12, Kind::kToken, "b", "<B>"}, {2, 8, Kind::kToken, "a", "<A>"}});
  EXPECT_EQ(out.text, "..<A>" + kit.pseudonyms.of("secr") + "et..");
  EXPECT_EQ(out.spans.size(), 2u);
}

// Without it the two would read as one token, and be redacted again where Spans are lost.
TEST(Edits, TheSignAfterUserInformationKeepsOverlapsApart) {
  Kit kit;
  const RedactedText out =
      kit.apply_to("..secret@host.", {{5, 13, Kind::kToken, "b", "<B>"}, {2, 8, Kind::kToken, "a", "<A>"}});
  EXPECT_EQ(out.text, "..<A>@" + kit.pseudonyms.of("host") + ".");
  EXPECT_EQ(out.spans.size(), 2u);
  EXPECT_EQ(kit.apply_to("secret@", {{0, 6, Kind::kToken, "a", "<A>"}, {2, 7, Kind::kToken, "b", "<B>"}}).text, "<A>@");
}

TEST(Edits, RepeatedOnesAreDropped) {
  const Edit one{2, 8, Kind::kToken, "first", "<A>"};
  Edits edits = {{9, 12, Kind::kToken, "kept where it is", "<X>"},
                 one,
                 {2, 8, Kind::kToken, "second", "<A>"},
                 {2, 6, Kind::kToken, "shorter", "<B>"},
                 {2, 8, Kind::kToken, "keep", {}, Action::kKeep}};
  drop_repeated(edits, 1);
  ASSERT_EQ(edits.size(), 4u);
  EXPECT_EQ(edits[0].rule, "kept where it is");
  EXPECT_TRUE(std::ranges::none_of(edits, [](const Edit& edit) { return edit.rule == "second"; }));
  EXPECT_TRUE(std::ranges::any_of(edits, [](const Edit& edit) { return edit.rule == "first"; }));
}

TEST(Edits, TheLongerOneContains) {
  Kit kit;
  const RedactedText out = kit.apply_to(
      "0123456789",
      {{3, 5, Kind::kToken, "in", "<IN>"}, {2, 8, Kind::kToken, "out", "<OUT>"}, {2, 4, Kind::kToken, "x", "<X>"}});
  EXPECT_EQ(out.text, "01<OUT>89");
}

TEST(Edits, KeepsGiveWay) {
  Kit kit;
  const RedactedText kept = kit.apply_to("0123456789", {{2, 8, Kind::kToken, "keep", {}, Action::kKeep}});
  EXPECT_EQ(kept.text, "0123456789");
  ASSERT_EQ(kept.spans.size(), 1u);
  EXPECT_EQ(kept.spans[0].begin, 2u);
  const RedactedText replaced = kit.apply_to("0123456789", {{2, 8, Kind::kToken, "keep", {}, Action::kKeep},
                                                            {4, 5, Kind::kToken, "r", "<R>"},
                                                            {8, 10, Kind::kToken, "keep", {}, Action::kKeep}});
  EXPECT_EQ(replaced.text, "0123<R>56789");
  ASSERT_EQ(replaced.spans.size(), 2u);
  EXPECT_EQ(span_text(replaced, 1), "89");
}

TEST(Edits, EmptyOnesAreDropped) {
  Kit kit;
  EXPECT_EQ(kit.apply_to("abc", {{1, 1, Kind::kToken, "e", "<E>"}, {3, 3, Kind::kToken, "e", "<E>"}}).text, "abc");
}

TEST(Edits, NetsDoNotHoldInWhatIsKept) {
  Kit kit;
  const auto edit = [](std::size_t begin, std::size_t end, std::string_view rule) {
    return Edit{begin, end, Kind::kOther, rule, "xx"};
  };
  const Edit kept{2, 6, Kind::kOther, kKeptRule, {}, Edit::Action::kKeep};
  const std::string text = "0123456789";
  for (const char* rule : {"pattern.email", "pattern.phone", "pattern.iban", "pattern.id", "entropy"}) {
    EXPECT_EQ(kit.apply_to(text, {edit(3, 5, rule), kept}).text, text) << rule;
    EXPECT_TRUE(kit.apply_to(text, {kept, edit(2, 6, rule)}).spans.empty()) << rule;
    EXPECT_NE(kit.apply_to(text, {kept, edit(5, 7, rule)}).text, text) << rule;  // not all of it
  }
  for (const char* rule : {"ledger", "pattern.jwt", "pattern.pem", "pattern"}) {
    EXPECT_NE(kit.apply_to(text, {kept, edit(3, 5, rule)}).text, text) << rule;
  }
  EXPECT_TRUE(kit.apply_to(text, {kept}).spans.empty());
}

}  // namespace
}  // namespace cvr::redact
