#include "certs/upstream_sessions.h"

#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "certs/handles.h"

namespace cvr::certs {
namespace {

constexpr std::size_t kMaxHosts = 64;
constexpr std::size_t kMaxSessions = 4;  // a host

using SessionPtr = std::unique_ptr<SSL_SESSION, Freed<SSL_SESSION_free>>;

class Sessions {
 public:
  void put(const std::string& host, SessionPtr session) {
    const std::lock_guard lock(mutex_);
    // Rare enough that which one goes does not matter.
    if (by_host_.size() >= kMaxHosts && !by_host_.contains(host)) by_host_.erase(by_host_.begin());
    auto& kept = by_host_[host];
    if (kept.size() >= kMaxSessions) kept.erase(kept.begin());
    kept.push_back(std::move(session));
  }

  // The newest that can be resumed: OpenSSL crosses a session out when its connection broke.
  SessionPtr take(const std::string& host) {
    const std::lock_guard lock(mutex_);
    const auto found = by_host_.find(host);
    if (found == by_host_.end()) return nullptr;
    auto& kept = found->second;
    while (!kept.empty()) {
      SSL_SESSION* newest = kept.back().get();
      const bool is_usable = SSL_SESSION_is_resumable(newest) == 1;
      if (is_usable && SSL_SESSION_get_protocol_version(newest) < TLS1_3_VERSION) {
        SSL_SESSION_up_ref(newest);  // TLS 1.2 gives no new one at a resumption: it stays
        return SessionPtr(newest);
      }
      SessionPtr session = std::move(kept.back());
      kept.pop_back();
      if (is_usable) return session;
    }
    return nullptr;
  }

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, std::vector<SessionPtr>> by_host_;
};

void free_sessions(void*, void* sessions, CRYPTO_EX_DATA*, int, long, void*) {
  delete static_cast<Sessions*>(sessions);
}

int index_of_sessions() {
  static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, free_sessions);
  return index;
}

Sessions* sessions_of(SSL* ssl) {
  return static_cast<Sessions*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), index_of_sessions()));
}

int on_new_session(SSL* ssl, SSL_SESSION* session) {
  const char* host = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
  Sessions* sessions = sessions_of(ssl);
  if (host == nullptr || sessions == nullptr || SSL_SESSION_is_resumable(session) != 1) return 0;
  sessions->put(host, SessionPtr(session));
  return 1;  // the reference is ours now
}

}  // namespace

void keep_upstream_sessions(SSL_CTX* context) {
  auto sessions = std::make_unique<Sessions>();
  if (SSL_CTX_set_ex_data(context, index_of_sessions(), sessions.get()) != 1) return;
  static_cast<void>(sessions.release());  // the context frees it
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(context, on_new_session);
}

void resume_upstream_session(SSL* ssl) {
  const char* host = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
  Sessions* sessions = sessions_of(ssl);
  if (host == nullptr || sessions == nullptr) return;
  if (const SessionPtr session = sessions->take(host)) SSL_set_session(ssl, session.get());
  ERR_clear_error();
}

}  // namespace cvr::certs
