// Values that become known after the record in which they stand was made: `late_leaks` says so, and `redact_again`
// mends it, also where the value can not be replaced (the body is left out) or was cut off.
#include <algorithm>
#include <array>

#include "base/base64.h"
#include "cvr/http.h"
#include "http/unpack.h"
#include "kit.h"

namespace cvr::redact {
namespace {

// Of no shape that a net takes.
std::string quiet_secret() { return test::random_text(24, "bcdfgh") + "-" + test::random_text(10, "klmnp"); }

struct Late : ::testing::Test {
  // What stays of a body after `secret` has become known.
  RedactedInteraction late(const Interaction& raw) {
    const auto redactor = make_redactor();
    const RedactedInteraction once = redactor->redact(raw);
    EXPECT_TRUE(std::ranges::none_of(redactor->late_leaks(*once), &Leak::known));
    http::Request request = get_request("/");
    request.fields = {{"X-Avinode-ApiToken", secret}};
    (void)redactor->redact_request(request);
    EXPECT_TRUE(std::ranges::any_of(redactor->late_leaks(*once), &Leak::known));
    RedactedInteraction twice = redactor->redact_again(*once);
    EXPECT_TRUE(redactor->leaks(*twice).empty());
    EXPECT_TRUE(std::ranges::none_of(redactor->late_leaks(*twice), &Leak::known));
    return twice;
  }
  Interaction broken_off(std::string type, std::string body) {
    Interaction raw = exchange(get_request(), std::move(type), std::move(body));
    raw.failure = Failure{FailureKind::kReset, "connection reset"};
    return raw;
  }
  const std::string secret = quiet_secret();
};

TEST_F(Late, WhereItCanNotBeReplacedTheBodyIsLeftOut) {
  const std::string deflated = http::pack("words and " + secret, http::Packing::kRawDeflate).value();
  std::string zip("PK\x03\x04\x14\0\0\0\x08\0", 10);
  zip += std::string(16, '\0') + std::string("\x05\0\0\0", 4) + "a.txt" + deflated + "PK\x01\x02";
  EXPECT_TRUE(late(exchange(get_request(), "application/zip", zip))->response->body.omitted);
  const std::string gzip = http::pack("words and " + secret, http::Packing::kGzip).value();
  const RedactedInteraction middle =
      late(exchange(get_request(), "application/octet-stream", std::string("\xc8\xc9\xca\0\1\2", 6) + gzip + "\1\2"));
  EXPECT_TRUE(middle->response->body.omitted || middle->response->body.content.text.find(gzip) == std::string::npos);
}

TEST_F(Late, ABeginningAtTheEndOfWhatBrokeOff) {
  const std::string part = secret.substr(0, 20);
  std::string entities;
  for (const char c : secret) entities += "&#" + std::to_string(static_cast<int>(c)) + ";";
  const std::array<std::pair<std::string, std::string>, 6> bodies = {{
      {"text/plain", "hello " + part},
      {"application/json", R"({"a":"x )" + part},
      {"text/event-stream", "data: hello " + part},
      {"text/plain", "hello " + base64_encode(secret).substr(0, 30)},
      {"text/plain", "hello " + hex_encode(secret).substr(0, 41)},
      {"text/html", "<p>" + entities.substr(0, entities.size() * 3 / 4)},
  }};
  for (const auto& [type, body] : bodies) {
    const RedactedInteraction twice = late(broken_off(type, body));
    EXPECT_EQ(twice->response->body.content.text.find(body.substr(body.size() - 12)), std::string::npos)
        << twice->response->body.content.text;
  }
}

// Wherever the stream stops, in the middle of a character reference too.
TEST_F(Late, EntitiesThatWereCutWhenItWasKnown) {
  std::string entities;
  for (const char c : secret) entities += "&#" + std::to_string(static_cast<int>(c)) + ";";
  const auto redactor = make_redactor({secret});
  const std::string start = entities.substr(0, entities.find(';', 60) + 1);
  for (std::size_t size = start.size(); size < start.size() + 7; ++size) {
    const RedactedInteraction once = redactor->redact(broken_off("text/html", "<p>" + entities.substr(0, size)));
    EXPECT_EQ(once->response->body.content.text.find(start.substr(0, 40)), std::string::npos) << size;
  }
}

// Of a JWT that broke off half is learned, and all pseudonyms of its kind begin like that.
TEST_F(Late, HalfAJwtDoesNotMakeItsPseudonymASecret) {
  const std::string token = test::random_jwt();
  const auto redactor = make_redactor();
  http::Request request = get_request("/");
  request.fields = {{"Authorization", "Bearer " + token}};
  const RedactedInteraction once = redactor->redact(exchange(request, "text/plain", "yes"));
  http::Request half = get_request("/");
  half.fields = {{"X-Avinode-ApiToken", token.substr(0, token.find('.') + 4)}};
  (void)redactor->redact_request(half);
  EXPECT_TRUE(redactor->late_leaks(*once).empty());
  EXPECT_TRUE(redactor->redact_again(*once) == once);
}

TEST_F(Late, SectionsThatWereCut) {
  const auto redactor = make_redactor({secret});
  const std::string sections = "<![CDATA[" + secret.substr(0, 16) + "]]><![CDATA[" + secret.substr(16) + "]]>";
  const std::size_t first = sections.find("]]>");
  for (std::size_t size = first; size < first + 12; ++size) {
    const RedactedInteraction once =
        redactor->redact(broken_off("application/xml", "<a>1</a><!-- " + sections.substr(0, size)));
    EXPECT_EQ(once->response->body.content.text.find(secret.substr(0, 12)), std::string::npos) << size;
  }
}

TEST_F(Late, ARangeMayBeginInAValue) {
  const auto redactor = make_redactor({secret});
  Interaction raw = exchange(get_request(), "application/json", secret.substr(1) + "\",\"x\":1}");
  raw.response->status = 206;
  const RedactedInteraction out = redactor->redact(raw);
  EXPECT_TRUE(out->response->body.content.text.ends_with("\",\"x\":1}")) << out->response->body.content.text;
  EXPECT_EQ(out->response->body.content.text.find(secret.substr(8, 12)), std::string::npos);
}

// Of a body that the connection's end ends nobody knows whether it is whole.
TEST_F(Late, ABodyUntilTheCloseMayEndInAValue) {
  const auto redactor = make_redactor({secret});
  Interaction raw = exchange(get_request(), "text/plain", "hello " + secret.substr(0, 20));
  raw.response_framing = Framing::kUntilClose;
  EXPECT_EQ(redactor->redact(raw)->response->body.content.text.find(secret.substr(0, 12)), std::string::npos);
}

TEST_F(Late, ARangeMayEndInAValue) {
  const auto redactor = make_redactor({secret});
  Interaction raw = exchange(get_request(), "text/plain", "hello " + secret.substr(0, 20));
  raw.response->status = 206;
  EXPECT_EQ(redactor->redact(raw)->response->body.content.text.find(secret.substr(0, 12)), std::string::npos);
  raw.response->status = 200;
  EXPECT_NE(redactor->redact(raw)->response->body.content.text.find(secret.substr(0, 12)), std::string::npos);
}

}  // namespace
}  // namespace cvr::redact
