#include "connection.h"

#include <sys/epoll.h>

#include <array>
#include <ctime>

namespace cvr::load {

std::uint64_t now_ns() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000u + static_cast<std::uint64_t>(time.tv_nsec);
}

void Connection::start() {
  connect_began_ = now_ns();
  const Address& peer = plan_.options.proxy.given() ? plan_.options.proxy : plan_.options.connect_to;
  step_ = Step::kConnecting;
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.ptr = this;
  if (!channel_.open(peer) || epoll_ctl(plan_.epoll_fd, EPOLL_CTL_ADD, channel_.fd(), &event) != 0) fail("connect");
}

void Connection::on_event() {
  Next next = Next::kGoOn;
  while (next == Next::kGoOn) {
    switch (step_) {
      case Step::kIdle:
        return;
      case Step::kConnecting:
        next = finish_connect();
        break;
      case Step::kPreamble:
        next = send_out(Step::kPreambleAnswer, "CONNECT");
        break;
      case Step::kPreambleAnswer:
        next = read_preamble_answer();
        break;
      case Step::kHandshake:
        next = handshake();
        break;
      case Step::kWriting:
        next = send_out(Step::kReading, "write");
        break;
      case Step::kReading:
        next = read_response();
        break;
    }
  }
}

Connection::Next Connection::finish_connect() {
  const auto outcome = channel_.finish_connect();
  if (outcome == Channel::Outcome::kAgain) return Next::kWait;
  if (outcome != Channel::Outcome::kMoved) return fail("connect");
  if (plan_.preamble.empty()) return begin_tls();
  out_ = plan_.preamble;
  sent_ = 0;
  preamble_answer_.clear();
  step_ = Step::kPreamble;
  return Next::kGoOn;
}

Connection::Next Connection::send_out(Step then, const char* where) {
  const auto [outcome, bytes] = channel_.write(std::string_view(out_).substr(sent_));
  if (outcome == Channel::Outcome::kAgain) return Next::kWait;
  if (outcome != Channel::Outcome::kMoved) return fail(where);
  sent_ += bytes;
  if (sent_ < out_.size()) return Next::kGoOn;
  step_ = then;
  // The answer cannot be here yet: its arrival is an edge of its own, and a read now is wasted.
  return Next::kWait;
}

// Takes the answer to CONNECT and not one byte of what follows it: that is TLS's.
Connection::Next Connection::read_preamble_answer() {
  std::array<char, 4096> buffer;
  const auto [outcome, bytes] = channel_.peek(buffer);
  if (outcome == Channel::Outcome::kAgain) return Next::kWait;
  if (outcome != Channel::Outcome::kMoved) return fail("answer to CONNECT");
  const std::size_t before = preamble_answer_.size();
  preamble_answer_.append(buffer.data(), bytes);
  const auto end = preamble_answer_.find("\r\n\r\n");
  if (end != std::string::npos) preamble_answer_.resize(end + 4);
  channel_.read(std::span(buffer).first(preamble_answer_.size() - before));
  if (end == std::string::npos) return preamble_answer_.size() > 65536 ? fail("answer to CONNECT") : Next::kGoOn;
  if (preamble_answer_.find(" 200") != 8) return fail("CONNECT refused");
  return begin_tls();
}

Connection::Next Connection::begin_tls() {
  if (plan_.tls == nullptr) return established();
  if (!channel_.start_tls(plan_.tls, plan_.options.url.host)) return fail("TLS");
  step_ = Step::kHandshake;
  return Next::kGoOn;
}

Connection::Next Connection::handshake() {
  const auto outcome = channel_.handshake();
  if (outcome == Channel::Outcome::kAgain) return Next::kWait;
  if (outcome != Channel::Outcome::kMoved) return fail("TLS handshake");
  return established();
}

Connection::Next Connection::established() {
  plan_.course.connected(now_ns() - connect_began_);
  return begin_request();
}

Connection::Next Connection::begin_request() {
  if (!plan_.course.take_turn()) {
    channel_.close(true);
    step_ = Step::kIdle;
    return Next::kWait;
  }
  plan_.requests.next(&out_);
  sent_ = 0;
  parser_.start(plan_.options.method == "HEAD");
  request_began_ = plan_.options.fresh ? connect_began_ : now_ns();
  step_ = Step::kWriting;
  return Next::kGoOn;
}

Connection::Next Connection::read_response() {
  static std::array<char, 64 * 1024> buffer;  // one thread; nothing in it outlives this call
  const auto [outcome, bytes] = channel_.read(buffer);
  if (outcome == Channel::Outcome::kAgain) return Next::kWait;
  if (outcome == Channel::Outcome::kMoved) {
    const std::size_t used = parser_.feed(std::string_view(buffer.data(), bytes));
    if (used != bytes) return fail("more bytes than the response");
  } else {
    parser_.end();
    if (parser_.state() == ResponseParser::State::kBad) return fail("connection closed");
  }
  switch (parser_.state()) {
    case ResponseParser::State::kReading:
      return Next::kGoOn;
    case ResponseParser::State::kBad:
      return fail("bad response");
    case ResponseParser::State::kDone:
      break;
  }
  return finish_response();
}

Connection::Next Connection::finish_response() {
  plan_.course.answered({parser_.status(), parser_.body_bytes(), now_ns() - request_began_});
  if (parser_.keeps_alive() && !plan_.options.fresh) return begin_request();
  channel_.close(true);
  start();
  return Next::kWait;
}

Connection::Next Connection::fail(const char* where) {
  plan_.course.failed(where);
  channel_.close();
  step_ = Step::kIdle;
  return Next::kWait;
}

}  // namespace cvr::load
