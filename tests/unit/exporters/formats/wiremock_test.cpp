#include "kit.h"
#include "support/golden.h"

namespace cvr::exporters {
namespace {

std::string mapping(const RedactedParts& parts) { return exported("wiremock", {RedactionPass::vouch(parts)}); }

RedactedParts posted(std::string_view type, std::string_view body) {
  RedactedParts parts = sample();
  parts.request.method = "POST";
  parts.request.fields.push_back(field("Content-Type", type));
  parts.request.body.content = marked(body);
  return parts;
}

TEST(WireMock, IsASetOfMappings) {
  const std::string text = exported("wiremock", samples(), true);
  expect_json(text);
  test::expect_golden("exporters/samples.wiremock.json", text);
}

TEST(WireMock, OfNothingIsValid) { expect_json(exported("wiremock", {})); }

TEST(WireMock, RepeatedRequestsAreAScenarioWhoseLastAnswerStays) {
  const std::string text = exported("wiremock", std::vector<RedactedInteraction>(3, RedactionPass::vouch(sample())));
  expect_json(text);
  EXPECT_NE(text.find(R"("requiredScenarioState":"Started","newScenarioState":"answer 2")"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("requiredScenarioState":"answer 2","newScenarioState":"answer 3")"), std::string::npos);
  EXPECT_NE(text.find(R"("requiredScenarioState":"answer 3",)"), std::string::npos);
  EXPECT_EQ(text.find("answer 4"), std::string::npos);
  EXPECT_EQ(mapping(sample()).find("scenarioName"), std::string::npos);
}

TEST(WireMock, CredentialsInBodiesMatchAnything) {
  EXPECT_NE(mapping(posted("application/json", R"({"key":"<<token:TOK>>","n":1})"))
                .find(R"("equalToJson":"{\"key\":\"${json-unit.any-string}\",\"n\":1}")"),
            std::string::npos);
  EXPECT_NE(mapping(posted("application/x-www-form-urlencoded", R"(a=1.5&b=<<password:x>>&c=\E)"))
                .find(R"("matches":"(?s)\\Qa=1.5&b=\\E.+\\Q&c=\\E\\\\E\\Q\\E")"),
            std::string::npos);
  EXPECT_NE(mapping(posted("application/json", R"({"key":<<user:12>>})")).find(R"("matches":"(?s)\\Q{)"),
            std::string::npos);
  EXPECT_NE(mapping(posted("text/plain", "plain")).find(R"("equalTo":"plain")"), std::string::npos);
  EXPECT_NE(mapping(posted("application/octet-stream", std::string_view("\0", 1))).find(R"("binaryEqualTo":"AA==")"),
            std::string::npos);
}

TEST(WireMock, FailuresAreFaults) {
  RedactedParts parts = sample();
  parts.failure = Failure{FailureKind::kReset, "reset"};
  EXPECT_NE(mapping(parts).find("CONNECTION_RESET_BY_PEER"), std::string::npos);
  parts.failure->kind = FailureKind::kTimeout;
  EXPECT_NE(mapping(parts).find("EMPTY_RESPONSE"), std::string::npos);
}

TEST(WireMock, EscapesEverything) { expect_json(exported("wiremock", {RedactionPass::vouch(hostile())}, true)); }

}  // namespace
}  // namespace cvr::exporters
