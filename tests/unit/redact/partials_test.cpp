#include "redact/partials.h"

#include <algorithm>

#include "base/base64.h"
#include "kit.h"
#include "redact/entropy.h"

namespace cvr::redact {
namespace {

std::string hex_upper(char c) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  return {kDigits[byte >> 4], kDigits[byte & 15]};
}

using Texts = std::vector<std::string_view>;

TEST(Partials, PiecesOfAValueBesideWhatWasReplacedOfIt) {
  Partials partials(1);
  partials.note("0123456789");
  EXPECT_EQ(partials.leftovers("a-user-of-it:0123456789"), Texts{"a-user-of-it"});
  EXPECT_EQ(partials.leftovers("a-user-of-it:0123456789/the-same-again"), (Texts{"a-user-of-it", "the-same-again"}));
  // It began before the value, or went on behind it.
  EXPECT_EQ(partials.leftovers("23456789:the-password"), Texts{"the-password"});
  EXPECT_EQ(partials.leftovers("a-user-of-it:01234567"), Texts{"a-user-of-it"});
  // Nothing of the value, too little of it, or all of it.
  EXPECT_EQ(partials.leftovers("a-user-of-it:the-password"), Texts{});
  EXPECT_EQ(partials.leftovers("short-user:0123456789"), Texts{});
  EXPECT_EQ(partials.leftovers("0123456789"), Texts{});
}

TEST(Partials, AnEscapeThatWasTakenWithIt) {
  Partials partials(1);
  partials.note("3A0123456789abc=2Bdefghijkl");  // "=3A..." of a colon and more
  EXPECT_EQ(partials.leftovers("a-user-of-it:0123456789abc+defghijkl"), Texts{"a-user-of-it"});
}

TEST(Partials, TheBeginningOfAValueInBase64) {
  Partials partials(1);
  const std::string begin = "the beginning: 0123456789";
  partials.note(base64_encode(begin + "a"));
  partials.note(base64_encode("Twice " + base64_encode("abcdefghijkl")));
  EXPECT_EQ(partials.leftovers("0123456789ab-and-the-rest-of-it"), Texts{"b-and-the-rest-of-it"});
  EXPECT_EQ(partials.leftovers("abcdefghijklmn-and-the-rest"), Texts{"mn-and-the-rest"});
}

TEST(Partials, TheBeginningOfAValueWithEscapes) {
  Partials partials(1);
  partials.note("30123=34567=38");  // "=30..."
  EXPECT_EQ(partials.leftovers("012345678-and-the-rest-of-it"), Texts{"and-the-rest-of-it"});
  partials.note("abc%64efghi");
  EXPECT_EQ(partials.leftovers("abcdefghi-and-the-rest-of-it"), Texts{"and-the-rest-of-it"});
}

// Words that others share are no pieces: of a drawn token each is, of hex or base64 of a text none.
TEST(Partials, PiecesAreOfDrawnTokensAlone) {
  const Pseudonyms pseudonyms({}, {});
  const auto pieces = [&](const std::string& value) {
    Partials partials(1);
    partials.note(std::string_view(value).substr(value.size() - 20));
    partials.learn(value, Kind::kToken, pseudonyms);
    return partials.rests().size();
  };
  const std::string text = R"({"alg":"HS256","typ":"JWT"} and words that many have)";
  EXPECT_GT(pieces("4f" + test::random_hex(62)), 5u);
  EXPECT_LE(pieces(hex_encode(text) + test::random_hex(20)), 1u);
  EXPECT_LE(pieces(base64_encode(text) + test::random_base64url(20)), 1u);
}

TEST(Partials, ShortAndLongStretchesAreNotNotedAndTheOldestGo) {
  Partials partials(1);
  partials.note("1234567");
  partials.note(std::string(40'000, 'y'));
  EXPECT_TRUE(partials.leftovers("a-user-of-it:1234567").empty());
  partials.note("oldest-of-all");
  for (int i = 0; i < 4096; ++i) partials.note("stretch-" + std::to_string(100'000 + i) + "-end");
  EXPECT_TRUE(partials.leftovers("a-user-of-it:oldest-of-all").empty());
  EXPECT_EQ(partials.leftovers("a-user-of-it:stretch-104000-end").size(), 1u);
  partials.note("stretch-first-end");
  for (int i = 0; i < 64; ++i) partials.note(std::to_string(100 + i) + std::string(16u << 10, '*'));
  EXPECT_TRUE(partials.leftovers("a-user-of-it:stretch-first-end").empty());
}

// A credential that stood in a text before it was known, and of which the net took the drawn half.
TEST(Partials, TheRestOfAValueThatBecomesKnownLateGoesToo) {
  const std::string name = "harbour-lantern-" + test::random_text(4, "abcdefgh");
  std::string drawn;
  while (!looks_random(drawn)) drawn = test::random_base64url(30);
  const std::string value = name + ":" + drawn;
  const auto first = make_redactor();
  const RedactedInteraction once = first->redact(exchange(get_request("/"), "text/plain", "seen " + value + " today"));
  const std::string& before = once->response->body.content.text;
  ASSERT_TRUE(before.find(name) != before.npos && before.find(value) == before.npos) << before;
  http::Request request = get_request("/");
  request.fields = {{"X-Avinode-ApiToken", value}};
  (void)first->redact_request(request);
  const RedactedInteraction twice = first->redact_again(*once);
  const std::string& text = twice->response->body.content.text;
  EXPECT_EQ(text.find(name), std::string::npos) << text;
  EXPECT_TRUE(text.starts_with("seen ") && text.ends_with(" today")) << text;
  EXPECT_TRUE(first->late_leaks(*twice).empty());
}

std::string quoted_words(std::string_view text) {
  std::string out = "=?utf-8?Q?";
  for (const char c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.';
    out += plain ? std::string(1, c) : '=' + hex_upper(c);
  }
  return out + "?=";
}

// Whatever the nets took of a value before it was known: nothing that is known is left, and the seal agrees.
TEST(Partials, LateValuesOfManyShapesInManySpellings) {
  constexpr std::string_view kAlnum = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  const auto drawn = [&](std::size_t size) { return test::random_text(size, kAlnum); };
  for (int round = 0; round < 60; ++round) {
    const std::string values[] = {
        "gh"
        "p_" +
            drawn(36),
        "svc." + drawn(12) + ":" + drawn(18),
        "postgres:"
        "//user-" +
            drawn(6) + ":" + drawn(22) + "@db.example/main",
        test::random_base64url(33),
        drawn(12) + "+" + drawn(21) + "/" + drawn(9) + "==",
        "https:"
        "//files.example/a/b?sig=" +
            drawn(32) + "%3D&se=2026",
    };
    for (const std::string& value : values) {
      std::string percent;
      std::string entities;
      for (const char c : value) percent += '%' + hex_upper(c);
      for (const char c : value) entities += c == '_' ? "&lowbar;" : c == '+' ? "&plus;" : std::string(1, c);
      for (const std::string& text : {value, percent, quoted_words(value), entities, base64_encode("x:" + value)}) {
        const auto redactor = make_redactor();
        http::Request before = get_request("/");
        before.query = "x9=" + text;
        before.has_query = true;
        const RedactedInteraction once =
            redactor->redact(exchange(before, "text/plain", "first\nx9: " + text + "\nlast line"));
        http::Request request = get_request("/");
        request.fields = {{"X-Avinode-ApiToken", value}};
        (void)redactor->redact_request(request);
        const RedactedInteraction twice = redactor->redact_again(*once);
        const auto leaks = redactor->late_leaks(*twice);
        EXPECT_TRUE(std::ranges::none_of(leaks, &Leak::known))
            << leaks.front().place << ": " << leaks.front().what << '\n'
            << twice->request.query.text << '\n'
            << twice->response->body.content.text << "\nraw " << text << "\nonce " << once->request.query.text << '\n'
            << once->response->body.content.text;
        if (::testing::Test::HasFailure()) return;
      }
    }
  }
}

// The rests of a value are words like others where nothing of it was replaced.
TEST(Partials, TheHostOfAConnectionStringStaysElsewhere) {
  constexpr std::string_view kHost = "db-server.example:5432/production_main";
  std::string password;
  while (!looks_random(password)) password = test::random_base64url(30);
  const std::string value =
      "postgres:"
      "//billing_service:" +
      password + "@" + std::string(kHost);
  const auto redactor = make_redactor();
  const RedactedInteraction with = redactor->redact(exchange(get_request("/"), "text/plain", "uses " + value));
  const RedactedInteraction without =
      redactor->redact(exchange(get_request("/"), "text/plain", "see " + std::string(kHost) + " for more"));
  http::Request request = get_request("/");
  request.fields = {{"X-Avinode-ApiToken", value}};
  (void)redactor->redact_request(request);
  EXPECT_TRUE(std::ranges::none_of(redactor->late_leaks(*redactor->redact_again(*with)), &Leak::known));
  EXPECT_TRUE(redactor->redact_again(*without) == without);
}

// A claim that a pseudonym of a JWT keeps readable.
TEST(Partials, AKeptClaimThatBecomesKnownGoes) {
  const std::string issuer = "client-" + test::random_text(14, "abcdefghijklmnop");
  const auto part = [](std::string_view text) { return base64url_encode(text); };
  const std::string token = part(R"({"alg":"RS256","kid":")" + issuer + R"("})") + "." +
                            part(R"({"iss":")" + issuer + R"(","exp":1790000000})") + "." + test::random_base64url(64);
  const auto redactor = make_redactor();
  const RedactedInteraction once =
      redactor->redact(exchange(get_request("/"), "application/json", R"({"assertion":")" + token + R"("})"));
  http::Request request = get_request("/");
  request.fields = {{"Authorization", "Basic " + base64_encode(issuer + ":" + test::random_base64url(20))}};
  (void)redactor->redact_request(request);
  const RedactedInteraction twice = redactor->redact_again(*once);
  EXPECT_TRUE(std::ranges::none_of(redactor->late_leaks(*twice), &Leak::known)) << twice->response->body.content.text;
  EXPECT_TRUE(redactor->redact_again(*twice) == twice);
}

}  // namespace
}  // namespace cvr::redact
