#include "net/stream.h"

#include <openssl/err.h>
#include <openssl/sslerr.h>
#include <sys/socket.h>

#include <cerrno>

#include "certs/alpn.h"
#include "certs/upstream_context.h"
#include "cvr/http.h"

namespace cvr::net {
namespace {

constexpr std::size_t kMostUnbroken = 64 * 1024;

Io from_errno(int error_number) {
  if (error_number == EAGAIN || error_number == EWOULDBLOCK) return {IoStatus::kWouldBlock, 0};
  return {IoStatus::kReset, 0};
}

void keep_client_hello(int is_written, int, int type, const void* bytes, std::size_t size, SSL*, void* into) {
  constexpr std::size_t kMost = 16 * 1024;
  const char* message = static_cast<const char*>(bytes);
  if (is_written != 0 || type != SSL3_RT_HANDSHAKE || size == 0 || size > kMost) return;
  if (*message == SSL3_MT_CLIENT_HELLO) static_cast<std::string*>(into)->assign(message, size);
}

}  // namespace

Stream::Stream(Socket socket, Sweeper& sweeper) : Sweepable(sweeper), socket_(std::move(socket)) {
  boost::system::error_code ignored;
  socket_.native_non_blocking(true, ignored);
}

Stream::~Stream() {
  close();
  if (ssl_ != nullptr) SSL_free(ssl_);
}

void Stream::on_late() {
  late_ = true;
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

Io Stream::tls_result(int result) {
  const int error = SSL_get_error(ssl_, result);
  const int error_number = errno;
  switch (error) {
    case SSL_ERROR_WANT_READ:
      if (reads_early_) read_from_socket();
      wants_write_ = false;
      return {IoStatus::kWouldBlock, 0};
    case SSL_ERROR_WANT_WRITE:
      wants_write_ = true;
      return {IoStatus::kWouldBlock, 0};
    case SSL_ERROR_ZERO_RETURN:
      return {IoStatus::kEof, 0};
    case SSL_ERROR_SYSCALL:
      ERR_clear_error();
      return error_number == 0 ? Io{IoStatus::kEof, 0} : Io{IoStatus::kReset, 0};
    default: {
      const unsigned long code = ERR_peek_last_error();
      if (ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING) {
        // Closed without close_notify, as many servers do; a body's framing tells whether it is whole.
        ERR_clear_error();
        return {IoStatus::kEof, 0};
      }
      const char* reason = ERR_reason_error_string(code);
      tls_problem_ = reason == nullptr ? "TLS failure" : reason;
      ERR_clear_error();
      return {IoStatus::kTls, 0};
    }
  }
}

Io Stream::try_read(std::span<char> into) {
  if (ssl_ != nullptr) {
    errno = 0;
    const int n = SSL_read(ssl_, into.data(), static_cast<int>(into.size()));
    return n > 0 ? Io{IoStatus::kOk, static_cast<std::size_t>(n)} : tls_result(n);
  }
  const ssize_t n = ::recv(socket_.native_handle(), into.data(), into.size(), 0);
  if (n > 0) return {IoStatus::kOk, static_cast<std::size_t>(n)};
  wants_write_ = false;
  return n == 0 ? Io{IoStatus::kEof, 0} : from_errno(errno);
}

Io Stream::try_write(std::string_view bytes) {
  if (ssl_ != nullptr) {
    errno = 0;
    const int size = static_cast<int>(std::min<std::size_t>(bytes.size(), 1 << 20));
    const int n = SSL_write(ssl_, bytes.data(), size);
    return n > 0 ? Io{IoStatus::kOk, static_cast<std::size_t>(n)} : tls_result(n);
  }
  const ssize_t n = ::send(socket_.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (n >= 0) return {IoStatus::kOk, static_cast<std::size_t>(n)};
  wants_write_ = true;
  return from_errno(errno);
}

awaitable<Io> Stream::wait(bool for_write) {
  if (late_) co_return Io{IoStatus::kTimeout, 0};
  const auto [error] = co_await socket_.async_wait(for_write ? Socket::wait_write : Socket::wait_read, kAsTuple);
  if (late_) co_return Io{IoStatus::kTimeout, 0};
  co_return error ? Io{IoStatus::kReset, 0} : Io{};
}

awaitable<Io> Stream::wait_readable() {
  if (ssl_ != nullptr && SSL_has_pending(ssl_) == 1) co_return Io{};
  co_return co_await wait(false);
}

// While bytes are always there nothing else of the shard would run: no other client, no deadline, no stop.
awaitable<Io> Stream::yield() {
  unbroken_ = 0;
  co_await asio::post(socket_.get_executor(), kAsTuple);
  if (late_) co_return Io{IoStatus::kTimeout, 0};
  co_return socket_.is_open() ? Io{} : Io{IoStatus::kReset, 0};
}

awaitable<Io> Stream::read_some(std::span<char> into) {
  if (unbroken_ >= kMostUnbroken) {
    const Io turn = co_await yield();
    if (!turn) co_return turn;
  }
  for (;;) {
    const Io io = try_read(into);
    unbroken_ += io.bytes;
    if (io.status != IoStatus::kWouldBlock) co_return io;
    unbroken_ = 0;
    const Io waited = co_await wait(wants_write_ && ssl_ != nullptr);
    if (!waited) co_return waited;
  }
}

awaitable<Io> Stream::write(std::string_view bytes) {
  std::size_t written = 0;
  while (written < bytes.size()) {
    const Io io = try_write(bytes.substr(written));
    if (io.status == IoStatus::kOk) {
      written += io.bytes;
      continue;
    }
    if (io.status != IoStatus::kWouldBlock) co_return io;
    const Io waited = co_await wait(wants_write_);
    if (!waited) co_return waited;
  }
  co_return Io{IoStatus::kOk, written};
}

awaitable<Io> Stream::peek(std::span<char> into) {
  for (;;) {
    const ssize_t n = ::recv(socket_.native_handle(), into.data(), into.size(), MSG_PEEK);
    if (n > 0) co_return Io{IoStatus::kOk, static_cast<std::size_t>(n)};
    if (n == 0) co_return Io{IoStatus::kEof, 0};
    if (const Io io = from_errno(errno); io.status != IoStatus::kWouldBlock) co_return io;
    const Io waited = co_await wait(false);
    if (!waited) co_return waited;
  }
}

void Stream::begin_tls(std::shared_ptr<SSL_CTX> context) {
  context_ = std::move(context);
  ssl_ = SSL_new(context_.get());
  CVR_CHECK(ssl_ != nullptr);
  SSL_set_fd(ssl_, static_cast<int>(socket_.native_handle()));
  SSL_set_mode(ssl_, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_set_read_ahead(ssl_, 1);
}

awaitable<Io> Stream::handshake() {
  for (;;) {
    errno = 0;
    ERR_clear_error();
    const int result = SSL_do_handshake(ssl_);
    if (result == 1) co_return Io{};
    const Io io = tls_result(result);
    if (io.status != IoStatus::kWouldBlock) co_return io;
    const Io waited = co_await wait(wants_write_);
    if (!waited) co_return waited;
  }
}

// What a client sent behind CONNECT without waiting is taken from memory, the rest from the socket.
void Stream::read_from_socket() {
  reads_early_ = false;
  SSL_set0_rbio(ssl_, BIO_new_socket(static_cast<int>(socket_.native_handle()), BIO_NOCLOSE));
}

awaitable<Io> Stream::accept_tls(std::shared_ptr<SSL_CTX> context, const std::string& early, bool may_http2) {
  begin_tls(std::move(context));
  if (may_http2) certs::offer_http2(ssl_);
  if (!early.empty()) {
    BIO* memory = BIO_new(BIO_s_mem());
    BIO_write(memory, early.data(), static_cast<int>(early.size()));
    BIO_set_mem_eof_return(memory, -1);
    SSL_set0_rbio(ssl_, memory);
    reads_early_ = true;
  }
  SSL_set_accept_state(ssl_);
  SSL_set_msg_callback(ssl_, keep_client_hello);
  SSL_set_msg_callback_arg(ssl_, &client_hello_);
  const Io io = co_await handshake();
  SSL_set_msg_callback(ssl_, nullptr);
  if (io) std::string().swap(client_hello_);
  co_return io;
}

awaitable<Io> Stream::connect_tls(std::shared_ptr<SSL_CTX> context, const std::string& host) {
  begin_tls(std::move(context));
  SSL_set_connect_state(ssl_);
  if (auto prepared = certs::prepare_upstream(ssl_, host); !prepared) {
    tls_problem_ = prepared.error().text;
    co_return Io{IoStatus::kTls, 0};
  }
  const Io io = co_await handshake();
  if (io.status == IoStatus::kTls) {
    if (std::string problem = certs::verify_problem(ssl_); !problem.empty()) tls_problem_ = std::move(problem);
  }
  co_return io;
}

std::string Stream::server_name() const {
  const char* name = ssl_ == nullptr ? nullptr : SSL_get_servername(ssl_, TLSEXT_NAMETYPE_host_name);
  return name == nullptr ? std::string() : http::to_lower(name);
}

void Stream::close() {
  if (!socket_.is_open()) return;
  boost::system::error_code ignored;
  if (ssl_ != nullptr && SSL_is_init_finished(ssl_) == 1) {
    SSL_shutdown(ssl_);  // one attempt; the peer need not answer
    ERR_clear_error();
  }
  socket_.shutdown(asio::socket_base::shutdown_both, ignored);
  socket_.close(ignored);
}

void Stream::abort() {
  cut_ = true;
  boost::system::error_code ignored;
  socket_.shutdown(asio::socket_base::shutdown_send, ignored);
  socket_.close(ignored);
}

void Stream::finish_writing() {
  boost::system::error_code ignored;
  if (ssl_ != nullptr) {
    SSL_shutdown(ssl_);
    ERR_clear_error();
  }
  socket_.shutdown(asio::socket_base::shutdown_send, ignored);
}

void Stream::reset() {
  cut_ = true;
  if (!socket_.is_open()) return;
  boost::system::error_code ignored;
  const linger hard{1, 0};
  ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  socket_.close(ignored);
}

bool Stream::is_stale() {
  if (!socket_.is_open()) return true;
  char byte = 0;
  const ssize_t n = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  if (n == 0) return true;
  if (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK) return true;
  if (ssl_ == nullptr) return n > 0;
  // OpenSSL reads ahead: a record that nobody asked for may stand in its memory, not in the socket.
  if (n < 0 && SSL_has_pending(ssl_) == 0) return false;
  // TLS sends tickets unasked: let OpenSSL take them and see whether anything remains.
  const Io io = try_read(std::span(&byte, 1));
  return io.status != IoStatus::kWouldBlock;
}

}  // namespace cvr::net
