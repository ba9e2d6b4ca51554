#include "diagnose/answer.h"

namespace cvr::diagnose {
namespace {

RedactedParts answered(int status, std::string body, std::string type = "application/json") {
  RedactedParts parts;
  parts.response.emplace();
  parts.response->status = status;
  parts.response->body.content.text = std::move(body);
  parts.response->fields = {{{"Content-Type", {}}, {std::move(type), {}}}};
  return parts;
}
std::vector<std::string> codes(int status, std::string body) {
  return read_errors(answered(status, std::move(body)), profiles::avinode().diagnosis).codes;
}

TEST(Answer, ErrorsByThePointersOfTheProfile) {
  using Codes = std::vector<std::string>;
  EXPECT_EQ(codes(403, R"({"meta":{"errors":[{"title":"t","code":"A"},{"code":"B"}]}})"), (Codes{"A", "B"}));
  EXPECT_EQ(codes(401, R"({"error":"invalid_client","errorDetails":[{"code":"invalid_client_secret_post"}]})"),
            (Codes{"invalid_client_secret_post", "invalid_client"}));
  EXPECT_EQ(codes(403, R"({"code":"A","nested":{"meta":{"errors":[{"code":"B"}]}}})"), Codes{});
}

TEST(Answer, A200MayHoldErrorsToo) {
  EXPECT_EQ(codes(200, R"({"meta":{"errors":[{"code":"START_AIRPORT_INVALID"}]},"data":{}})").size(), 1u);
  EXPECT_TRUE(codes(200, R"({"meta":{"errors":[]},"data":{}})").empty());
  EXPECT_TRUE(codes(200, R"({"error":"is the name of a member here"})").empty());
}

TEST(Answer, KindsOfBodies) {
  EXPECT_EQ(body_kind(*answered(200, "{}").response), BodyKind::kJson);
  EXPECT_EQ(body_kind(*answered(200, "{").response), BodyKind::kBrokenJson);
  EXPECT_EQ(body_kind(*answered(200, "").response), BodyKind::kNone);
  EXPECT_EQ(body_kind(*answered(200, "<p>", "text/html").response), BodyKind::kMarkup);
  EXPECT_EQ(body_kind(*answered(200, "x", "text/plain").response), BodyKind::kOther);
  RedactedParts omitted = answered(200, "");
  omitted.response->body.omitted = "omitted: over the body limit";
  EXPECT_EQ(body_kind(*omitted.response), BodyKind::kOmitted);
  EXPECT_TRUE(read_errors(omitted, profiles::avinode().diagnosis).codes.empty());
}

}  // namespace
}  // namespace cvr::diagnose
