#include "importers/formats/har_entry.h"

#include <algorithm>

#include "importers/json_reader.h"
#include "kit.h"
#include "model/credential_notes.h"

namespace cvr::importers {
namespace {

std::optional<Interaction> entry(Here& here, const std::string& response, const std::string& more = "") {
  const std::string text =
      R"({"request":{"method":"GET","url":"https://a.example/","headers":[]},"response":)" + response + more + "}";
  const Node node = read_json(text).value();
  return interaction_of(node, {}, here.place);
}

TEST(HarEntry, TheTypesThatBodiesNameAreHandedOnAndAreNoHeaders) {
  const Read out = read("har", R"({"log":{"entries":[{"request":{"method":"POST","url":"https://a.test/","headers":[],
    "postData":{"mimeType":"application/x-www-form-urlencoded","text":"a=1"}},
    "response":{"status":200,"headers":[],"content":{"mimeType":"application/xml; charset=utf-8","text":"<a/>"}}}]}})");
  ASSERT_EQ(out.interactions.size(), 1u);
  EXPECT_EQ(out.interactions[0].request_type, "application/x-www-form-urlencoded");
  EXPECT_EQ(out.interactions[0].response_type, "application/xml; charset=utf-8");
  EXPECT_TRUE(out.interactions[0].request.fields.empty());
  EXPECT_TRUE(out.interactions[0].response->fields.empty());
}

TEST(HarEntry, AFormThatWasPutTogetherIsMarked) {
  for (const auto& [data, marked] :
       {std::pair(R"("text":"a=1")", false), {R"("params":[{"name":"a","value":"1"}])", true}}) {
    const Read out = read("har", R"({"log":{"entries":[{"request":{"method":"POST","url":"https://a.test/","headers":[],
      "postData":{"mimeType":"application/x-www-form-urlencoded",)" +
                                     std::string(data) + R"(}},
      "response":{"status":200,"headers":[]}}]}})");
    ASSERT_EQ(out.interactions.size(), 1u);
    EXPECT_EQ(out.interactions[0].request.body, "a=1");
    EXPECT_EQ(std::ranges::count(out.interactions[0].flags, kFlagRebuiltForm), marked ? 1 : 0);
  }
}

TEST(HarEntry, CookiesThatNoHeaderHolds) {
  const std::string cookies = R"("cookies":[{"name":"sid","value":"a1","path":"/"},{"name":"b","value":"2"}])";
  Here here;
  const auto out = entry(here, R"({"status":204,)" + cookies + "}");
  ASSERT_TRUE(out && out->response);
  ASSERT_EQ(out->response->fields.size(), 2u);
  EXPECT_EQ(out->response->fields[0].name, "Set-Cookie");
  EXPECT_EQ(out->response->fields[0].value, "sid=a1");
  EXPECT_EQ(out->response->fields[1].value, "b=2");
  EXPECT_TRUE(here.lost("cookies that no header holds"));
  Here there;
  const auto told =
      entry(there, R"({"status":200,"headers":[{"name":"set-cookie","value":"sid=a1"}],)" + cookies + "}");
  ASSERT_TRUE(told && told->response);
  EXPECT_EQ(told->response->fields.size(), 1u);
  EXPECT_FALSE(there.lost("cookies that no header holds"));
  for (const char* broken : {R"("cookies":null)", R"("cookies":"a")", R"("cookies":[1,null,[]])",
                             R"("cookies":[{"name":"a","value":"b\u0000c"}])"}) {
    Here odd;
    const auto read = entry(odd, R"({"status":200,)" + std::string(broken) + "}");
    ASSERT_TRUE(read) << broken;
    EXPECT_TRUE(read->response->fields.empty()) << broken;
  }
}

TEST(HarEntry, FailuresOfChromiumHaveAKind) {
  for (const auto& [error, kind] :
       std::vector<std::pair<std::string, FailureKind>>{{"net::ERR_NAME_NOT_RESOLVED", FailureKind::kDns},
                                                        {"net::ERR_CONNECTION_REFUSED", FailureKind::kConnect},
                                                        {"net::ERR_CERT_DATE_INVALID", FailureKind::kTls},
                                                        {"net::ERR_CONNECTION_TIMED_OUT", FailureKind::kConnect},
                                                        {"net::ERR_EMPTY_RESPONSE", FailureKind::kReset},
                                                        {"net::ERR_HTTP2_PROTOCOL_ERROR", FailureKind::kProtocol},
                                                        {"dns: no such host", FailureKind::kDns}}) {
    Here here;
    const auto out = entry(here, R"({"status":0,"_error":")" + error + R"("})");
    ASSERT_TRUE(out) << error;
    ASSERT_TRUE(out->failure) << error;
    EXPECT_EQ(out->failure->kind, kind) << error;
    EXPECT_FALSE(out->response);
    EXPECT_EQ(out->timing.first_byte_us, 0);
  }
}

TEST(HarEntry, WhatNeverLeftTheClientIsSkipped) {
  Here here;
  EXPECT_FALSE(entry(here, R"({"status":0})"));
  EXPECT_FALSE(entry(here, R"({"status":0,"_error":"net::ERR_BLOCKED_BY_CLIENT"})"));
  EXPECT_FALSE(entry(here, "null"));
  EXPECT_EQ(here.losses.all().front().count, 3u);
}

TEST(HarEntry, AnAnswerThatStoppedKeepsBoth) {
  Here here;
  const auto known = entry(here, R"({"status":200,"content":{"text":"ab"},"_error":"net::ERR_CONNECTION_RESET"})");
  ASSERT_TRUE(known && known->response && known->failure);
  EXPECT_EQ(known->response->body, "ab");
  const auto unknown = entry(here, R"({"status":200,"content":{"text":"ab"},"_error":"net::ERR_ABORTED"})");
  ASSERT_TRUE(unknown && unknown->response);
  EXPECT_FALSE(unknown->failure);
  EXPECT_EQ(unknown->flags, std::vector<std::string>{"incomplete"});
}

TEST(HarEntry, TagsOfStepsAreKept) {
  Here here;
  const auto out = entry(here, R"({"status":200})",
                         R"(,"_cvr":{"step":"wrong-credential","arrival":"reverse","flags":["a","a",1]})");
  ASSERT_TRUE(out);
  EXPECT_EQ(out->step, "wrong-credential");
  EXPECT_EQ(out->arrival, Arrival::kReverse);
  const auto odd = entry(here, R"({"status":200})", R"(,"_cvr":{"step":"two words","arrival":"x"})");
  EXPECT_EQ(odd->step, "");
  EXPECT_EQ(odd->arrival, Arrival::kImport);
}

TEST(HarEntry, HostileTimesAreBounded) {
  Here here;
  const auto out = entry(here, R"({"status":200})",
                         R"(,"startedDateTime":"x","time":1e300,"timings":{"send":-5,"wait":1e400,"receive":"2"})");
  ASSERT_TRUE(out);
  EXPECT_EQ(out->timing.request_us, 0);
  EXPECT_EQ(out->timing.finished_us, 2000);
}

TEST(HarEntry, TheCertificatesIssuerIsKept) {
  Here here;
  const auto out = entry(here, R"({"status":200})", R"(,"_securityDetails":{"issuer":"Corp Proxy CA"})");
  ASSERT_TRUE(out);
  EXPECT_EQ(out->flags, std::vector<std::string>{"tls-issuer: Corp Proxy CA"});
}

}  // namespace
}  // namespace cvr::importers
