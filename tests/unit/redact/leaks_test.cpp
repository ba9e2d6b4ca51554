#include "redact/leaks.h"

#include "base/base64.h"
#include "base/escape.h"
#include "kit.h"
#include "redact/check.h"
#include "redact/wide.h"

namespace cvr::redact {
namespace {

std::vector<Leak> leaks(Kit& kit, std::string_view text, const std::vector<Span>& spans = {}) {
  std::vector<Leak> found;
  find_leaks(text, spans, "place", kit.finder, kit.ledger, found);
  return found;
}

TEST(Leaks, SaysWhereAndWhatNeverTheValue) {
  Kit kit;
  const std::string s = test::random_password();
  kit.know(s);
  for (const auto& [text, what] : {std::pair{"ab" + s, "a known secret"},
                                   {"ab" + base64_encode("x" + s), "a known secret (base64)"},
                                   {"ab" + hex_encode(s), "a known secret (hex)"},
                                   {"ab" + test::random_jwt(), "a JWT"}}) {
    const auto found = leaks(kit, text);
    ASSERT_EQ(found.size(), 1u) << what;
    EXPECT_EQ(found[0].what, what);
    EXPECT_TRUE(found[0].place.starts_with("place at byte ")) << found[0].place;
    EXPECT_EQ((found[0].place + found[0].what).find(s), std::string::npos);
  }
}

TEST(Leaks, PseudonymsAreNone) {
  Kit kit;
  const std::string s = test::random_password();
  kit.know(s);
  const std::string text = "Bearer " + kit.pseudonyms.of(test::random_base64url(40)) + " " +
                           kit.pseudonyms.of(test::random_jwt()) + " " + kit.pseudonyms.of(s) + " " +
                           base64_encode(kit.pseudonyms.of(s));
  EXPECT_TRUE(leaks(kit, text).empty());
}

TEST(Leaks, NumbersInSpansOnlyWhenSeen) {
  Kit kit;
  kit.know("83749261");
  EXPECT_EQ(leaks(kit, "{\"pin\":83749261}").size(), 1u);
  EXPECT_TRUE(leaks(kit, "{\"pin\":83749261}", {{7, 8, Kind::kNumber, "r"}}).empty());
  learn_given(kit.ledger, kit.pseudonyms, kit.warnings, "83749262");
  EXPECT_EQ(leaks(kit, "{\"pin\":83749262}", {{7, 8, Kind::kNumber, "r"}}).size(), 1u);
}

TEST(Leaks, ASpanDoesNotHideASecret) {
  Kit kit;
  const std::string s = test::random_hex(30);
  kit.know(s);
  EXPECT_EQ(leaks(kit, s, {{0, 30, Kind::kToken, "r"}}).size(), 1u);
}

// Only of a JWT a pseudonym keeps the beginning: whatever a check at the end says, a value that a Span begins with is
// one.
TEST(Leaks, ACheckAtTheEndOfASpanHidesNoSecretAtItsBeginning) {
  Kit kit;
  std::string text = test::random_base64url(30) + "-" + test::random_base64url(30);
  text[0] = 'x';
  kit.know(text.substr(0, 20));
  put_check(text, form_of(text));
  ASSERT_TRUE(is_pseudonym(text));
  const auto size = static_cast<std::uint32_t>(text.size());
  EXPECT_EQ(leaks(kit, text, {{0, size, Kind::kToken, "r"}}).size(), 1u);
}

TEST(Leaks, EveryPartIsLookedAt) {
  Kit kit;
  const std::string s = test::random_hex(30);
  kit.know(s);
  const auto found = [&](auto change) {
    RedactedParts parts;
    parts.response.emplace();
    change(parts);
    std::vector<Leak> all;
    find_leaks(parts, kit.finder, kit.ledger, all);
    EXPECT_EQ(all.size(), 1u);
    return all.empty() ? std::string() : all[0].place;
  };
  EXPECT_EQ(found([&](RedactedParts& p) { p.request.method = s; }), "method at byte 0");
  EXPECT_EQ(found([&](RedactedParts& p) { p.request.origin.host = s; }), "host at byte 0");
  EXPECT_EQ(found([&](RedactedParts& p) { p.request.path.text = "/" + s; }), "path at byte 1");
  EXPECT_EQ(found([&](RedactedParts& p) { p.request.query.text = s; }), "query at byte 0");
  EXPECT_EQ(found([&](RedactedParts& p) { p.request.fields = {{{s, {}}, {"x", {}}}}; }),
            "request header 1 (its name) at byte 0");
  EXPECT_EQ(found([&](RedactedParts& p) { p.request.fields = {{{"X-Foo", {}}, {s, {}}}}; }),
            "request header X-Foo at byte 0");
  EXPECT_EQ(found([&](RedactedParts& p) { p.request.body.content.text = s; }), "request body at byte 0");
  EXPECT_EQ(found([&](RedactedParts& p) { p.response->reason.text = s; }), "response reason at byte 0");
  EXPECT_EQ(found([&](RedactedParts& p) { p.response->trailers = {{{"X-T", {}}, {s, {}}}}; }),
            "response trailer X-T at byte 0");
  EXPECT_EQ(found([&](RedactedParts& p) { p.response->body.content.text = percent_encode("\xff") + s; }),
            "response body at byte 3");
  EXPECT_EQ(found([&](RedactedParts& p) { p.step = s; }), "step at byte 0");
  EXPECT_EQ(found([&](RedactedParts& p) { p.notes = {s}; }), "note at byte 0");
  EXPECT_EQ(found([&](RedactedParts& p) { p.flags = {s}; }), "flag at byte 0");
  EXPECT_EQ(found([&](RedactedParts& p) { p.failure = Failure{FailureKind::kTls, s}; }), "failure at byte 0");
}

// As a reader sees it who believes the charset, and as the bytes are.
TEST(Leaks, BodiesInTheCharsetThatTheySay) {
  const std::string s = test::random_hex(30);
  std::string escaped;
  for (const char c : s) escaped += "\\u00" + hex_encode(std::string_view(&c, 1));
  const auto found = [&](std::string type, std::string text) {
    Kit kit;
    kit.know(s);
    RedactedParts parts;
    parts.request.fields = {{{"Content-Type", {}}, {std::move(type), {}}}};
    parts.request.body.content.text = std::move(text);
    std::vector<Leak> all;
    find_leaks(parts, kit.finder, kit.ledger, all);
    return all.size();
  };
  for (const char* charset : {"utf-16", "utf-16le", "utf-16be", "ucs-2"}) {
    const std::string type = std::string("text/plain; charset=") + charset;
    const ByteOrder order = charset == std::string_view("utf-16le") ? ByteOrder::kLittle : ByteOrder::kBig;
    EXPECT_EQ(found(type, "it is " + s), 1u) << charset;
    EXPECT_EQ(found(type, to_utf16("\xe4\xb8\xad " + escaped, order)), 1u) << charset;
    EXPECT_EQ(found(type, to_utf16("\xe4\xb8\xad nothing", order)), 0u) << charset;
    EXPECT_EQ(found(type, "nothing"), 0u) << charset;
  }
}

TEST(Leaks, TheListIsBounded) {
  Kit kit;
  kit.know("a-known-secret-1");
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "a-known-secret-1 ";
  EXPECT_EQ(leaks(kit, text).size(), 100u);
}

}  // namespace
}  // namespace cvr::redact
