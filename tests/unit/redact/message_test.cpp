#include "redact/message.h"

#include "kit.h"

namespace cvr::redact {
namespace {

struct MessageKit : Kit {
  HeaderRules rules{&profiles::avinode(), names};
  Tools tools{rules, 1u << 20};

  RedactedRequest request(const http::Request& raw) {
    RequestDraft draft;
    collect(raw, {}, tools, context, draft);
    return finish(raw, draft, finder, context);
  }
  RedactedResponse response(const http::Response& raw) {
    ResponseDraft draft;
    collect(raw, {}, tools, context, draft);
    return finish(raw, draft, finder, context);
  }
};

TEST(Message, OrderCaseAndRepeatsStay) {
  MessageKit kit;
  http::Request raw = get_request();
  raw.fields = {{"hOsT", "sandbox.avinode.com"}, {"X-B", "one two"}, {"X-B", ""}, {"accept", "*/*"}};
  raw.trailers = {{"X-T", "trailer value"}};
  const RedactedRequest out = kit.request(raw);
  ASSERT_EQ(out.fields.size(), 4u);
  EXPECT_EQ(out.fields[0].name.text, "hOsT");
  EXPECT_EQ(out.fields[0].value.text, "sandbox.avinode.com");
  EXPECT_EQ(out.fields[1].value.text, kit.pseudonyms.of("one two"));
  EXPECT_EQ(out.fields[1].value.spans.at(0).rule, "header.unlisted");
  EXPECT_EQ(out.fields[2].value.text, "");
  EXPECT_EQ(out.fields[3].value.text, "*/*");
  EXPECT_EQ(out.trailers.at(0).value.text, kit.pseudonyms.of("trailer value"));
  EXPECT_EQ(out.method, "GET");
  EXPECT_EQ(out.origin, raw.origin);
}

TEST(Message, KnownSecretsGoEverywhere) {
  MessageKit kit;
  const std::string s = test::random_hex(20);
  kit.know(s);
  http::Request raw = get_request("/api/" + s + "/x");
  raw.method = s;
  raw.origin.host = s + ".example.com";
  raw.query = s + "=1&q=" + s + "#" + s;
  raw.has_query = true;
  raw.fields = {
      {"X-" + s, "v"}, {"X-Request-Id", "r-" + s}, {"Link", "</" + s + ">"}, {"User-Agent", s}, {"If-None-Match", s}};
  http::Response answer;
  answer.reason = "No " + s;
  answer.fields = {{"ETag", "\"" + s + "\""}, {"Location", "https://h/" + s}};
  const RedactedRequest request = kit.request(raw);
  const RedactedResponse response = kit.response(answer);
  std::string all =
      request.method + request.origin.host + request.path.text + request.query.text + response.reason.text;
  for (const auto& fields : {request.fields, response.fields}) {
    for (const auto& field : fields) all += field.name.text + field.value.text;
  }
  EXPECT_EQ(all.find(s), all.npos);
  EXPECT_EQ(request.path.text, "/api/" + kit.pseudonyms.of(s) + "/x");
  EXPECT_EQ(request.query.text.find('#'), std::string::npos);
  EXPECT_EQ(request.fields[0].name.spans.size(), 1u);
}

TEST(Message, NotesOnlyWhenTheBodyChanged) {
  std::vector<std::string> notes;
  const http::Fields fields = {{"ETag", "x"}, {"Content-Length", "5"}, {"Content-MD5", "y"}};
  RedactedBody same;
  same.content.text = "hello";
  same.wire_size = 5;
  add_notes("response", fields, same, notes);
  EXPECT_TRUE(notes.empty());
  RedactedBody changed = same;
  changed.content.spans = {{0, 5, Kind::kToken, "r"}};
  add_notes("response", fields, changed, notes);
  EXPECT_EQ(notes, (std::vector<std::string>{"response: etag kept although the body changed",
                                             "response: content-md5 replaced because the body changed"}));
  notes.clear();
  changed.wire_size = 9;
  add_notes("request", {{"Content-Length", "9"}}, changed, notes);
  EXPECT_EQ(notes, std::vector<std::string>{"request: content-length is that of the original body"});
}

TEST(Message, DigestsFollowTheBody) {
  MessageKit kit;
  http::Response raw;
  raw.fields = {{"Content-Type", "application/json"}, {"Content-MD5", "Q2hlY2sgSW50ZWdyaXR5IQ=="}};
  raw.body = "{\"a\":1}";
  EXPECT_EQ(kit.response(raw).fields[1].value.text, "Q2hlY2sgSW50ZWdyaXR5IQ==");
  raw.body = "{\"token\":\"abcd1234\"}";
  EXPECT_NE(kit.response(raw).fields[1].value.text, "Q2hlY2sgSW50ZWdyaXR5IQ==");
}

TEST(Message, WhatCanNotBeSearchedIsReplaced) {
  MessageKit kit;
  std::string deep = "a b";
  for (int i = 0; i < 20; ++i) deep = encode(deep, View::kPercent);
  http::Request raw = get_request("/" + deep);
  const RedactedRequest out = kit.request(raw);
  EXPECT_EQ(out.path.spans.at(0).rule, "search.limit");
  EXPECT_EQ(out.path.text.find(deep), std::string::npos);
}

TEST(Message, BlankLeavesNothing) {
  MessageKit kit;
  http::Request raw = get_request("/visible/path");
  raw.query = "q=visible";
  raw.fields = {{"User-Agent", "visible agent"}};
  raw.body = "visible body";
  RedactedRequest out = kit.request(raw);
  blank(out, kit.context);
  for (const std::string& text : {out.path.text, out.query.text, out.fields[0].value.text, out.body.content.text}) {
    EXPECT_EQ(text.find("visible"), text.npos);
  }
  EXPECT_TRUE(out.body.omitted);
  RedactedResponse response = kit.response({200, "visible", 1, {{"Server", "visible server"}}, "visible body", {}});
  blank(response, kit.context);
  EXPECT_EQ(response.reason.text.find("visible"), std::string::npos);
  EXPECT_EQ(response.fields[0].value.text.find("visible"), std::string::npos);
}

}  // namespace
}  // namespace cvr::redact
