#include "run.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <deque>

#include "connection.h"

namespace cvr::load {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;

std::uint64_t nanoseconds(double seconds) { return static_cast<std::uint64_t>(seconds * kSecond); }

std::string authority(const Url& url) {
  const bool usual = url.port == (url.https ? 443 : 80);
  return usual ? url.host : url.host + ":" + std::to_string(url.port);
}

std::string connect_request(const Options& options) {
  if (!options.proxy.given() || options.absolute) return {};
  const std::string target = options.url.host + ":" + std::to_string(options.url.port);
  return "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n";
}

std::string request_template(const Options& options) {
  std::string text = options.method + " ";
  if (options.absolute) text += (options.url.https ? "https://" : "http://") + authority(options.url);
  text += options.url.target + " HTTP/1.1\r\nHost: " + authority(options.url) + "\r\n";
  text += "User-Agent: cvr-load\r\nAccept: */*\r\n";
  for (const auto& line : options.headers) text += line + "\r\n";
  if (options.fresh) text += "Connection: close\r\n";
  if (options.body_bytes > 0) text += "Content-Length: " + std::to_string(options.body_bytes) + "\r\n";
  return text + "\r\n" + std::string(options.body_bytes, 'x');
}

// Counts turns and answers; knows whether they are measured.
class Scores : public Course {
 public:
  explicit Scores(const Options& options) : options_(options) {}

  bool take_turn() override {
    if (options_.requests != 0 && turns_ == options_.requests) return false;
    ++turns_;
    return true;
  }
  void connected(std::uint64_t nanoseconds) override {
    ++connections_;
    if (measuring_) totals.connecting.add(nanoseconds);
  }
  void answered(const Answer& answer) override {
    ++heard_;
    if (!measuring_) return;
    ++totals.answers;
    totals.body_bytes += answer.body_bytes;
    totals.latency.add(answer.nanoseconds);
    ++totals.statuses[answer.status];
    const bool size_fits =
        options_.expect_bytes < 0 || answer.body_bytes == static_cast<std::uint64_t>(options_.expect_bytes);
    if (answer.status != options_.expect_status || !size_fits) ++totals.unexpected;
  }
  void failed(const char* where) override {
    ++lost_;
    ++totals.failures[where];  // in the warm-up too: it tells why nothing was measured
  }

  void measure() { measuring_ = true; }
  std::uint64_t connections() const { return connections_; }
  std::uint64_t heard() const { return heard_; }
  // All requests of a counted run are answered or lost.
  bool all_told() const { return options_.requests != 0 && heard_ + lost_ >= options_.requests; }
  bool may_go_on() const { return options_.requests == 0 || turns_ < options_.requests; }

  Totals totals;

 private:
  const Options& options_;
  bool measuring_ = false;
  std::uint64_t turns_ = 0;
  std::uint64_t connections_ = 0;
  std::uint64_t heard_ = 0;
  std::uint64_t lost_ = 0;
};

class Loop {
 public:
  Loop(const Options& options, SSL_CTX* tls, int epoll_fd)
      : options_(options),
        scores_(options),
        requests_(request_template(options), options.first, options.keys, options.scattered),
        plan_{options, tls, connect_request(options), requests_, scores_, epoll_fd} {
    for (int i = 0; i < options.connections; ++i) connections_.emplace_back(plan_);
  }

  Totals run() {
    scores_.totals.memory_before = memory_of(options_.pids);
    for (auto& connection : connections_) connection.start();
    last_heard_ = now_ns();
    if (options_.requests == 0) {
      turn([this] { return scores_.connections() >= connections_.size(); },
           last_heard_ + nanoseconds(options_.stall_seconds));
      turn([] { return false; }, now_ns() + nanoseconds(options_.warm_up_seconds));
    }
    measure();
    return std::move(scores_.totals);
  }

 private:
  void measure() {
    Totals& totals = scores_.totals;
    const double cpu_before = cpu_seconds(options_.pids);
    const double own_before = own_cpu_seconds();
    const std::uint64_t began = now_ns();
    scores_.measure();
    const std::uint64_t until = options_.requests == 0 ? began + nanoseconds(options_.seconds) : UINT64_MAX;
    turn([this] { return scores_.all_told(); }, until);
    totals.seconds = static_cast<double>(now_ns() - began) / kSecond;
    totals.watched_cpu_seconds = cpu_seconds(options_.pids) - cpu_before;
    totals.own_cpu_seconds = own_cpu_seconds() - own_before;
    totals.memory_after = memory_of(options_.pids);
  }

  // Serves events until `done`, `until` (monotonic) or a stall.
  template <class Done>
  void turn(Done done, std::uint64_t until) {
    std::array<epoll_event, 256> events;
    while (!done() && !scores_.totals.stalled) {
      const std::uint64_t now = now_ns();
      if (now >= until) return;
      look_after(now);
      const int count = epoll_wait(plan_.epoll_fd, events.data(), events.size(), 10);
      for (int i = 0; i < count; ++i) static_cast<Connection*>(events[i].data.ptr)->on_event();
    }
  }

  // Every 20 ms: starts lost connections again, and notices a stall.
  void look_after(std::uint64_t now) {
    if (now - last_look_ < kSecond / 50) return;
    last_look_ = now;
    for (auto& connection : connections_) {
      if (connection.idle() && scores_.may_go_on()) connection.start();
    }
    if (scores_.heard() != heard_) {
      heard_ = scores_.heard();
      last_heard_ = now;
    }
    scores_.totals.stalled = now - last_heard_ > nanoseconds(options_.stall_seconds);
  }

  const Options& options_;
  Scores scores_;
  RequestMaker requests_;
  Plan plan_;
  std::deque<Connection> connections_;  // their addresses stand in the epoll set
  std::uint64_t last_look_ = 0;
  std::uint64_t heard_ = 0;
  std::uint64_t last_heard_ = 0;
};

}  // namespace

std::expected<Totals, std::string> run(const Options& options) {
  TlsContext tls;
  if (options.url.https && !options.absolute) {
    tls = make_tls_context(options.ca_file);
    if (!tls) return std::unexpected("TLS cannot be set up; is this a file of certificates: " + options.ca_file);
  }
  const int epoll_fd = epoll_create1(EPOLL_CLOEXEC);
  if (epoll_fd < 0) return std::unexpected("no epoll");
  Totals totals = Loop(options, tls.get(), epoll_fd).run();
  ::close(epoll_fd);
  return totals;
}

}  // namespace cvr::load
