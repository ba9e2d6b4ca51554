// One client connection: reads requests, decides where they lead, has them answered, until the
// connection ends.  The CONNECT tunnel, once terminated, is the same loop over the inner stream.
//
// Lives in one coroutine (`run`) of its shard; owns its stream and its upstream connections.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/head.h"
#include "http/target.h"
#include "net/body_reader.h"
#include "net/dialer.h"
#include "net/shard.h"

namespace cvr::net {

inline constexpr std::string_view kMagicHost = "cvr.localhost";

// How requests on a stream are addressed.
struct Entry {
  Arrival arrival = Arrival::kAbsolute;
  std::optional<http::Origin> origin;      // fixed by the tunnel or the reverse listener
  const engine::LinkMap* links = nullptr;  // reverse mode
  bool misdirected = false;                // SNI and CONNECT disagree: 421 to whatever comes
  bool is_control = false;                 // came in at --control
};

// Where a connection came in.
enum class Door : std::uint8_t { kProxy, kReverse, kControl, kControlSocket };

class ClientConnection {
 public:
  ClientConnection(Shard& shard, Socket socket, Door door);
  // The far end of an inner connection (net/inner_connection.h): of the same client and session as `outer`.
  ClientConnection(const ClientConnection& outer, Socket socket);
  ~ClientConnection();
  awaitable<void> run();
  awaitable<void> run_inside(Entry entry) { return serve(std::move(entry)); }

  // Used by the coroutines that answer one exchange (forward.h, replay.h, control.h).
  Shard& shard() const { return shard_; }
  Context& context() { return shard_.context; }
  Stream& stream() { return *stream_; }
  Buffer& buffer() { return buffer_; }
  Door door() const { return door_; }
  // Of the request that is answered, from its dispatch on.
  engine::Session& session() { return *session_; }
  // Nothing may be dialled for this request.
  bool is_offline() const;
  void count_refused();
  // Puts a client that was not heard on record, where the session records.  What is not for a host in scope is nobody's
  // business; a host that can not be read may be one.
  void note(cassette::Refusal refusal);
  // The credentials of a request that will be on no record are secrets all the same.  `learn`: of one that is refused.
  void learn(const http::RequestHead& head);
  void learn_fields(const http::RequestHead& head);
  std::vector<std::unique_ptr<Upstream>>& upstreams() { return upstreams_; }
  // The route that CONNECT has checked, for requests inside the tunnel.
  const std::optional<std::expected<Route, NoRoute>>& checked_route() const { return route_; }

  // Writes all, each stretch of it within the idle timeout (SAFETY T18: clients that do not read).
  awaitable<Io> send(std::string_view bytes);

  // Closes so that the peer gets what was written last, whatever it still sends.
  awaitable<void> linger();

  // Writes an answer of CVR's own.  Answers whether the connection may go on.
  awaitable<bool> answer(const http::Response& response, const http::RequestHead& head, bool close);

 private:
  awaitable<void> serve(Entry entry);
  awaitable<bool> read_head(http::RequestHead& head, bool first);
  awaitable<bool> dispatch(const Entry& entry, http::RequestHead& head);
  awaitable<bool> dispatch_to(const Entry& entry, http::RequestHead& head, const http::Origin& origin,
                              const http::Target& target);
  awaitable<void> connect(const http::RequestHead& head, const http::Origin& origin);
  void tell_distrust(const http::Origin& origin, const Io& io, bool late);
  awaitable<void> open_tunnel(const http::Origin& origin, std::shared_ptr<SSL_CTX> tls);
  awaitable<void> blind_tunnel(const http::RequestHead& head, const http::Origin& origin);
  // The common case, without a coroutine: a tunnel's session goes on.
  bool is_in_session(bool in_tunnel) const;
  awaitable<bool> enter_session(const http::RequestHead& head, bool in_tunnel);
  std::optional<http::Response> choose_session(const http::RequestHead& head, bool in_tunnel);
  // `target`: of the request line, as far as it was read.
  awaitable<bool> refuse(int status, std::string why, std::string_view target = {});
  awaitable<bool> refuse(const http::RequestHead& head, int status, std::string why, std::string_view target = {});
  void learn_proxy_user(const http::RequestHead& head);
  void note_refused(int status, const std::string& why, std::string_view target);

  Shard& shard_;
  std::unique_ptr<Stream> stream_;
  Buffer buffer_;
  Door door_;
  const Entry* entry_ = nullptr;  // of the stream as it is now
  std::shared_ptr<engine::Session> session_;
  std::string authorization_;  // Proxy-Authorization that `user_` was read from
  std::string learned_;        // Proxy-Authorization that was learned from
  std::string user_agent_;     // of CONNECT
  std::string user_;           // whose session it is; empty: that of -c
  http::Request request_;      // reused: keeps its strings' capacity
  std::vector<std::unique_ptr<Upstream>> upstreams_;
  std::optional<std::expected<Route, NoRoute>> route_;
};

}  // namespace cvr::net
