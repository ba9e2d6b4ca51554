#include "net/control_api.h"

#include "engine/problem.h"
#include "engine/session_json.h"

namespace cvr::net {
namespace {

constexpr std::size_t kMostListed = 1000;
constexpr std::size_t kMostLabelled = 100;  // sessions with series of their own in /metrics
constexpr std::string_view kSessions = "/api/v1/sessions";

http::Response text(int status, std::string type, std::string body) {
  http::Response response;
  response.status = status;
  response.reason = engine::reason_of(status);
  response.fields = {
      {"content-type", std::move(type)}, {"x-content-type-options", "nosniff"}, {"cache-control", "no-store"}};
  response.body = std::move(body);
  return response;
}

http::Response json(std::string body) { return text(200, "application/json", std::move(body)); }

http::Response refused(const Error& error) {
  int status = 503;
  if (error.code == ErrorCode::kMalformed) status = 400;
  if (error.code == ErrorCode::kRefused) status = 403;
  if (error.code == ErrorCode::kNotFound) status = 404;
  if (error.code == ErrorCode::kUsage) status = 409;
  return engine::refusal(status, error.text, "");
}

http::Response wrong_method(const char* allowed) {
  http::Response response = engine::refusal(405, std::string("only ") + allowed, "");
  response.fields.push_back({"allow", allowed});
  return response;
}

std::string counts_json(const engine::Session& session) {
  json::Writer w;
  engine::write_counts(w, session.summary(engine::Session::With::kCounts), session.cassette());
  return w.take() + "\n";
}

std::string status_json(const Context& context) {
  json::Writer w;
  w.begin_object().member("address", context.listen.address).member("port", static_cast<int>(context.listen.port));
  w.member("connections", context.connections.load()).member("exchanges", context.exchanges.load());
  w.member("sessions", static_cast<std::uint64_t>(context.sessions->size()));
  if (const auto& unnamed = context.sessions->unnamed()) {
    w.key("session");
    engine::write_counts(w, unnamed->summary(engine::Session::With::kCounts), unnamed->cassette());
  }
  const engine::Summary totals = context.sessions->totals();
  w.key("totals").begin_object().member("hits", totals.hits).member("misses", totals.misses);
  w.member("forwarded", totals.forwarded).member("recorded", totals.recorded).member("lost", totals.lost);
  w.member("failures", totals.failures).member("refused", totals.refused).end_object().end_object();
  return w.take() + "\n";
}

std::string sessions_json(const Context& context) {
  json::Writer w;
  w.begin_object().member("total", static_cast<std::uint64_t>(context.sessions->size())).key("sessions").begin_array();
  for (const auto& session : context.sessions->list(kMostListed)) {
    engine::write_counts(w, session->summary(engine::Session::With::kCounts), session->cassette());
  }
  w.end_array().end_object();
  return w.take() + "\n";
}

// Series of sessions have names of their own: a sum over cvr_hits_total must not count twice.
std::string metrics(const Context& context) {
  const engine::Summary totals = context.sessions->totals();
  std::string out;
  const auto type = [&](const std::string& name, const char* kind) { out += "# TYPE " + name + ' ' + kind + '\n'; };
  const auto add = [&](const std::string& name, const char* kind, std::uint64_t value) {
    type(name, kind);
    out += name + ' ' + std::to_string(value) + '\n';
  };
  add("cvr_connections", "gauge", context.connections.load());
  add("cvr_exchanges_total", "counter", context.exchanges.load());
  add("cvr_sessions", "gauge", context.sessions->size());
  const std::pair<const char*, std::uint64_t engine::Summary::*> counts[] = {{"hits", &engine::Summary::hits},
                                                                             {"misses", &engine::Summary::misses},
                                                                             {"forwarded", &engine::Summary::forwarded},
                                                                             {"recorded", &engine::Summary::recorded},
                                                                             {"lost", &engine::Summary::lost}};
  for (const auto& [word, member] : counts) add("cvr_" + std::string(word) + "_total", "counter", totals.*member);
  std::vector<engine::Summary> each;
  for (const auto& session : context.sessions->list(kMostLabelled))
    each.push_back(session->summary(engine::Session::With::kCounts));
  for (const auto& [word, member] : counts) {
    const std::string name = "cvr_session_" + std::string(word);
    if (!each.empty()) type(name, "gauge");  // a session that was ejected begins anew
    for (const auto& s : each) out += name + "{session=\"" + s.name + "\"} " + std::to_string(s.*member) + '\n';
  }
  return out;
}

std::string without_idle_slashes(std::string_view path) {
  std::string out;
  for (const char c : path) {
    if (c != '/' || !out.ends_with('/')) out += c;
  }
  if (out.size() > 1 && out.ends_with('/')) out.pop_back();
  return out;
}

struct SessionPath {
  std::string name;
  std::string_view verb;  // behind the name, without the slash; empty: the session itself
};

// /api/v1/sessions/NAME[/VERB]; names are never decoded (SAFETY T09).
std::optional<SessionPath> parse_session_path(std::string_view path) {
  if (!path.starts_with(kSessions)) return std::nullopt;
  path.remove_prefix(kSessions.size());
  if (!path.starts_with('/')) return std::nullopt;
  path.remove_prefix(1);
  const std::size_t slash = path.find('/');
  SessionPath out{std::string(path.substr(0, slash)), {}};
  if (slash != std::string_view::npos) {
    out.verb = path.substr(slash + 1);
    if (out.verb != "rewind" && out.verb != "eject") return std::nullopt;
  }
  return out;
}

http::Response put(const Context& context, const std::string& name, std::string_view body) {
  const auto wish = engine::parse_wish(body);
  if (!wish) return refused(wish.error());
  const auto session = context.sessions->configure(name, *wish);
  return session ? json(counts_json(**session)) : refused(session.error());
}

http::Response eject(const Context& context, const std::string& name, std::string_view body) {
  const auto keep = engine::parse_eject(body);
  if (!keep) return refused(keep.error());
  const auto ended = context.sessions->eject(name, *keep);
  if (!ended) return refused(ended.error());
  if (!ended->sealed) return refused({ErrorCode::kEnvironment, ended->sealed.error().text});
  return json(engine::full_json(ended->summary, ended->cassette));
}

http::Response session_page(const Context& context, std::string_view method, const SessionPath& path,
                            std::string_view body) {
  if (!context.sessions->admits(path.name)) {
    return refused({ErrorCode::kMalformed, "that is no session name: [a-z0-9][a-z0-9._-]{0,99} is allowed"});
  }
  const bool reads = method == "GET" || method == "HEAD";
  if (path.verb.empty() && method == "PUT") return put(context, path.name, body);
  if (path.verb.empty() && !reads) return wrong_method("GET, HEAD, PUT");
  if (!path.verb.empty() && method != "POST") return wrong_method("POST");
  if (path.verb == "eject") return eject(context, path.name, body);
  const auto session = context.sessions->find(path.name);
  if (session == nullptr) return refused({ErrorCode::kNotFound, "there is no session of that name"});
  if (path.verb == "rewind") {
    session->rewind();
    return json(counts_json(*session));
  }
  return json(engine::full_json(session->summary(), session->cassette()));
}

std::optional<http::Response> page(const Context& context, std::string_view path) {
  if (path == "/ca.pem") return text(200, "application/x-pem-file", context.authority->certificate_pem());
  if (path == "/healthz") return text(200, "text/plain", "ok\n");
  if (path == "/api/v1/status") return json(status_json(context));
  if (path == kSessions) return json(sessions_json(context));
  if (path == "/metrics") return text(200, "text/plain; version=0.0.4", metrics(context));
  if (path == "/") {
    return text(200, "text/plain",
                "CVR, a record-and-replay proxy\n\n/ca.pem  /healthz  /metrics  /api/v1/status  /api/v1/sessions\n");
  }
  return std::nullopt;
}

}  // namespace

http::Response control_answer(const Context& context, std::string_view method, std::string_view sent_path,
                              std::string_view body) {
  const std::string path = without_idle_slashes(sent_path);
  if (const auto of_session = parse_session_path(path)) return session_page(context, method, *of_session, body);
  auto found = page(context, path);
  if (!found) return text(404, "text/plain", "no such page; see /\n");
  if (method != "GET" && method != "HEAD") return wrong_method("GET, HEAD");
  return std::move(*found);
}

std::shared_ptr<engine::Session> session_to_eject(const Context& context, std::string_view sent_path) {
  const std::string path = without_idle_slashes(sent_path);
  const auto of_session = parse_session_path(path);
  return of_session && of_session->verb == "eject" ? context.sessions->find(of_session->name) : nullptr;
}

}  // namespace cvr::net
