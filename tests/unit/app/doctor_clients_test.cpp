#include "app/doctor_clients.h"

#include <gtest/gtest.h>

namespace cvr::app {
namespace {

TEST(DoctorClients, OnlyTheProofPasses) {
  const TriedClient client{"curl", {}, {}, "mend"};
  EXPECT_EQ(judge(client, "noise\nproof-1\n", "proof-1", false).state, CheckState::kPass);
  const CheckResult failed = judge(client, "first\ncurl: (60) SSL \x1b[1m\n\n", "proof-1", false);
  EXPECT_EQ(failed.state, CheckState::kFail);
  EXPECT_EQ(failed.found, "curl: (60) SSL \\x1b[1m");
  EXPECT_EQ(failed.mend, "mend");
  EXPECT_EQ(judge(client, " \n", "proof-1", false).found, "no answer");
  EXPECT_EQ(judge(client, "", "proof-1", true).found, "no answer within ten seconds");
  EXPECT_LT(judge(client, std::string(10'000, 'x'), "proof-1", false).found.size(), 200u);
}

TEST(DoctorClients, GitGetsItsOwnForm) {
  http::Request request;
  request.path = "/doctor/info/refs";
  const std::string body = doctor_answer(request, "proof-1").body;
  EXPECT_TRUE(body.starts_with("001e# service=git-upload-pack\n0000"));
  EXPECT_TRUE(body.ends_with("0000"));
  EXPECT_NE(body.find("refs/heads/proof-1"), std::string::npos);
  request.path = "/doctor";
  EXPECT_EQ(doctor_answer(request, "proof-1").body, "proof-1\n");
}

}  // namespace
}  // namespace cvr::app
