#include "redact/own_words.h"

#include "http/codings.h"
#include "kit.h"

namespace cvr::redact {
namespace {

// All of it that is text.
std::string all_of(const RedactedParts& parts) {
  std::string out;
  each_own_word(parts, [&](std::string_view text, std::string_view) { out += std::string(text) + "\n"; });
  for (const RedactedBody* body : {&parts.request.body, parts.response ? &parts.response->body : nullptr}) {
    if (body == nullptr) continue;
    for (const std::string& coding : body->codings) out += coding + "\n";
  }
  return out;
}

TEST(OwnWords, ASecretAsContentCodingIsNotTold) {
  const std::string secret = "k" + test::random_hex(28);
  const auto redactor = make_redactor({secret});
  for (const std::string& value : {secret, "gzip, " + secret, secret + ",gzip", "x" + secret}) {
    Interaction raw = exchange(get_request(), "text/plain", "hello");
    raw.request.method = "POST";
    raw.request.fields = {{"Content-Encoding", value}};
    raw.request.body = "hello";
    raw.response->fields.push_back({"content-encoding", value});
    const RedactedInteraction out = redactor->redact(raw);
    EXPECT_EQ(all_of(*out).find(secret), std::string::npos) << value.size();
    EXPECT_TRUE(out->response->body.omitted);
    EXPECT_TRUE(redactor->leaks(*out).empty());
  }
}

TEST(OwnWords, ASecretThatNobodyKnewIsNotToldEither) {
  const std::string secret = "k" + test::random_hex(28);
  Interaction raw = exchange(get_request(), "text/plain", "hello");
  raw.response->fields.push_back({"Content-Encoding", "gzip, " + secret});
  raw.response_over_limit = BodyDigest{7, {}, "omitted: for " + secret};
  const auto redactor = make_redactor({secret});
  const auto unaware = make_redactor();
  for (const Redactor* by : {unaware.get(), redactor.get()}) {
    EXPECT_EQ(by->redact(raw)->response->body.codings, (std::vector<std::string>{"gzip", "unknown"}));
  }
  EXPECT_EQ(all_of(*redactor->redact(raw)).find(secret), std::string::npos);
}

TEST(OwnWords, CodingsThatAreKnownStay) {
  const auto redactor = make_redactor();
  Interaction raw = exchange(get_request(), "text/plain", http::encode_body("hello", {"gzip", "br"}).value());
  raw.response->fields.push_back({"Content-Encoding", "x-gzip, br"});
  EXPECT_EQ(redactor->redact(raw)->response->body.codings, (std::vector<std::string>{"gzip", "br"}));
  EXPECT_EQ(redactor->redact(raw)->response->body.content.text, "hello");
}

// A cassette of before, or one that somebody has made.
TEST(OwnWords, EachIsLookedAtAndMendedInWhatIsStored) {
  const std::string secret = test::random_hex(30);
  const auto redactor = make_redactor({secret});
  const auto check = [&](std::string_view place, auto change) {
    RedactedParts parts = *redactor->redact(exchange(get_request(), "text/plain", "hello"));
    change(parts);
    const auto leaks = redactor->leaks(parts);
    ASSERT_EQ(leaks.size(), 1U) << place;
    EXPECT_TRUE(leaks[0].known && leaks[0].place.starts_with(place)) << leaks[0].place;
    const RedactedInteraction again = redactor->redact_again(parts);
    EXPECT_TRUE(redactor->leaks(*again).empty()) << place;
    EXPECT_EQ(all_of(*again).find(secret), std::string::npos) << place;
    EXPECT_TRUE(redactor->redact_again(*again) == again) << place;
  };
  check("request body (its codings)", [&](RedactedParts& p) { p.request.body.codings = {"gzip", secret}; });
  check("response body (its codings)", [&](RedactedParts& p) { p.response->body.codings = {secret}; });
  check("response body (why it is omitted)",
        [&](RedactedParts& p) { p.response->body.omitted = "omitted: " + secret; });
  check("request body (its digest)", [&](RedactedParts& p) { p.request.body.digest = secret; });
  check("rule", [&](RedactedParts& p) { p.response->body.content.spans = {{0, 5, Kind::kText, "json." + secret}}; });
  check("step", [&](RedactedParts& p) { p.step = secret; });
  check("flag", [&](RedactedParts& p) { p.flags = {secret}; });
  check("note", [&](RedactedParts& p) { p.notes = {"of " + secret}; });
}

}  // namespace
}  // namespace cvr::redact
