// A small origin server for what CVR itself serves: the sandbox stand-in, doctor's throw-away
// origin.  One thread of its own; the handler is called on it, one request at a time.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "cvr/certificate_authority.h"
#include "cvr/proxy.h"

namespace cvr::net {

struct OriginReply {
  enum class Action : std::uint8_t { kRespond, kReset, kClose };
  http::Response response;
  Action action = Action::kRespond;
  int delay_ms = 0;
};
using OriginHandler = std::function<OriginReply(const http::Request&)>;

struct OriginOptions {
  Endpoint listen{"127.0.0.1", 0};
  std::shared_ptr<certs::Authority> authority;  // null: plain HTTP
  http::Origin origin;                          // what requests are addressed to; its host has the leaf
};

class OriginServer {
 public:
  static Result<std::unique_ptr<OriginServer>> start(OriginOptions options, OriginHandler handler);
  virtual ~OriginServer() = default;  // stops and joins
  virtual Endpoint address() const = 0;
};

}  // namespace cvr::net
