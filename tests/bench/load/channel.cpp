#include "channel.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

namespace cvr::load {
namespace {

Channel::Transfer socket_transfer(ssize_t result) {
  if (result > 0) return {Channel::Outcome::kMoved, static_cast<std::size_t>(result)};
  if (result == 0) return {Channel::Outcome::kClosed};
  return {errno == EAGAIN || errno == EINTR ? Channel::Outcome::kAgain : Channel::Outcome::kFailed};
}

}  // namespace

TlsContext make_tls_context(const std::string& ca_file) {
  TlsContext context(SSL_CTX_new(TLS_client_method()));
  if (!context) return nullptr;
  SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION);
  // AES-128 on both sides of every comparison, whatever the server would prefer.
  SSL_CTX_set_ciphersuites(context.get(), "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384");
  SSL_CTX_set1_groups_list(context.get(), "X25519:P-256");
  SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  // Records are small: one read takes header and payload together.
  SSL_CTX_set_read_ahead(context.get(), 1);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_options(context.get(), SSL_OP_IGNORE_UNEXPECTED_EOF);
  constexpr unsigned char kAlpn[] = "\x08http/1.1";
  SSL_CTX_set_alpn_protos(context.get(), kAlpn, sizeof kAlpn - 1);
  if (!ca_file.empty()) {
    if (SSL_CTX_load_verify_file(context.get(), ca_file.c_str()) != 1) return nullptr;
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  }
  return context;
}

bool Channel::open(const Address& address) {
  fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd_ < 0) return false;
  const int one = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  sockaddr_in peer{};
  peer.sin_family = AF_INET;
  peer.sin_addr.s_addr = htonl(address.ipv4);
  peer.sin_port = htons(address.port);
  return ::connect(fd_, reinterpret_cast<const sockaddr*>(&peer), sizeof peer) == 0 || errno == EINPROGRESS;
}

Channel::Outcome Channel::finish_connect() const {
  int error = 0;
  socklen_t size = sizeof error;
  if (::getsockopt(fd_, SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0) return Outcome::kFailed;
  sockaddr_in peer{};
  size = sizeof peer;
  const bool connected = ::getpeername(fd_, reinterpret_cast<sockaddr*>(&peer), &size) == 0;
  return connected ? Outcome::kMoved : Outcome::kAgain;
}

bool Channel::start_tls(SSL_CTX* context, const std::string& host) {
  tls_ = SSL_new(context);
  if (tls_ == nullptr || SSL_set_fd(tls_, fd_) != 1) return false;
  SSL_set_connect_state(tls_);
  return SSL_set_tlsext_host_name(tls_, host.c_str()) == 1 && SSL_set1_host(tls_, host.c_str()) == 1;
}

Channel::Outcome Channel::tls_outcome(int result) {
  switch (SSL_get_error(tls_, result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
      return Outcome::kAgain;
    case SSL_ERROR_ZERO_RETURN:
      return Outcome::kClosed;
    default:
      ERR_clear_error();
      return Outcome::kFailed;
  }
}

Channel::Outcome Channel::handshake() {
  const int result = SSL_do_handshake(tls_);
  return result == 1 ? Outcome::kMoved : tls_outcome(result);
}

Channel::Transfer Channel::write(std::string_view bytes) {
  if (tls_ == nullptr) return socket_transfer(::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
  std::size_t written = 0;
  const int result = SSL_write_ex(tls_, bytes.data(), bytes.size(), &written);
  return result == 1 ? Transfer{Outcome::kMoved, written} : Transfer{tls_outcome(result)};
}

Channel::Transfer Channel::read(std::span<char> buffer) {
  if (tls_ == nullptr) return socket_transfer(::recv(fd_, buffer.data(), buffer.size(), 0));
  std::size_t taken = 0;
  const int result = SSL_read_ex(tls_, buffer.data(), buffer.size(), &taken);
  return result == 1 ? Transfer{Outcome::kMoved, taken} : Transfer{tls_outcome(result)};
}

Channel::Transfer Channel::peek(std::span<char> buffer) const {
  return socket_transfer(::recv(fd_, buffer.data(), buffer.size(), MSG_PEEK));
}

void Channel::close(bool politely) {
  if (tls_ != nullptr) {
    if (politely) SSL_shutdown(tls_);
    SSL_free(tls_);
    ERR_clear_error();
  }
  if (fd_ >= 0) ::close(fd_);
  tls_ = nullptr;
  fd_ = -1;
}

}  // namespace cvr::load
