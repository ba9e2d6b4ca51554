#include "engine/problem.h"

namespace cvr::engine {
namespace {

std::string mark(const http::Response& response) { return std::string(http::value_of(response.fields, "x-cvr")); }

TEST(Problem, AMissIsA502ThatSaysSo) {
  match::MissReport report;
  report.method = "GET";
  report.url = "https://sandbox.avinode.com/api/trips";
  report.reason = "no recorded interaction matches";
  const http::Response answer = miss_answer(report);
  EXPECT_EQ(answer.status, 502);
  EXPECT_EQ(answer.reason, "Bad Gateway");
  EXPECT_EQ(mark(answer), "miss");
  EXPECT_EQ(http::value_of(answer.fields, "content-type"), "application/problem+json");
  EXPECT_EQ(answer.body, match::to_json(report));
}

TEST(Problem, ARefusalSaysWhyAndTheMend) {
  const http::Response answer = refusal(403, "api.example is not in scope", "--host api.example brings it into scope");
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(mark(answer), "refused");
  EXPECT_EQ(answer.body,
            R"({"type":"urn:cvr:refused","title":"Refused by CVR","status":403,"detail":"api.example is not in scope",)"
            R"("hint":"--host api.example brings it into scope"})"
            "\n");
}

TEST(Problem, WithoutAMendThereIsNoHint) { EXPECT_EQ(refusal(403, "why", "").body.find("hint"), std::string::npos); }

TEST(Problem, TheGateForwardsNothingAndSaysSo) {
  const http::Response answer = gate_refusal(431, "a head over the limit");
  EXPECT_EQ(answer.status, 431);
  EXPECT_EQ(answer.reason, "Request Header Fields Too Large");
  EXPECT_EQ(mark(answer), "refused");
  EXPECT_EQ(answer.body,
            R"({"type":"urn:cvr:gate","title":"The message was refused before it was read further","status":431,)"
            R"("detail":"a head over the limit","hint":"nothing was forwarded; mend the client's message"})"
            "\n");
}

TEST(Problem, EveryUpstreamFailureHasItsKindAndAHint) {
  for (const FailureKind kind : {FailureKind::kDns, FailureKind::kConnect, FailureKind::kTls, FailureKind::kTimeout,
                                 FailureKind::kReset, FailureKind::kProtocol}) {
    const http::Response answer = upstream_failure({kind, "https://api.example: what happened"});
    const std::string word(to_string(kind));
    EXPECT_EQ(answer.status, 502);
    EXPECT_EQ(mark(answer), "upstream-error; kind=" + word);
    EXPECT_NE(answer.body.find("\"urn:cvr:upstream-error:" + word + "\""), std::string::npos) << answer.body;
    EXPECT_NE(answer.body.find("https://api.example: what happened"), std::string::npos);
    EXPECT_NE(answer.body.find("\"hint\":\""), std::string::npos) << word;
  }
}

TEST(Problem, AFaultSaysThatItIsOne) {
  const http::Response answer = fault_answer({429, 7, "GET /\x1b*: status=429 retry-after=7", 0});
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.reason, "Too Many Requests");
  EXPECT_EQ(mark(answer), "fault");
  EXPECT_EQ(http::value_of(answer.fields, "retry-after"), "7");
  EXPECT_NE(answer.body.find("status=429"), std::string::npos);
  EXPECT_EQ(http::value_of(fault_answer({503, {}, "", 0}).fields, "retry-after"), "");
}

TEST(Problem, TextsCanNotBreakTheDocument) {
  const std::string body = refusal(403, "a \"quoted\" \\ host\r\nX: y", "\x01").body;
  EXPECT_NE(body.find(R"("detail":"a \"quoted\" \\ host\r\nX: y")"), std::string::npos) << body;
  EXPECT_NE(body.find(R"("hint":"\u0001")"), std::string::npos) << body;
  EXPECT_EQ(body.find('\n'), body.size() - 1);
}

TEST(Problem, EveryStatusOfOursHasItsPhrase) {
  for (const int status : {200, 400, 403, 404, 405, 407, 408, 413, 414, 417, 421, 431, 500, 501, 502, 503, 505}) {
    EXPECT_NE(reason_of(status), "Unknown") << status;
  }
  EXPECT_EQ(reason_of(299), "Unknown");
}

}  // namespace
}  // namespace cvr::engine
