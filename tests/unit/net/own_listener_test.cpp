#include "net/own_listener.h"

namespace cvr::net {
namespace {

asio::ip::tcp::endpoint at(const char* address, std::uint16_t port = 8877) {
  return {asio::ip::make_address(address), port};
}

TEST(OwnListener, AnotherPortIsAnotherServer) {
  EXPECT_FALSE(reaches(at("127.0.0.1", 8878), {"127.0.0.1", 8877}));
  EXPECT_TRUE(reaches(at("127.0.0.1"), {"127.0.0.1", 8877}));
}

TEST(OwnListener, AnotherAddressOfThisMachineIsAnotherServer) {
  EXPECT_FALSE(reaches(at("127.0.0.2"), {"127.0.0.1", 8877}));
  EXPECT_FALSE(reaches(at("127.0.0.1"), {"192.0.2.1", 8877}));
  EXPECT_FALSE(reaches(at("::1"), {"127.0.0.1", 8877}));
  EXPECT_TRUE(reaches(at("::ffff:127.0.0.1"), {"127.0.0.1", 8877}));
}

TEST(OwnListener, TheUnspecifiedAddressIsEveryOneOfThisMachine) {
  EXPECT_TRUE(reaches(at("127.0.0.1"), {"0.0.0.0", 8877}));
  EXPECT_TRUE(reaches(at("127.9.9.9"), {"0.0.0.0", 8877}));
  EXPECT_FALSE(reaches(at("192.0.2.1"), {"0.0.0.0", 8877}));  // TEST-NET-1: no machine has it
  EXPECT_FALSE(reaches(at("::1"), {"0.0.0.0", 8877}));
  EXPECT_TRUE(reaches(at("::1"), {"::", 8877}));
  EXPECT_TRUE(reaches(at("127.0.0.1"), {"::", 8877}));
}

TEST(OwnListener, ConnectingToTheUnspecifiedAddressReachesLoopback) {
  EXPECT_TRUE(reaches(at("0.0.0.0"), {"127.0.0.1", 8877}));
  EXPECT_TRUE(reaches(at("::"), {"::1", 8877}));
  EXPECT_FALSE(reaches(at("0.0.0.0"), {"192.0.2.1", 8877}));
}

TEST(OwnListener, RulesNameItByAddressOrAsLocalhost) {
  const Endpoint own{"127.0.0.1", 8877};
  for (const char* host : {"127.0.0.1", "localhost", "0.0.0.0", "cvr.localhost"}) {
    EXPECT_TRUE(names_listener({"a.test", 443, host, 8877}, own)) << host;
    EXPECT_FALSE(names_listener({"a.test", 443, host, 8878}, own)) << host;
  }
  EXPECT_FALSE(names_listener({"a.test", 443, "b.test", 8877}, own));
  EXPECT_FALSE(names_listener({"a.test", 443, "", 8877}, own));
}

}  // namespace
}  // namespace cvr::net
