// Which session a request belongs to: by the proxy user name, looked up once a connection.
#include "engine/problem.h"
#include "net/client_connection.h"
#include "net/proxy_user.h"
#include "net/unrecorded.h"

namespace cvr::net {
namespace {

// RFC 9110 section 15.5.8: clients that wait to be asked send their user name then.
http::Response unnamed_refusal(const std::string& why) {
  http::Response response = engine::refusal(
      407, why, "HTTPS_PROXY=http://NAME:x@HOST:PORT names the session (some clients send no name without a password)");
  response.reason = "CVR: " + why;
  response.fields.push_back({"proxy-authenticate", R"(Basic realm="CVR: the user name is the session")"});
  return response;
}

http::Response opening_refusal(const Error& error) {
  const int status = error.code == ErrorCode::kRefused ? 403 : error.code == ErrorCode::kUsage ? 409 : 503;
  http::Response response =
      engine::refusal(status, error.text, "the session can not be opened; mend that, and ask again");
  response.reason = "CVR: " + error.text;
  return response;
}

}  // namespace

bool ClientConnection::is_offline() const {
  if (shard_.context.upstream_tls == nullptr) return true;
  return !session_->mode().forwards && !shard_.context.options.allow_out_of_scope;
}

void ClientConnection::count_refused() {
  if (session_ != nullptr) session_->count_refused();
}

void ClientConnection::note(cassette::Refusal refusal) {
  if (session_ == nullptr || context().clock == nullptr) return;
  const bool is_fixed = entry_ != nullptr && entry_->arrival == Arrival::kReverse;
  if (!refusal.host.empty() && !is_fixed && !context().scope.holds(refusal.host)) return;
  refusal.at_utc_us = context().clock->utc_us();
  session_->note(refusal);
}

void ClientConnection::note_refused(int status, const std::string& why, std::string_view target) {
  if (entry_ == nullptr || entry_->is_control || status == 408) return;
  std::string host;
  if (entry_->origin) {
    host = entry_->origin->host;
  } else if (const auto url = http::parse_target(target, false); url && url->origin) {
    host = url->origin->host;
  } else if (const auto authority = http::parse_authority(target, 0)) {
    host = authority->host;
  }
  note({0, std::string(cassette::kRefusedByGate), std::move(host), why});
}

void ClientConnection::learn(const http::RequestHead& head) { context().sessions->learn(shown(head)); }

void ClientConnection::learn_fields(const http::RequestHead& head) { context().sessions->learn(shown_fields(head)); }

// It is taken out of what is forwarded and recorded.
void ClientConnection::learn_proxy_user(const http::RequestHead& head) {
  for (const http::FieldView& field : head.fields) {
    if (!http::equals_ignoring_case(field.name, "proxy-authorization") || field.value == learned_) continue;
    learned_.assign(field.value);
    http::Request own;
    own.fields.push_back({"Proxy-Authorization", secret_of_proxy_user(field.value)});
    context().sessions->learn(own);
  }
}

bool ClientConnection::is_in_session(bool in_tunnel) const {
  return session_ != nullptr && !session_->has_ended() && (in_tunnel || !shard_.context.sessions->by_user());
}

std::optional<http::Response> ClientConnection::choose_session(const http::RequestHead& head, bool in_tunnel) {
  engine::Sessions& sessions = *context().sessions;
  if (sessions.by_user() && !in_tunnel) {
    const auto authorization = proxy_authorization(head.fields);
    if (!authorization) return unnamed_refusal(authorization.error().text);
    if (*authorization != authorization_) {
      auto user = user_of(*authorization);
      if (!user) return unnamed_refusal(user.error().text);
      if (*user != user_) session_ = user->empty() ? sessions.unnamed() : nullptr;
      user_ = std::move(*user);
      authorization_.assign(*authorization);
    }
  }
  if (session_ != nullptr && !session_->has_ended()) return std::nullopt;
  if (user_.empty()) {
    session_ = sessions.unnamed();
    if (session_ == nullptr) return unnamed_refusal("no session is named, and there is none without a name (-c)");
    return std::nullopt;
  }
  auto got = sessions.get(user_);
  if (!got) return opening_refusal(got.error());
  session_ = std::move(*got);
  return std::nullopt;
}

// False: a refusal was sent.
awaitable<bool> ClientConnection::enter_session(const http::RequestHead& head, bool in_tunnel) {
  const auto refusal = choose_session(head, in_tunnel);
  if (!refusal) co_return true;
  learn(head);
  context().log(1, "refused: " + refusal->reason);
  co_await answer(*refusal, head, true);
  co_return false;
}

}  // namespace cvr::net
