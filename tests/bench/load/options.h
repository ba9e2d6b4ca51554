// What the load client is told on its command line.
#pragma once

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <vector>

namespace cvr::load {

// A loopback address; the client dials no other.
struct Address {
  std::uint32_t ipv4 = 0;  // host byte order; 0: none given
  std::uint16_t port = 0;
  bool given() const { return ipv4 != 0; }
};

struct Url {
  bool https = true;
  std::string host;
  std::uint16_t port = 443;
  std::string target = "/";  // path and query
};

struct Options {
  Url url;
  Address proxy;          // through a forward proxy, or
  Address connect_to;     // straight to a server that answers for the host of the URL
  bool absolute = false;  // through the proxy in absolute-form, in clear text, without CONNECT

  std::string method = "GET";
  std::vector<std::string> headers;  // whole lines
  std::uint64_t body_bytes = 0;

  int connections = 1;
  bool fresh = false;  // a connection for each request
  double seconds = 3;  // measured, after
  double warm_up_seconds = 0.5;
  std::uint64_t requests = 0;  // instead of a duration: exactly so many, no warm-up
  double stall_seconds = 20;   // without any answer: give up

  std::uint64_t first = 0;  // of the numbers that stand for {n}
  std::uint64_t keys = 0;
  bool scattered = false;

  std::string ca_file;  // verify the server by it; without: no verification
  std::vector<int> pids;
  int expect_status = 200;
  std::int64_t expect_bytes = -1;  // of each body; -1: any
};

// `arguments` without the program's name.  The error is one line for people.
std::expected<Options, std::string> read_options(std::span<char* const> arguments);

extern const char kUsage[];

}  // namespace cvr::load
