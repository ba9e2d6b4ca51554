// One connection's byte stream: a non-blocking loopback socket, in clear text until start_tls.
// Owns the descriptor and the TLS state.  Not copyable, not movable (OpenSSL keeps no pointer to
// it, the epoll set does).  One thread at a time.
#pragma once

#include <openssl/ssl.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "options.h"

namespace cvr::load {

struct TlsContextDeleter {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using TlsContext = std::unique_ptr<SSL_CTX, TlsContextDeleter>;

// TLS 1.3 with what a modern client offers.  nullptr when the CA file cannot be used.
TlsContext make_tls_context(const std::string& ca_file);

class Channel {
 public:
  enum class Outcome : unsigned char { kMoved, kAgain, kClosed, kFailed };
  struct Transfer {
    Outcome outcome;
    std::size_t bytes = 0;
  };

  Channel() = default;
  ~Channel() { close(); }
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  // Begins to connect.  False when the machine refuses at once.
  bool open(const Address& address);
  // After the socket became writable: whether it is connected.
  Outcome finish_connect() const;

  // `host` goes into SNI and, when the context verifies, is checked.
  bool start_tls(SSL_CTX* context, const std::string& host);
  Outcome handshake();

  Transfer write(std::string_view bytes);
  Transfer read(std::span<char> buffer);
  // In clear text only: looks at bytes without taking them.
  Transfer peek(std::span<char> buffer) const;

  // Says goodbye (close_notify) when `politely`.
  void close(bool politely = false);
  bool is_open() const { return fd_ >= 0; }
  int fd() const { return fd_; }

 private:
  Outcome tls_outcome(int result);

  int fd_ = -1;
  SSL* tls_ = nullptr;
};

}  // namespace cvr::load
