#include "net/inner_connection.h"

#include <unistd.h>

#include "unit/net/http2_rig.h"

namespace cvr::net {
namespace {

class InnerConnectionTest : public ::testing::Test {
 protected:
  explicit InnerConnectionTest(const ProxyLimits& limits = {}) : rig_(limits, test::hello) {
    auto [socket, fd] = rig_.pair();
    fd_ = fd;
    outer_ = std::make_unique<ClientConnection>(rig_.shard(), std::move(socket), Door::kProxy);
  }
  ~InnerConnectionTest() override { ::close(fd_); }

  std::unique_ptr<InnerConnection> open() { return InnerConnection::open(*outer_, rig_.entry(), alive_); }

  // Sends `request`, reads until `needle` has come, or the end.
  std::string exchange(InnerConnection& inner, const std::string& request, const std::string& needle) {
    std::string got;
    asio::co_spawn(rig_.shard().io, talk(inner, request, needle, got), asio::detached);
    run();
    return got;
  }
  void run() {
    rig_.shard().io.restart();
    while (rig_.shard().io.run_one_for(std::chrono::milliseconds(200)) > 0) {
    }
  }
  std::string request(const std::string& host) const { return "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n"; }

  test::ShardRig rig_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
  std::unique_ptr<ClientConnection> outer_;
  int fd_ = -1;

 private:
  static awaitable<void> talk(InnerConnection& inner, std::string request, std::string needle, std::string& got) {
    co_await inner.stream().write(request);
    while (got.find(needle) == std::string::npos) {
      const Io io = co_await inner.stream().read_some(inner.buffer().prepare());
      if (!io) co_return;
      inner.buffer().commit(io.bytes);
      got += inner.buffer().view();
      inner.buffer().consume(inner.buffer().view().size());
    }
  }
};

TEST_F(InnerConnectionTest, CarriesRequestsLikeAnyOther) {
  auto inner = open();
  ASSERT_NE(inner, nullptr);
  EXPECT_EQ(*alive_, 1);
  for (int i = 0; i < 2; ++i)
    EXPECT_TRUE(exchange(*inner, request(rig_.authority()), "hello").starts_with("HTTP/1.1 200"));
  EXPECT_TRUE(exchange(*inner, request("other.test"), "}\n").starts_with("HTTP/1.1 421"));
  inner->stream().close();
  run();
  EXPECT_EQ(*alive_, 0);
}

TEST_F(InnerConnectionTest, IsUsedAgainForHalfTheIdleTimeout) {
  auto inner = open();
  inner->park();
  EXPECT_TRUE(inner->is_usable(1000));
  rig_.shard().sweeper.set_now_ms(rig_.shard().sweeper.now_ms() + 499);
  EXPECT_TRUE(inner->is_usable(1000));
  rig_.shard().sweeper.set_now_ms(rig_.shard().sweeper.now_ms() + 1);
  EXPECT_FALSE(inner->is_usable(1000));
  inner->park();
  inner->stream().close();
  EXPECT_FALSE(inner->is_usable(1000));
  run();
}

TEST_F(InnerConnectionTest, WhatTheFarEndHeldIsReleasedWhenItEnds) {
  auto inner = open();
  const int before = rig_.shard().connections;
  EXPECT_TRUE(exchange(*inner, "GET / HTTP/1.1\r\nConnection: close\r\nHost: " + rig_.authority() + "\r\n\r\n", "hello")
                  .starts_with("HTTP/1.1 200"));
  run();
  EXPECT_EQ(*alive_, 0);
  EXPECT_EQ(rig_.shard().connections, before - 1);
  EXPECT_FALSE(inner->was_cut());
  EXPECT_FALSE(inner->is_usable(1000));
}

TEST_F(InnerConnectionTest, SaysWhetherItWasCut) {
  auto inner = open();
  EXPECT_FALSE(inner->was_cut());
  exchange(*inner, "\x01", "}\n");
  EXPECT_FALSE(inner->was_cut());  // refused, and closed in order
  inner->stream().close();
  run();
}

class FewConnections : public InnerConnectionTest {
 protected:
  static ProxyLimits few() {
    ProxyLimits limits;
    limits.most_connections = 2;
    return limits;
  }
  FewConnections() : InnerConnectionTest(few()) {}
};

TEST_F(FewConnections, AreNotExceeded) {
  auto first = open();
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(open(), nullptr);
  first->stream().close();
  run();
  first.reset();
  auto second = open();
  ASSERT_NE(second, nullptr);
  second->stream().close();
  run();
}

}  // namespace
}  // namespace cvr::net
