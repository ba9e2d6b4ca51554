// One client of the load: connects, asks, reads the answer, asks again.  A state machine that runs
// until the socket has nothing more to give and is then called again on the next epoll edge.
#pragma once

#include <cstdint>
#include <string>

#include "channel.h"
#include "request_maker.h"
#include "response_parser.h"

namespace cvr::load {

struct Answer {
  int status = 0;
  std::uint64_t body_bytes = 0;
  std::uint64_t nanoseconds = 0;  // from before the request was written; with --fresh from connect
};

// What the connections of one run share, and tell.
class Course {
 public:
  virtual ~Course() = default;
  // Whether another request may be sent; counts it when so.
  virtual bool take_turn() = 0;
  virtual void connected(std::uint64_t nanoseconds) = 0;  // TCP, CONNECT and TLS together
  virtual void answered(const Answer& answer) = 0;
  virtual void failed(const char* where) = 0;  // a request or connection was lost
};

// All that is the same for every connection.  Must outlive them.
struct Plan {
  const Options& options;
  SSL_CTX* tls;          // nullptr: clear text
  std::string preamble;  // the CONNECT request; empty without
  RequestMaker& requests;
  Course& course;
  int epoll_fd;
};

class Connection {
 public:
  explicit Connection(Plan& plan) : plan_(plan) {}

  void start();
  void on_event();
  // Neither connected nor waiting: a new start may help.
  bool idle() const { return step_ == Step::kIdle; }

 private:
  enum class Step : std::uint8_t { kIdle, kConnecting, kPreamble, kPreambleAnswer, kHandshake, kWriting, kReading };
  // Whether the step was done and the next may be tried at once.
  enum class Next : std::uint8_t { kGoOn, kWait };

  Next finish_connect();
  Next send_out(Step then, const char* where);
  Next read_preamble_answer();
  Next begin_tls();
  Next handshake();
  Next read_response();
  Next established();
  Next begin_request();
  Next finish_response();
  Next fail(const char* where);

  Plan& plan_;
  Channel channel_;
  Step step_ = Step::kIdle;
  std::string out_;
  std::size_t sent_ = 0;
  std::string preamble_answer_;
  ResponseParser parser_;
  std::uint64_t connect_began_ = 0;
  std::uint64_t request_began_ = 0;
};

std::uint64_t now_ns();  // monotonic

}  // namespace cvr::load
