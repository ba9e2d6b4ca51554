#include "app/probe_world.h"

#include <signal.h>

#include <algorithm>

#include "cvr/cassette.h"
#include "os/clock.h"
#include "os/process.h"
#include "probe/requests.h"
#include "profiles/plan_file.h"
#include "profiles/profile.h"
#include "support/fakes.h"
#include "support/temporary_directory.h"

namespace cvr::app {
namespace {

class FakeCaller : public net::Caller {
 public:
  net::Called call(http::Request request) override {
    net::Called out = next;
    out.interaction.request = std::move(request);
    return out;
  }
  net::Reached look_up(const http::Origin&) override { return next.reached; }
  net::Reached greet(const http::Origin&) override { return next.reached; }
  net::Called next;
};

class ProbeWorldTest : public ::testing::Test {
 protected:
  ProbeWorldTest() {
    RedactorOptions options;
    options.profile = &profiles::avinode();
    redactor_ = std::make_shared<Redactor>(options);
    auto writer = cassette::Writer::open(directory_.file("p.cvr"), {}, nullptr);
    EXPECT_TRUE(writer);
    auto caller = std::make_unique<FakeCaller>();
    caller_ = caller.get();
    world_ = std::make_unique<ProbeWorld>(ProbeWorldParts{
        std::move(caller), redactor_,
        std::make_unique<engine::Recorder>(redactor_, match::rules_for(profiles::avinode()), *std::move(writer)),
        profiles::avinode().probe, profiles::avinode().diagnosis, clock_, entropy_, end_, [](const probe::Row&) {}});
  }
  RedactedInteraction recorded() {
    EXPECT_TRUE(world_->close());
    const auto reader = cassette::Reader::open(directory_.file("p.cvr"));
    EXPECT_TRUE(reader);
    EXPECT_EQ((*reader)->size(), 1u);
    return *(*reader)->interaction(0);
  }

  cvr::test::TemporaryDirectory directory_;
  cvr::test::FakeClock clock_;
  cvr::test::SeededEntropy entropy_{1};
  EndSignal end_;
  std::shared_ptr<Redactor> redactor_;
  FakeCaller* caller_ = nullptr;
  std::unique_ptr<ProbeWorld> world_;
};

TEST_F(ProbeWorldTest, ACallIsOnRecordRedactedWithItsStep) {
  const std::string secret = probe::random_uuid(entropy_);
  http::Response& response = caller_->next.interaction.response.emplace();
  response.status = 401;
  response.fields = {{"Content-Type", "application/json"}, {"Date", "Mon, 16 Mar 2026 08:00:00 GMT"}};
  response.body = R"({"meta":{"errors":[{"code":"BAD","title":"for )" + secret + R"("}]}})";
  http::Request request = probe::bare_request(profiles::avinode().probe);
  request.fields = {{"X-Avinode-ApiToken", secret}};
  const probe::Answer answer = world_->call(request, {"auth-static"});
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.n, 1u);
  EXPECT_EQ(answer.errors.codes, std::vector<std::string>{"BAD"});
  EXPECT_EQ(answer.errors.title.find(secret), std::string::npos);  // the vendor's echo of it is not shown
  EXPECT_EQ(http::value_of(answer.fields, "date"), "Mon, 16 Mar 2026 08:00:00 GMT");
  const RedactedInteraction stands = recorded();
  EXPECT_EQ(stands->step, "auth-static");
  EXPECT_EQ(stands->request.fields[0].value.text.find(secret), std::string::npos);
  EXPECT_EQ(stands->response->body.content.text.find(secret), std::string::npos);
}

TEST_F(ProbeWorldTest, ControlsAndRefusedTrialsAreOnRecordAsSuch) {
  const auto call = [&](const probe::Tag& tag, int status) {
    caller_->next.interaction = {};
    caller_->next.interaction.response.emplace().status = status;
    world_->call(probe::bare_request(profiles::avinode().probe), tag);
  };
  call({"trips"}, 403);
  call({"nowhere", true}, 404);
  call({"token-oauth-basic", false, true}, 401);
  call({"token-oauth-post", false, true}, 200);
  EXPECT_TRUE(world_->close());
  const auto reader = cassette::Reader::open(directory_.file("p.cvr")).value();
  std::string flagged;
  for (std::uint64_t i = 0; i < reader->size(); ++i) {
    const RedactedInteraction one = reader->interaction(i).value();
    const auto& flags = one->flags;
    flagged += std::ranges::find(flags, kFlagControl) == flags.end() ? '-' : 'c';
  }
  EXPECT_EQ(flagged, "-cc-");
}

TEST_F(ProbeWorldTest, AWayThatIsClosedIsOnRecordAsTheCallThatCouldNotBeMade) {
  caller_->next.reached.failure = Failure{FailureKind::kDns, "no address"};
  const auto origin = probe::origin_of(profiles::avinode().probe);
  EXPECT_EQ(world_->look_up(origin, "dns").n, 1u);
  const RedactedInteraction stands = recorded();
  EXPECT_EQ(stands->step, "dns");
  EXPECT_EQ(stands->failure->kind, FailureKind::kDns);
  EXPECT_EQ(stands->request.origin.host, origin.host);
  EXPECT_FALSE(stands->response);
}

TEST_F(ProbeWorldTest, WhatWasNotSentOrCutIsNotOnRecordAndAnEmptyCassetteGoes) {
  caller_->next.reached.refused = "a private address";
  EXPECT_EQ(world_->call(probe::bare_request(profiles::avinode().probe), {"clock"}).refused, "a private address");
  caller_->next.reached = {};
  caller_->next.reached.cut = true;
  EXPECT_TRUE(world_->call(probe::bare_request(profiles::avinode().probe), {"clock"}).cut);
  caller_->next.reached = {};
  caller_->next.reached.peer = certs::PeerFacts{"TLSv1.3", "R11", 1'773'648'000};
  const probe::Way way = world_->greet(probe::origin_of(profiles::avinode().probe), "tls");
  EXPECT_EQ(way.issuer + way.version, "R11TLSv1.3");
  EXPECT_EQ(way.n, 0u);
  EXPECT_TRUE(world_->close());
  EXPECT_FALSE(cassette::Reader::open(directory_.file("p.cvr")));
}

TEST(EndSignal, IsToldOnceAndForAll) {
  os::take_signals();
  const os::SystemClock clock;
  EndSignal end;
  EXPECT_FALSE(end.told());
  EXPECT_TRUE(end.wait_ms(1, clock));
  ::raise(SIGCHLD);  // a child that ends is no such signal
  EXPECT_FALSE(end.told());
  ::raise(SIGTERM);
  EXPECT_FALSE(end.wait_ms(3'600'000, clock));
  EXPECT_TRUE(end.told());
  EXPECT_FALSE(end.wait_ms(3'600'000, clock));
}

}  // namespace
}  // namespace cvr::app
