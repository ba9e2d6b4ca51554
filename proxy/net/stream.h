// One connection: a socket, with TLS over it once a handshake was made.
//
// TLS works directly on the descriptor (no second pair of buffers): a call tries, and only when the
// kernel has nothing does the coroutine wait.  So a request that has arrived costs one read and an
// answer that fits costs one write.
//
// Ownership: owns the socket and the TLS object.  One thread at a time (its shard's); one reader
// and one writer coroutine may be active at once.  Nothing here throws.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "net/sweeper.h"

namespace cvr::net {

enum class IoStatus : std::uint8_t { kOk, kWouldBlock, kEof, kReset, kTimeout, kTls };

struct Io {
  IoStatus status = IoStatus::kOk;
  std::size_t bytes = 0;
  explicit operator bool() const { return status == IoStatus::kOk; }
};

class Stream : public Sweepable {
 public:
  Stream(Socket socket, Sweeper& sweeper);
  ~Stream() override;

  // Immediate attempts.  kWouldBlock: wait and try again.
  Io try_read(std::span<char> into);
  Io try_write(std::string_view bytes);

  // At least one byte, or why not.  Lets others of the shard have their turn, however fast the peer sends.
  awaitable<Io> read_some(std::span<char> into);
  awaitable<Io> write(std::string_view bytes);  // all, or why not
  awaitable<Io> wait_readable();                // does not read; returns at once when TLS holds bytes

  // Handshakes.  On kTls, tls_problem() says more.
  // `early`: bytes of the ClientHello that were read already.  `may_http2`: for clients that offer nothing else.
  awaitable<Io> accept_tls(std::shared_ptr<SSL_CTX> context, const std::string& early, bool may_http2 = false);
  awaitable<Io> connect_tls(std::shared_ptr<SSL_CTX> context, const std::string& host);

  // Looks without taking: what a handshake will read must stay in the socket.
  awaitable<Io> peek(std::span<char> into);

  bool is_tls() const { return ssl_ != nullptr; }
  const SSL* tls() const { return ssl_; }  // null: none
  std::string server_name() const;         // SNI of the client, lower case; empty without
  const std::string& tls_problem() const { return tls_problem_; }
  // After a handshake of accept_tls that failed: the message that the client began it with.
  const std::string& client_hello() const { return client_hello_; }

  bool is_open() const { return socket_.is_open(); }
  void close();           // orderly: close_notify, FIN
  void reset();           // RST: what was written may be lost on its way
  void abort();           // FIN without close_notify: what was written arrives, and is seen to be cut
  void finish_writing();  // FIN only
  // By reset or abort: for who reads the other end within this process, where both look like close.
  bool was_cut() const { return cut_; }
  // True when the peer has closed or sent something unasked: an idle upstream is stale then.
  bool is_stale();
  Socket& socket() { return socket_; }
  bool was_timed_out() const { return late_; }
  // After a deadline that one more answer follows (408).
  void forgive() { late_ = false; }

 private:
  void on_late() override;
  void begin_tls(std::shared_ptr<SSL_CTX> context);
  Io tls_result(int result);
  void read_from_socket();
  awaitable<Io> wait(bool for_write);
  awaitable<Io> handshake();
  awaitable<Io> yield();

  Socket socket_;
  std::shared_ptr<SSL_CTX> context_;
  SSL* ssl_ = nullptr;
  std::string tls_problem_;
  std::string client_hello_;
  std::size_t unbroken_ = 0;  // read since other coroutines had their turn
  bool reads_early_ = false;  // TLS reads from memory first
  bool wants_write_ = false;  // what TLS waits for
  bool late_ = false;
  bool cut_ = false;
};

}  // namespace cvr::net
