#include "redact/adopted.h"

#include "base/base64.h"
#include "kit.h"
#include "redact/views.h"

namespace cvr::redact {
namespace {

TEST(Adopted, HoldsWhatWasAdded) {
  Adopted adopted;
  EXPECT_FALSE(adopted.holds("KTEB"));
  adopted.add("KTEB");
  adopted.add("abc");  // too short to tell from a value
  adopted.add(std::string(Adopted::kMaxSize + 1, 'x'));
  EXPECT_TRUE(adopted.holds("KTEB"));
  EXPECT_FALSE(adopted.holds("abc"));
  EXPECT_FALSE(adopted.holds(std::string(Adopted::kMaxSize + 1, 'x')));
  EXPECT_FALSE(adopted.holds(""));
}

TEST(Adopted, TakesPersonalSpansAndIdsWithTheirPrefix) {
  const std::string body = R"({"id":"atrip-40713","name":"Qxw \"Vbn\"","token":"secretpseudonym"})";
  RedactedText text{body, {}};
  const auto span = [&](std::string_view what, Kind kind) {
    text.spans.push_back(
        {static_cast<std::uint32_t>(body.find(what)), static_cast<std::uint32_t>(what.size()), kind, "test"});
  };
  span("40713", Kind::kId);
  span(R"(Qxw \"Vbn\")", Kind::kName);
  span("secretpseudonym", Kind::kToken);
  Adopted adopted;
  adopted.add(text);
  EXPECT_TRUE(adopted.holds("atrip-40713"));
  EXPECT_TRUE(adopted.holds("40713"));
  EXPECT_TRUE(adopted.holds("Qxw \"Vbn\""));
  EXPECT_FALSE(adopted.holds("secretpseudonym"));
}

TEST(Adopted, IsBounded) {
  Adopted adopted;
  for (std::size_t i = 0; i < Adopted::kMaxValues + 10; ++i) adopted.add("value-" + std::to_string(i));
  EXPECT_TRUE(adopted.holds("value-0"));
  EXPECT_FALSE(adopted.holds("value-" + std::to_string(Adopted::kMaxValues + 5)));
}

// An answer hands a value out, and the next request sends it where no name tells of it: while recording it is known by
// then, and in a replay its pseudonym is known as well, with the same kind.
TEST(Adopted, WhatAReplayHandsOutIsKnownAnywhereInARequest) {
  const std::string pair = R"({"access_token":")" + test::random_base64url(31) + "+/" + test::random_base64url(9) +
                           R"(","sessionId":)" + test::random_text(12, "123456789") +
                           R"(,"email":"ada.l@corp.example.org","phone":"+4930)" + test::random_text(8, "123456789") +
                           R"(","ReceiptHandle":")" + base64_encode(test::random_base64url(120)) + R"("})";
  const auto redactor = make_redactor();
  const RedactedInteraction told = redactor->redact(exchange(get_request("/me"), "application/json", pair));
  const auto requests = [](std::string_view body) {
    std::vector<http::Request> out;
    for (std::size_t at = body.find("\":"); at != body.npos; at = body.find("\":", at + 1)) {
      std::string value(body.substr(at + 2, body.find_first_of(",}", at) - at - 2));
      std::erase(value, '"');
      std::string escaped;
      for (const char c : value)
        escaped += std::string_view("+/=@").contains(c) ? encode(std::string(1, c), View::kPercent) : std::string(1, c);
      http::Request json = get_request("/x");
      json.fields = {{"Content-Type", "application/json"}};
      json.body = "{\"recipient\":\"" + value + "\"}";
      out.push_back(json);
      http::Request form = get_request("/" + escaped);
      form.fields = {{"Content-Type", "application/x-www-form-urlencoded"}};
      form.body = "a=1&value=" + escaped;
      form.query = "q=" + escaped;
      form.has_query = true;
      out.push_back(form);
    }
    return out;
  };
  std::vector<RedactedRequest> recorded;
  for (const http::Request& request : requests(pair)) recorded.push_back(redactor->redact_request(request));
  const auto replay = make_redactor();
  replay->adopt(*told);
  const auto kinds = [](const RedactedText& text) {
    std::vector<Kind> out;
    for (const Span& span : text.spans) out.push_back(span.kind);
    return out;
  };
  const auto live = requests(told->response->body.content.text);
  ASSERT_EQ(live.size(), recorded.size());
  ASSERT_EQ(live.size(), 10u);
  for (std::size_t i = 0; i < live.size(); ++i) {
    const RedactedRequest asked = replay->redact_request(live[i]);
    EXPECT_EQ(asked.body.content.text, recorded[i].body.content.text);
    EXPECT_EQ(kinds(asked.body.content), kinds(recorded[i].body.content)) << asked.body.content.text;
    EXPECT_EQ(asked.path.text, recorded[i].path.text);
    EXPECT_EQ(kinds(asked.path), kinds(recorded[i].path)) << asked.path.text;
    EXPECT_EQ(asked.query.text, recorded[i].query.text);
    EXPECT_EQ(kinds(asked.query), kinds(recorded[i].query)) << asked.query.text;
  }
}

// The same under a name that says what it is, as queries, forms and paths spell it: percent-encoded.
TEST(Adopted, WhatAReplayHandsOutIsKnownHoweverItIsSpelled) {
  const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  const auto drawn = [&](std::size_t size) { return test::random_text(size, letters); };
  const std::vector<std::string> values = {
      base64_encode(test::random_password() + test::random_password()),
      drawn(12) + "+" + drawn(12) + "/" + drawn(17) + "=",
      drawn(4) + "|" + drawn(40),
      drawn(12) + ":" + drawn(20) + "|" + drawn(5),
      "avinode_" + drawn(20) + "+/!@" + drawn(20),
      "1" + test::random_text(13, "0123456789"),
      test::random_hex(40),
      drawn(12) + "/" + drawn(12) + "/" + drawn(12),
  };
  for (const std::string& value : values) {
    const auto requests = [](const std::string& sent) {
      std::vector<http::Request> out;
      const std::string escaped = encode(sent, View::kPercent);
      http::Request query = get_request("/x");
      query.query = "n=1&token=" + escaped;
      query.has_query = true;
      out.push_back(query);
      query.query = "n=1&ref=" + escaped;
      out.push_back(query);
      http::Request form = get_request("/x");
      form.fields = {{"Content-Type", "application/x-www-form-urlencoded"}};
      form.body = "grant=1&refresh_token=" + escaped;
      out.push_back(form);
      form.body = "grant=1&ref=" + escaped;
      out.push_back(form);
      out.push_back(get_request("/x/" + escaped + "/y"));
      return out;
    };
    const auto redactor = make_redactor();
    const RedactedInteraction told =
        redactor->redact(exchange(get_request("/me"), "application/json", R"({"access_token":")" + value + "\"}"));
    std::vector<RedactedRequest> recorded;
    for (const http::Request& request : requests(value)) recorded.push_back(redactor->redact_request(request));
    const std::string& answer = told->response->body.content.text;
    const std::string handed = answer.substr(17, answer.size() - 19);
    const auto replay = make_redactor();
    replay->adopt(*told);
    const auto live = requests(handed);
    const auto look = [](const RedactedText& text) {
      std::string out = text.text;
      for (const Span& span : text.spans) {
        out += " " + std::to_string(span.begin) + "+" + std::to_string(span.size) + std::string(to_string(span.kind));
      }
      return out;
    };
    for (std::size_t i = 0; i < live.size(); ++i) {
      const RedactedRequest asked = replay->redact_request(live[i]);
      EXPECT_EQ(look(asked.body.content), look(recorded[i].body.content)) << handed;
      EXPECT_EQ(look(asked.path), look(recorded[i].path)) << handed;
      EXPECT_EQ(look(asked.query), look(recorded[i].query)) << handed;
    }
  }
}

// A link with a secret whose parts are known by themselves: the same as above, from the link on.
TEST(Adopted, ALinkThatAReplayHandsOutIsKnown) {
  const std::string value = "AK" + std::string("IA") + test::random_text(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") +
                            "/20260101/us-east-1/s3/aws4_request";
  const auto query_of = [](std::string_view link) { return std::string(link.substr(link.find('?') + 1)); };
  const std::string link = "https://sandbox.avinode.com/f?X-Amz-Credential=" + encode(value, View::kPercent);
  const auto asked = [&](const Redactor& redactor, std::string_view with) {
    http::Request request = get_request("/f");
    request.query = query_of(with);
    request.has_query = true;
    return redactor.redact_request(request).query;
  };
  const auto redactor = make_redactor();
  const RedactedInteraction told =
      redactor->redact(exchange(get_request("/me"), "application/json", R"({"a":")" + link + "\"}"));
  const RedactedText recorded = asked(*redactor, link);
  const std::string& answer = told->response->body.content.text;
  const auto replay = make_redactor();
  replay->adopt(*told);
  const RedactedText live = asked(*replay, answer.substr(6, answer.size() - 8));
  EXPECT_EQ(live.text, recorded.text);
  ASSERT_EQ(live.spans.size(), recorded.spans.size());
  EXPECT_EQ(live.spans[0].kind, recorded.spans[0].kind);
}

}  // namespace
}  // namespace cvr::redact
