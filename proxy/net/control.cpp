#include "net/control.h"

#include <openssl/crypto.h>

#include "engine/problem.h"
#include "net/control_api.h"

namespace cvr::net {
namespace {

constexpr std::size_t kMostBodyBytes = 64 * 1024;
constexpr int kRecordingWaitMs = 2000;

std::string_view value_of(const http::RequestHead& head, std::string_view name) {
  for (const http::FieldView& field : head.fields) {
    if (http::equals_ignoring_case(field.name, name)) return field.value;
  }
  return {};
}

bool has(const http::RequestHead& head, std::string_view name) {
  for (const http::FieldView& field : head.fields) {
    if (http::equals_ignoring_case(field.name, name)) return true;
  }
  return false;
}

http::Response refuse(int status, std::string_view why) {
  http::Response response =
      engine::refusal(status, why, "the control pages are at http://cvr.localhost/ through this proxy");
  if (status == 401) response.fields.push_back({"www-authenticate", "X-CVR-Token"});
  return response;
}

std::optional<http::Response> gate(ClientConnection& client, const http::RequestHead& head) {
  const Context& context = client.context();
  if (!names_control(head.host, client.door(), context.listen, context.control_listen)) {
    const bool direct = client.door() == Door::kProxy;
    return refuse(direct ? 400 : 421,
                  direct ? "this is a proxy, not a web server" : "Host does not name the control pages");
  }
  if (has(head, "origin") && !is_own_origin(value_of(head, "origin"), head.host))
    return refuse(403, "a foreign Origin");
  if (head.method == "GET" || head.method == "HEAD") return std::nullopt;
  const std::string_view token = value_of(head, "x-cvr-token");
  if (token.empty())
    return refuse(401, "X-CVR-Token is needed for what changes state; it stands in the --ready-fd line");
  if (!is_token(token, context.options.control_token)) return refuse(403, "X-CVR-Token is not this proxy's");
  return std::nullopt;
}

// False: an answer was given, or the client is gone.
awaitable<bool> read_body(ClientConnection& client, const http::RequestHead& head, std::string& body) {
  // The views of `head` end with the next read.
  http::RequestHead brief;
  brief.keep_alive = false;
  if (head.content_length > kMostBodyBytes) {
    co_await client.answer(refuse(413, "a body over 64 KiB"), brief, true);
    co_return false;
  }
  const Framing framing = head.framing;
  BodyReader reader(client.stream(), client.buffer(), framing, head.content_length);
  if (framing != Framing::kNone && head.expects_continue && client.buffer().empty()) {
    if (!co_await client.stream().write("HTTP/1.1 100 Continue\r\n\r\n")) co_return false;
  }
  client.stream().set_timeout_ms(client.context().options.limits.head_timeout_ms);
  while (!reader.done()) {
    const BodyReader::Piece piece = co_await reader.next();
    if (!piece.io && piece.malformed == nullptr) co_return false;
    if (piece.malformed != nullptr || body.size() + piece.data.size() > kMostBodyBytes) {
      const bool malformed = piece.malformed != nullptr;
      co_await client.answer(refuse(malformed ? 400 : 413, malformed ? piece.malformed : "a body over 64 KiB"), brief,
                             true);
      co_return false;
    }
    body += piece.data;
  }
  co_await reader.next();  // consumes the last piece
  client.stream().set_timeout_ms(0);
  co_return true;
}

// What is under way when a session is ejected shall be on its record.
awaitable<void> let_recordings_end(ClientConnection& client, std::string_view path) {
  const auto session = session_to_eject(client.context(), path);
  asio::steady_timer timer(client.shard().io);
  for (int waited = 0; session != nullptr && session->is_recording() && waited < kRecordingWaitMs; waited += 5) {
    timer.expires_after(std::chrono::milliseconds(5));
    co_await timer.async_wait(kAsTuple);
  }
}

}  // namespace

bool names_control(std::string_view host, Door door, const Endpoint& listen,
                   const std::optional<Endpoint>& control_listen) {
  const auto named = http::parse_authority(host, 80);
  if (!named) return false;
  if (named->host == kMagicHost) {
    const bool at_control = door == Door::kControl && control_listen;
    return named->port == 80 || named->port == (at_control ? control_listen->port : listen.port);
  }
  if (door == Door::kControlSocket) return named->host == "localhost";
  if (door != Door::kControl || !control_listen || named->port != control_listen->port) return false;
  return named->host == "localhost" || named->host == control_listen->address || host == to_string(*control_listen);
}

bool is_own_origin(std::string_view origin, std::string_view host) {
  constexpr std::string_view kScheme = "http://";
  return origin.starts_with(kScheme) && http::equals_ignoring_case(origin.substr(kScheme.size()), host);
}

bool is_token(std::string_view given, std::string_view token) {
  return !token.empty() && given.size() == token.size() && CRYPTO_memcmp(given.data(), token.data(), token.size()) == 0;
}

awaitable<bool> control(ClientConnection& client, const http::RequestHead& head, const http::Target& target) {
  client.learn_fields(head);
  if (const auto refusal = gate(client, head))
    co_return co_await client.answer(*refusal, head, head.framing != Framing::kNone);
  http::RequestHead kept;
  kept.keep_alive = head.keep_alive;
  const std::string method(head.method);
  const std::string path(target.path);
  kept.method = method;
  std::string body;
  if (!co_await read_body(client, head, body)) co_return false;
  if (method == "POST") co_await let_recordings_end(client, path);
  co_return co_await client.answer(control_answer(client.context(), method, path, body), kept, false);
}

}  // namespace cvr::net
