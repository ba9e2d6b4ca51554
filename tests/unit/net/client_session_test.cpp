// Which session a request belongs to.  More with the real binary: tests/e2e/test_sessions.py.
#include <gtest/gtest.h>

#include "base/base64.h"
#include "unit/net/rig.h"

namespace cvr::net {
namespace {

class Maker : public engine::SessionMaker {
 public:
  Result<std::shared_ptr<engine::Session>> open(const std::string& name, const engine::Wish&) override {
    if (name == "refused") return fail(ErrorCode::kRefused, "CI=true");
    if (name == "broken") return fail(ErrorCode::kEnvironment, "broken.cvr can not be read");
    engine::SessionParts parts;
    parts.name = name;
    parts.mode = engine::Mode::kPassthrough;
    return std::make_shared<engine::Session>(std::move(parts));
  }
  Result<engine::Setup> prepare(const engine::Session&, engine::Mode mode) override {
    return engine::Setup{mode, nullptr, nullptr, ""};
  }
  bool agrees(const engine::Session&, const engine::Wish&) const override { return true; }
};

class ClientSession : public ::testing::Test {
 protected:
  std::string ask(test::Client& client, const std::string& user) {
    const std::string named = user.empty() ? "" : "Proxy-Authorization: Basic " + base64_encode(user + ":") + "\r\n";
    const std::string url = rig_.origin_url();
    client.send("GET " + url + "/ HTTP/1.1\r\nHost: " + url.substr(7) + "\r\n" + named + "\r\n");
    const std::string status = client.read_until("\r\n");
    client.read_until(status.starts_with("HTTP/1.1 200") ? "hello" : "}\n");
    return status.substr(9, 3);
  }
  std::uint64_t forwarded(const std::string& name) const {
    const auto session = sessions_->find(name);
    return session == nullptr ? 0 : session->summary().forwarded;
  }
  std::shared_ptr<engine::Sessions> sessions_ = std::make_shared<engine::Sessions>(
      nullptr,
      engine::SessionsOptions{.by_user = true, .forwards = true, .most = 3, .maker = std::make_shared<Maker>()});
  test::Rig rig_{{}, test::hello, sessions_};
};

TEST_F(ClientSession, IsThatOfTheUserOfEachRequest) {
  test::Client client(rig_.proxy());
  for (const char* user : {"a", "b", "a", "a"}) EXPECT_EQ(ask(client, user), "200");
  EXPECT_EQ(forwarded("a"), 3U);
  EXPECT_EQ(forwarded("b"), 1U);
}

TEST_F(ClientSession, IsLookedUpAnewWhenItHasEnded) {
  test::Client client(rig_.proxy());
  EXPECT_EQ(ask(client, "a"), "200");
  ASSERT_TRUE(sessions_->eject("a"));
  EXPECT_EQ(ask(client, "a"), "200");
  EXPECT_EQ(forwarded("a"), 1U);
}

TEST_F(ClientSession, WithoutANameThereIsNone) {
  test::Client client(rig_.proxy());
  EXPECT_EQ(ask(client, ""), "407");
}

TEST_F(ClientSession, WhyItCanNotBeOpenedIsTold) {
  const std::pair<const char*, const char*> cases[] = {{"No Name", "407"}, {"refused", "403"}, {"broken", "503"}};
  for (const auto& [user, status] : cases) {
    test::Client client(rig_.proxy());
    EXPECT_EQ(ask(client, user), status) << user;
  }
}

TEST_F(ClientSession, TooManyAreRefused) {
  test::Client client(rig_.proxy());
  for (const char* user : {"a", "b", "c"}) EXPECT_EQ(ask(client, user), "200");
  EXPECT_EQ(ask(client, "d"), "503");
}

}  // namespace
}  // namespace cvr::net
