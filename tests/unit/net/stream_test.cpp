// A peer that always has bytes there.
#include "net/stream.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace cvr::net {
namespace {

class StreamTest : public ::testing::Test {
 protected:
  StreamTest() {
    int ends[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends), 0);
    Socket socket(io_);
    socket.assign(asio::generic::stream_protocol(AF_UNIX, 0), ends[0]);
    fd_ = ends[1];
    stream_ = std::make_unique<Stream>(std::move(socket), sweeper_);
    const std::string piece(4096, 'x');
    for (ssize_t n = 0; n >= 0 && there_ < 160 * 1024; there_ += static_cast<std::size_t>(std::max<ssize_t>(n, 0)))
      n = ::send(fd_, piece.data(), piece.size(), MSG_NOSIGNAL);
    EXPECT_GT(there_, 96U * 1024);
  }
  ~StreamTest() override { ::close(fd_); }

  awaitable<void> read_all() {
    char bytes[4096];
    while (last_ && got_ < there_) {
      last_ = co_await stream_->read_some(bytes);
      got_ += last_.bytes;
    }
  }

  asio::io_context io_{1};
  Sweeper sweeper_{io_};
  std::unique_ptr<Stream> stream_;
  int fd_ = -1;
  std::size_t there_ = 0, got_ = 0;
  Io last_;
};

TEST_F(StreamTest, OthersHaveTheirTurn) {
  asio::co_spawn(io_, read_all(), asio::detached);
  std::size_t at = 0;
  asio::post(io_, [&] { at = got_; });
  io_.run();
  EXPECT_EQ(at, 64U * 1024);
  EXPECT_EQ(got_, there_);
}

TEST_F(StreamTest, ADeadlineIsSeen) {
  asio::co_spawn(io_, read_all(), asio::detached);
  asio::post(io_, [&] { sweeper_.expire_all(); });
  io_.run();
  EXPECT_EQ(last_.status, IoStatus::kTimeout);
  EXPECT_EQ(got_, 64U * 1024);
}

TEST_F(StreamTest, AStreamThatOthersHaveClosedIsNotRead) {
  asio::co_spawn(io_, read_all(), asio::detached);
  asio::post(io_, [&] { stream_->close(); });
  io_.run();
  EXPECT_EQ(last_.status, IoStatus::kReset);
  EXPECT_EQ(got_, 64U * 1024);
}

}  // namespace
}  // namespace cvr::net
