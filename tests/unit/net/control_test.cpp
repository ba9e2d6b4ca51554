#include "net/control.h"

#include <gtest/gtest.h>

#include "support/random.h"
#include "unit/net/rig.h"

namespace cvr::net {
namespace {

TEST(ControlGate, HostNamesTheControlPages) {
  const Endpoint at{"127.0.0.1", 9000}, proxy{"127.0.0.1", 8877};
  const auto names_control = [&](std::string_view host, Door door, const std::optional<Endpoint>& control_listen) {
    return net::names_control(host, door, proxy, control_listen);
  };
  for (const Door door : {Door::kProxy, Door::kControl, Door::kControlSocket}) {
    for (const char* host : {"cvr.localhost", "CVR.localhost:80"}) EXPECT_TRUE(names_control(host, door, at));
    EXPECT_EQ(names_control("cvr.localhost:8877", door, at), door != Door::kControl);
    EXPECT_EQ(names_control("cvr.localhost:9000", door, at), door == Door::kControl);
    for (const char* host : {"cvr.localhost:1", "cvr.localhost:443"}) EXPECT_FALSE(names_control(host, door, at));
    for (const char* host :
         {"", "evil.test", "cvr.localhost.evil.test", "xcvr.localhost", "cvr.localhost:x", "127.0.0.1"})
      EXPECT_FALSE(names_control(host, door, at)) << host;
  }
  for (const char* host : {"127.0.0.1:9000", "localhost:9000"}) {
    EXPECT_TRUE(names_control(host, Door::kControl, at)) << host;
    EXPECT_FALSE(names_control(host, Door::kProxy, at)) << host;
    EXPECT_FALSE(names_control(host, Door::kControl, std::nullopt)) << host;
  }
  for (const char* host : {"localhost:9001", "localhost", "127.0.0.2:9000"})
    EXPECT_FALSE(names_control(host, Door::kControl, at)) << host;
  EXPECT_TRUE(names_control("[::1]:9000", Door::kControl, Endpoint{"::1", 9000}));
  EXPECT_TRUE(names_control("localhost", Door::kControlSocket, std::nullopt));
}

TEST(ControlGate, OnlyItsOwnOriginMayAsk) {
  EXPECT_TRUE(is_own_origin("http://cvr.localhost", "cvr.localhost"));
  EXPECT_TRUE(is_own_origin("http://cvr.localhost:8877", "cvr.localhost:8877"));
  for (const char* origin : {"", "null", "http://evil.test", "https://cvr.localhost", "http://cvr.localhost:1",
                             "http://cvr.localhost.evil.test", "http://cvr.localhost/", "cvr.localhost"})
    EXPECT_FALSE(is_own_origin(origin, "cvr.localhost")) << origin;
}

TEST(ControlGate, TheTokenIsWholeOrWrong) {
  const std::string token = cvr::test::random_hex(64);
  EXPECT_TRUE(is_token(token, token));
  EXPECT_FALSE(is_token(token.substr(1), token));
  EXPECT_FALSE(is_token(token + "0", token));
  std::string other = token;
  other.back() = other.back() == '0' ? '1' : '0';
  EXPECT_FALSE(is_token(other, token));
  EXPECT_FALSE(is_token("", ""));  // a proxy without one
}

TEST(ControlGate, WithoutATokenNothingChanges) {
  const test::Rig rig({}, test::hello);
  test::Client client(rig.proxy());
  client.send("POST /api/v1/sessions/default/rewind HTTP/1.1\r\nHost: cvr.localhost\r\nX-CVR-Token: 0\r\n\r\n");
  EXPECT_TRUE(client.read_until("\r\n").starts_with("HTTP/1.1 403 "));
}

}  // namespace
}  // namespace cvr::net
