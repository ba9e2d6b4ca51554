#include "net/caller.h"

#include <signal.h>

#include <atomic>

#include "cvr/certificate_authority.h"
#include "net/origin_server.h"
#include "os/clock.h"
#include "os/file.h"
#include "support/temporary_directory.h"

namespace cvr::net {
namespace {

constexpr const char* kHost = "api.vendor.example";

// What stands behind a flag that begins so; nothing: it is not there.
std::string flag_behind(const Called& called, std::string_view begin) {
  for (const std::string& flag : called.interaction.flags) {
    if (flag.starts_with(begin)) return flag.substr(begin.size());
  }
  return "nothing";
}

class CallerTest : public ::testing::Test {
 protected:
  CallerTest() { ::signal(SIGPIPE, SIG_IGN); }  // as the program does (os::take_signals)

  void serve(OriginHandler handler, const std::string& for_host = kHost) {
    authority_ = *certs::Authority::ephemeral("test authority", {"vendor.example", "other.example"}, clock_);
    ASSERT_TRUE(os::write_file_atomically(directory_.file("ca.pem"), authority_->certificate_pem()));
    auto started =
        OriginServer::start({{"127.0.0.1", 0}, authority_, {http::Scheme::kHttps, for_host, 443}}, std::move(handler));
    ASSERT_TRUE(started);
    server_ = std::move(*started);
  }

  std::unique_ptr<Caller> caller(std::function<bool()> should_end = {}) {
    CallerOptions options;
    options.upstream.ca_file = directory_.file("ca.pem");
    options.upstream.connect_to = {{kHost, 443, "127.0.0.1", server_->address().port}};
    options.limits = limits_;
    options.should_end = std::move(should_end);
    auto made = Caller::make(std::move(options), clock_);
    EXPECT_TRUE(made);
    return std::move(*made);
  }

  static http::Request request(const std::string& method = "GET") {
    http::Request out;
    out.method = method;
    out.origin = origin();
    out.path = "/things";
    out.query = "a=b";
    out.has_query = true;
    out.fields = {{"X-Thing", "1"}};
    return out;
  }
  static http::Origin origin() { return {http::Scheme::kHttps, kHost, 443}; }

  os::SystemClock clock_;
  cvr::test::TemporaryDirectory directory_;
  std::shared_ptr<certs::Authority> authority_;
  std::unique_ptr<OriginServer> server_;
  ProxyLimits limits_;
};

TEST_F(CallerTest, SendsAndTakesAWholeExchange) {
  http::Request seen;
  serve([&seen](const http::Request& request) {
    seen = request;
    OriginReply reply;
    reply.response.status = 201;
    reply.response.fields = {{"X-Answer", "yes"}};
    reply.response.body = "made";
    return reply;
  });
  http::Request sent = request("POST");
  sent.body = "a body";
  const Called called = caller()->call(sent);
  EXPECT_EQ(seen.method + " " + http::target_of(seen), "POST /things?a=b");
  EXPECT_EQ(seen.body, "a body");
  EXPECT_EQ(http::value_of(seen.fields, "host"), kHost);
  EXPECT_EQ(http::value_of(seen.fields, "content-length"), "6");
  EXPECT_EQ(http::value_of(seen.fields, "x-thing"), "1");
  ASSERT_TRUE(called.interaction.response);
  EXPECT_EQ(called.interaction.response->status, 201);
  EXPECT_EQ(called.interaction.response->body, "made");
  EXPECT_FALSE(called.interaction.failure);
  EXPECT_EQ(http::value_of(called.interaction.request.fields, "host"), kHost);
  EXPECT_GT(called.interaction.timing.started_utc_us, 0);
  EXPECT_GE(called.interaction.timing.finished_us, called.interaction.timing.first_byte_us);
  // The flags that diagnosis reads.
  EXPECT_EQ(flag_behind(called, kFlagTlsIssuer), "test authority");
  EXPECT_EQ(flag_behind(called, kFlagTlsVersion), "TLSv1.3");
}

TEST_F(CallerTest, GreetsAndLooksUpWithoutACall) {
  std::atomic<int> calls = 0;
  serve([&calls](const http::Request&) {
    ++calls;
    return OriginReply{};
  });
  const auto made = caller();
  const Reached looked = made->look_up(origin());
  EXPECT_EQ(looked.addresses, std::vector<std::string>{"127.0.0.1"});
  EXPECT_FALSE(looked.peer);
  const Reached greeted = made->greet(origin());
  ASSERT_TRUE(greeted.peer);
  EXPECT_EQ(greeted.peer->issuer, "test authority");
  EXPECT_EQ(calls, 0);
}

TEST_F(CallerTest, ACertificateOfAnotherNameIsATlsFailure) {
  serve([](const http::Request&) { return OriginReply{}; }, "other.example");
  const Called called = caller()->call(request());
  ASSERT_TRUE(called.interaction.failure);
  EXPECT_EQ(called.interaction.failure->kind, FailureKind::kTls);
  EXPECT_FALSE(called.interaction.response);
  EXPECT_EQ(caller()->greet(origin()).failure->kind, FailureKind::kTls);
}

TEST_F(CallerTest, ResetsClosesAndNobodyThereAreFailures) {
  OriginReply reply;
  serve([&reply](const http::Request&) { return reply; });
  for (const auto action : {OriginReply::Action::kReset, OriginReply::Action::kClose}) {
    reply.action = action;
    const Called called = caller()->call(request());
    ASSERT_TRUE(called.interaction.failure);
    EXPECT_EQ(called.interaction.failure->kind, FailureKind::kReset);
    EXPECT_TRUE(called.reached.peer);
  }
  const auto late = caller();
  server_.reset();
  EXPECT_EQ(late->call(request()).interaction.failure->kind, FailureKind::kConnect);
}

TEST_F(CallerTest, AnAnswerThatDoesNotComeIsATimeout) {
  limits_.answer_timeout_ms = 300;
  serve([](const http::Request&) {
    OriginReply reply;
    reply.delay_ms = 60'000;
    return reply;
  });
  const Called called = caller()->call(request());
  ASSERT_TRUE(called.interaction.failure);
  EXPECT_EQ(called.interaction.failure->kind, FailureKind::kTimeout);
  EXPECT_FALSE(called.reached.cut);
}

TEST_F(CallerTest, WhoIsToldToEndIsCut) {
  std::atomic<bool> asked = false;
  serve([&asked](const http::Request&) {
    asked = true;
    OriginReply reply;
    reply.delay_ms = 60'000;
    return reply;
  });
  const Called called = caller([&asked] { return asked.load(); })->call(request());
  EXPECT_TRUE(called.reached.cut);
}

TEST_F(CallerTest, PrivateAddressesNeedLeave) {
  serve([](const http::Request&) { return OriginReply{}; });
  http::Request inward = request();
  inward.origin.host = "127.0.0.1";
  const Called called = caller()->call(inward);
  EXPECT_NE(called.reached.refused.find("--allow-private"), std::string::npos) << called.reached.refused;
  EXPECT_FALSE(called.interaction.failure);
}

TEST_F(CallerTest, AnswersOverTheLimitAreCutOff) {
  limits_.recorded_body_bytes = 10;
  limits_.accepted_body_bytes = 1'000;
  serve([](const http::Request&) {
    OriginReply reply;
    reply.response.body.assign(4u << 20, 'x');
    return reply;
  });
  const Called called = caller()->call(request());
  ASSERT_TRUE(called.interaction.response);
  EXPECT_EQ(called.interaction.response->body, "");
  EXPECT_TRUE(called.interaction.response_over_limit);
  EXPECT_EQ(flag_behind(called, kFlagIncomplete), "");
}

}  // namespace
}  // namespace cvr::net
