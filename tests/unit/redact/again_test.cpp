#include "redact/again.h"

#include <algorithm>

#include "base/base64.h"
#include "base/escape.h"
#include "base/json_scan.h"
#include "kit.h"

namespace cvr::redact {
namespace {

using profiles::Privacy;
using profiles::Profile;

std::unique_ptr<Redactor> redactor_with(const Profile& profile, std::vector<std::string> secrets = {}) {
  RedactorOptions options;
  options.profile = &profile;
  options.key = test_key();
  options.secrets = std::move(secrets);
  return std::make_unique<Redactor>(std::move(options));
}

std::size_t at_most(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n)(test::rng()); }

template <class T>
T one_of(const std::vector<T>& all) {
  return all[at_most(all.size() - 1)];
}

// A text with secrets in it, and things that look like some.
std::string some_value(const std::vector<std::string>& secrets) {
  static const std::vector<std::string> plain = {"",
                                                 "x",
                                                 "atrip-123",
                                                 "275.0",
                                                 "true",
                                                 "a b",
                                                 "https://h.example/p?token=abc",
                                                 "caf\xc3\xa9",
                                                 "N123AB",
                                                 "Bearer abc",
                                                 "50%20off",
                                                 "a=b&c=d",
                                                 "2026-01-02"};
  std::string out = at_most(1) == 0 ? one_of(secrets) : one_of(plain);
  if (at_most(3) == 0) out += one_of(plain);
  return out;
}

std::string some_json(const std::vector<std::string>& secrets, int depth = 0) {
  static const std::vector<std::string> names = {"token", "password",  "id",    "name",
                                                 "data",  "client_id", "notes", "secret"};
  std::string out = "{";
  const std::size_t count = at_most(4);
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) out += ", ";
    const std::size_t shape = depth == 0 ? at_most(5) : 2 + at_most(depth < 2 ? 3 : 1);
    out += json::to_string_literal(shape == 1 ? "nested" : one_of(names)) + ": ";
    switch (shape) {
      case 0:
        out += std::to_string(at_most(1'000'000'000)) + one_of<std::string>({"", ".50"});
        break;
      case 1:
        out += json::to_string_literal(some_json(secrets, 2));  // in no secret: a JSON text is no value to learn
        break;
      case 4:
        out += "[" + some_json(secrets, depth + 1) + ", 17]";
        break;
      case 5:
        out += some_json(secrets, depth + 1);
        break;
      default:
        out += json::to_string_literal(some_value(secrets));
    }
  }
  return out + "}";
}

Interaction some_interaction(const std::vector<std::string>& secrets) {
  http::Request request =
      get_request("/api/" + percent_encode(some_value(secrets)) + "/x;token=" + percent_encode(one_of(secrets)));
  request.query =
      "token=" + percent_encode(some_value(secrets)) + "&page=2&note=" + percent_encode(some_value(secrets));
  request.has_query = true;
  request.fields = {{"Host", "sandbox.avinode.com"},
                    {"Authorization", "Bearer " + one_of(secrets)},
                    {"Cookie", "a=" + percent_encode(one_of(secrets)) + "; lang=en"},
                    {"X-Odd", some_value(secrets)},
                    {"Referer", "https://h.example/" + percent_encode(some_value(secrets)) + "#frag"},
                    {"Content-Type", at_most(1) == 0 ? "application/json" : "text/plain"}};
  request.body = at_most(1) == 0 ? some_json(secrets) : "say " + some_value(secrets) + " token=" + one_of(secrets);
  Interaction raw =
      exchange(std::move(request), one_of<std::string>({"application/json", "text/plain", "application/octet-stream"}),
               some_json(secrets));
  raw.response->reason = "OK " + some_value(secrets);
  raw.response->fields.push_back({"Set-Cookie", "s=" + one_of(secrets) + "; Path=/"});
  raw.response->fields.push_back({"ETag", "\"abc\""});
  raw.response->fields.push_back({"Digest", "sha-256=" + base64_encode(one_of(secrets))});
  if (at_most(4) == 0) {  // nothing of a body had come
    raw.failure = Failure{FailureKind::kReset, "gone " + one_of(secrets)};
    raw.request.body.clear();
    raw.response->body.clear();
  }
  return raw;
}

// Texts and spans of both, where they differ.
std::string difference(const RedactedParts& a, const RedactedParts& b) {
  std::string out;
  const auto told = [](const RedactedText& text) {
    std::string line = text.text;
    for (const Span& s : text.spans)
      line += " [" + std::to_string(s.begin) + "+" + std::to_string(s.size) + " " + s.rule + "]";
    return line;
  };
  const auto compare = [&](const char* where, const RedactedText& x, const RedactedText& y) {
    if (!(x == y)) out += std::string(where) + "\n  " + told(x) + "\n  " + told(y) + "\n";
  };
  const auto fields = [&](const auto& x, const auto& y) {
    for (std::size_t i = 0; i < x.size(); ++i) {
      compare(x[i].name.text.c_str(), x[i].name, y[i].name);
      compare(x[i].name.text.c_str(), x[i].value, y[i].value);
    }
  };
  compare("path", a.request.path, b.request.path);
  compare("query", a.request.query, b.request.query);
  fields(a.request.fields, b.request.fields);
  compare("request body", a.request.body.content, b.request.body.content);
  out += a.request.body.omitted.value_or("") + b.request.body.omitted.value_or("") +
         a.response->body.omitted.value_or("") + b.response->body.omitted.value_or("") +
         (a.failure ? a.failure->detail + "|" + b.failure->detail : "");
  for (const std::string& note : b.notes) out += "\n" + note;
  compare("reason", a.response->reason, b.response->reason);
  fields(a.response->fields, b.response->fields);
  compare("response body", a.response->body.content, b.response->body.content);
  return out;
}

TEST(Again, TheSameRulesChangeNothing) {
  Profile profile = profiles::avinode();
  profile.patterns = {{"N\\d{3}[A-Z]*", Kind::kTail}, {"caf\\pL+", Kind::kText}, {"\\d\\d-", Kind::kNumber}};
  profile.secret_json.push_back({"/notes"});
  for (int i = 0; i < 400; ++i) {
    std::vector<std::string> secrets = {
        test::random_base64url(24), test::random_uuid(),
        test::random_jwt(),         test::random_password(),
        test::random_hex(32),       base64_encode(test::random_password() + ":" + test::random_hex(9))};
    const Interaction raw = some_interaction(secrets);
    const auto redactor = redactor_with(i % 2 == 0 ? profile : profiles::avinode(), {secrets[0]});
    const RedactedInteraction once = redactor->redact(raw);
    const RedactedInteraction twice = redactor->redact_again(*once);
    ASSERT_TRUE(twice == once) << "round " << i << "\n" << difference(*once, *twice) << raw.response->body;
    // And by somebody who has seen nothing but the cassette.
    const auto fresh = redactor_with(i % 2 == 0 ? profile : profiles::avinode(), {secrets[0]});
    ASSERT_TRUE(fresh->redact_again(*once) == once) << "round " << i << "\n"
                                                    << difference(*once, *fresh->redact_again(*once));
  }
}

TEST(Again, NewRulesReachEveryPlaceAndOldSpansStay) {
  const std::string secret = test::random_base64url(24);
  const std::string late = "harbour-lantern-" + test::random_text(4, "abcdefgh");  // nothing that looks random
  http::Request request = get_request("/api/" + late);
  request.query = "q=" + late + "&token=" + secret;
  request.has_query = true;
  request.fields = {{"Authorization", "Bearer " + secret}, {"User-Agent", "agent/" + late}};
  Interaction raw =
      exchange(std::move(request), "application/json",
               R"({"note":")" + late + R"(","token":")" + secret + R"(","plain":"flight N123AB","price":275.0})");
  const RedactedInteraction once = redactor_with(profiles::avinode())->redact(raw);
  ASSERT_NE(once->response->body.content.text.find(late), std::string::npos);

  Profile newer = profiles::avinode();
  newer.patterns = {{"N\\d{3}[A-Z]*", Kind::kTail}};
  newer.secret_json.push_back({"/price", Kind::kPrice});
  const auto redactor = redactor_with(newer, {late});
  const RedactedInteraction twice = redactor->redact_again(*once);
  for (const std::string& text : {twice->request.path.text, twice->request.query.text,
                                  twice->request.fields[1].value.text, twice->response->body.content.text}) {
    EXPECT_EQ(text.find(late), std::string::npos) << text;
  }
  const std::string& body = twice->response->body.content.text;
  EXPECT_EQ(body.find("N123AB"), std::string::npos);
  EXPECT_EQ(body.find("275.0"), std::string::npos);
  EXPECT_TRUE(twice->request.fields[0] == once->request.fields[0]);
  for (const Span& old : once->response->body.content.spans) {
    const std::string text = once->response->body.content.text.substr(old.begin, old.size);
    EXPECT_TRUE(std::ranges::any_of(twice->response->body.content.spans, [&](const Span& s) {
      return s.kind == old.kind && s.rule == old.rule && body.substr(s.begin, s.size) == text;
    })) << old.rule;
  }
  EXPECT_TRUE(redactor->redact_again(*twice) == twice);
  EXPECT_TRUE(redactor->leaks(*twice).empty());
  // What a live request becomes under the newer rules is what the old record has become.
  const RedactedRequest live = redactor->redact_request(raw.request);
  EXPECT_EQ(live.path.text, twice->request.path.text);
  EXPECT_EQ(live.query.text, twice->request.query.text);
}

TEST(Again, APseudonymIsNeverRedactedTwice) {
  Profile profile = profiles::avinode();
  const std::string secret = test::random_base64url(24);
  http::Request request = get_request();
  request.fields = {{"Authorization", "Bearer " + secret}};
  const Interaction raw = exchange(std::move(request), "text/plain", "token=" + secret + " and more words");
  const RedactedInteraction once = redactor_with(profile)->redact(raw);
  profile.patterns = {{".*", Kind::kText}};
  profile.patterns[0].expression = ".+";
  const RedactedInteraction twice = redactor_with(profile)->redact_again(*once);
  const RedactedText& before = once->response->body.content;
  const RedactedText& after = twice->response->body.content;
  ASSERT_EQ(before.spans.size(), 1u);
  const std::string pseudonym(span_text(before, 0));
  EXPECT_NE(after.text.find(pseudonym), std::string::npos);
  EXPECT_EQ(after.text.find("more words"), std::string::npos);
  EXPECT_TRUE(redactor_with(profile)->redact_again(*twice) == twice);
}

TEST(Again, APseudonymThatReadsLikeANameAndAValueTeachesNothing) {
  Kit kit;  // of the same key as the redactor
  std::string secret;
  do {
    secret = "svc." + test::random_text(9, "bcdfghjk") + "xXx:" + test::random_base64url(18);
  } while (kit.pseudonyms.of(secret).find("Pw:") == std::string::npos);
  const auto redactor = redactor_with(profiles::avinode());
  Interaction raw = exchange(get_request(), "text/plain", "first\nx9: " + secret + "\nlast");
  raw.request.fields = {{"X-Avinode-ApiToken", secret}};
  const RedactedInteraction once = redactor->redact(raw);
  ASSERT_NE(once->response->body.content.text.find(kit.pseudonyms.of(secret)), std::string::npos);
  const RedactedInteraction twice = redactor->redact_again(*once);
  EXPECT_TRUE(twice == once);
  EXPECT_TRUE(redactor->leaks(*twice).empty());
}

TEST(Again, WhatCanNotBeReadIsOmittedAndOmittedStaysOmitted) {
  const auto redactor = redactor_with(profiles::avinode());
  Interaction raw = exchange(get_request(), "application/json", R"({"a":"b"})");
  RedactedParts parts = *redactor->redact(raw);
  parts.response->body.content.text = "{broken";
  const RedactedInteraction again = redactor->redact_again(parts);
  EXPECT_EQ(again->response->body.omitted, "omitted: not readable as JSON");
  EXPECT_TRUE(again->response->body.content.text.empty());
  EXPECT_EQ(again->response->body.digest.size(), 64u);
  EXPECT_TRUE(redactor->redact_again(*again) == again);
}

TEST(Again, TheDecodedBodyIsReadWhateverItsCodingWas) {
  const auto redactor = redactor_with(profiles::avinode());
  Interaction raw = exchange(get_request(), "application/json", R"({"a":"b"})");
  RedactedParts parts = *redactor->redact(raw);
  parts.response->fields.push_back({{"Content-Encoding", {}}, {"gzip", {}}});
  parts.response->body.codings = {"gzip"};
  parts.response->body.wire_size = 29;
  EXPECT_TRUE(*redactor->redact_again(parts) == parts);
}

}  // namespace
}  // namespace cvr::redact
