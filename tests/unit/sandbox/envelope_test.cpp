#include "sandbox/envelope.h"

namespace cvr::sandbox {
namespace {

TEST(Envelope, Errors) {
  EXPECT_EQ(error_body("Not found", "NOT_FOUND"),
            R"({"meta":{"errors":[{"title":"Not found","code":"NOT_FOUND"}],"warnings":[],"infos":[]}})");
  const Answer answer = error_answer(default_catalogue(), ErrorKind::kMissingHeader, "X-A\"b");
  EXPECT_EQ(answer.status, 400);
  EXPECT_NE(answer.body.find(R"("title":"The header 'X-A\"b' is required")"), std::string::npos);
}

TEST(Envelope, Success) {
  EXPECT_EQ(success_body(default_catalogue(), R"({"a":1})"),
            R"({"meta":{"errors":[],"warnings":[],"infos":[]},"data":{"a":1}})");
  EXPECT_EQ(success_body(default_catalogue(), "[]", {}, Pagination{1, 20, 21}),
            R"({"meta":{"errors":[],"warnings":[],"infos":[],)"
            R"("pagination":{"pageNumber":1,"batchSize":20,"totalCount":21}},"data":[]})");
}

TEST(Envelope, SoftErrorsHaveAPath) {
  EXPECT_EQ(success_body(default_catalogue(), "{}", {{ErrorKind::kEndAirportInvalid, "segments[1].endAirport"}}),
            R"({"meta":{"errors":[{"title":"Invalid end airport","code":"END_AIRPORT_INVALID",)"
            R"("path":"segments[1].endAirport"}],"warnings":[],"infos":[]},"data":{}})");
}

}  // namespace
}  // namespace cvr::sandbox
