#include "net/control.h"

#include "base/json_writer.h"
#include "engine/problem.h"

namespace cvr::net {
namespace {

http::Response text(int status, std::string type, std::string body) {
  http::Response response;
  response.status = status;
  response.reason = engine::reason_of(status);
  response.fields = {
      {"content-type", std::move(type)}, {"x-content-type-options", "nosniff"}, {"cache-control", "no-store"}};
  response.body = std::move(body);
  return response;
}

void write_summary(json::Writer& w, const engine::Summary& s) {
  w.begin_object().member("name", s.name).member("mode", s.mode);
  w.member("hits", s.hits).member("misses", s.misses).member("unused", s.unused);
  w.member("forwarded", s.forwarded).member("recorded", s.recorded).member("lost", s.lost);
  w.member("failures", s.failures).member("refused", s.refused).end_object();
}

std::string status_json(const Context& context) {
  json::Writer w;
  w.begin_object().member("address", context.listen.address).member("port", static_cast<int>(context.listen.port));
  w.member("connections", context.connections.load()).member("exchanges", context.exchanges.load());
  w.key("session");
  write_summary(w, context.session->summary());
  w.end_object();
  return w.take() + "\n";
}

std::string metrics(const Context& context) {
  const engine::Summary s = context.session->summary();
  std::string out;
  const auto add = [&](const char* name, const char* type, std::uint64_t value) {
    out += std::string("# TYPE ") + name + ' ' + type + '\n' + name + ' ' + std::to_string(value) + '\n';
  };
  add("cvr_connections", "gauge", context.connections.load());
  add("cvr_exchanges_total", "counter", context.exchanges.load());
  add("cvr_hits_total", "counter", s.hits);
  add("cvr_misses_total", "counter", s.misses);
  add("cvr_forwarded_total", "counter", s.forwarded);
  add("cvr_recorded_total", "counter", s.recorded);
  add("cvr_lost_total", "counter", s.lost);
  return out;
}

http::Response route(const Context& context, std::string_view path) {
  if (path == "/ca.pem") return text(200, "application/x-pem-file", context.authority->certificate_pem());
  if (path == "/healthz") return text(200, "text/plain", "ok\n");
  if (path == "/api/v1/status") return text(200, "application/json", status_json(context));
  if (path == "/metrics") return text(200, "text/plain; version=0.0.4", metrics(context));
  if (path == "/") {
    return text(200, "text/plain", "CVR, a record-and-replay proxy\n\n/ca.pem  /healthz  /api/v1/status  /metrics\n");
  }
  return text(404, "text/plain", "no such page; see /\n");
}

}  // namespace

awaitable<bool> control(ClientConnection& client, const http::RequestHead& head, const http::Target& target,
                        bool exact_host) {
  const auto refuse = [&](int status, std::string_view why) {
    return engine::refusal(status, why, "the control pages are at http://cvr.localhost/ through this proxy");
  };
  if (head.framing != Framing::kNone && head.content_length != 0)
    co_return co_await client.answer(refuse(413, "no page here takes a body"), head, true);
  for (const http::FieldView& field : head.fields) {
    // A page in a browser may be made to ask, it must not read.
    if (http::equals_ignoring_case(field.name, "origin") && field.value != "http://cvr.localhost") {
      co_return co_await client.answer(refuse(403, "a foreign Origin"), head, false);
    }
  }
  if (!exact_host) co_return co_await client.answer(refuse(400, "this is a proxy, not a web server"), head, false);
  if (head.method != "GET" && head.method != "HEAD")
    co_return co_await client.answer(refuse(405, "only GET and HEAD"), head, false);
  co_return co_await client.answer(route(client.context(), target.path), head, false);
}

}  // namespace cvr::net
