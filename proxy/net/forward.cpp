#include "net/forward.h"

#include <algorithm>

#include "engine/problem.h"
#include "http/connection_fields.h"
#include "http/serialise.h"
#include "net/upstream_proxy.h"

namespace cvr::net {

Forwarding::Forwarding(Exchange& exchange, const HeadFacts& facts, bool body_is_read, bool record)
    : exchange_(exchange),
      client_(exchange.client),
      context_(exchange.client.context()),
      session_(exchange.client.session()),
      facts_(facts),
      body_is_read_(body_is_read || facts.framing == Framing::kNone),
      record_(record),
      request_tape_(context_.options.limits.recorded_body_bytes,
                    [this](std::string kept) { learn_beginning(exchange_.request, std::move(kept)); }),
      response_tape_(context_.options.limits.recorded_body_bytes, [this](std::string kept) {
        if (interaction_.response) learn_beginning(*interaction_.response, std::move(kept));
      }) {
  interaction_.timing.started_utc_us = context_.clock->utc_us();
  began_us_ = context_.clock->monotonic_us();
  interaction_.arrival = exchange.entry.arrival;
  if (record_) session_.begin_recording();
  if (context_.options.upstream.insecure) interaction_.flags.emplace_back(kFlagInsecureUpstream);
}

// A body over the limit is left out of the record; what it names as secret at its beginning is learned.
template <class Message>
void Forwarding::learn_beginning(const Message& message, std::string kept) const {
  Message half;
  half.fields = message.fields;
  half.body = std::move(kept);
  context_.sessions->learn(half);
}

// The exchange comes on no record.
void Forwarding::learn_unrecorded() const {
  http::Request half = exchange_.request;
  if (!body_is_read_) half.body = request_tape_.kept();
  context_.sessions->learn(half);
}

Forwarding::~Forwarding() {
  if (record_) session_.end_recording();
}

std::int64_t Forwarding::elapsed_us() const { return context_.clock->monotonic_us() - began_us_; }

void Forwarding::set_failure(FailureKind kind, std::string detail) { failure_ = Failure{kind, std::move(detail)}; }

void Forwarding::set_failure(const Io& io, const char* when) {
  const std::string where = to_string(exchange_.request.origin);
  if (io.status == IoStatus::kTimeout) return set_failure(FailureKind::kTimeout, where + ": no bytes in time " + when);
  if (io.status == IoStatus::kTls) return set_failure(FailureKind::kTls, where + ": TLS broke " + when);
  set_failure(FailureKind::kReset, where + ": the connection closed " + when);
}

std::string Forwarding::request_head() const {
  const http::Request& request = exchange_.request;
  const bool reverse = exchange_.entry.links != nullptr;
  const bool absolute = upstream_->absolute_form;
  std::string out = request.method + ' ' + (absolute ? absolute_target(request) : http::target_of(request));
  out += " HTTP/1.1\r\n";
  const std::string host = to_string(request.origin).substr(to_string(request.origin.scheme).size() + 3);
  bool has_host = false;
  for (const http::Field& field : request.fields) {
    if (http::equals_ignoring_case(field.name, "host")) {
      has_host = true;
      http::append_field(out, field.name, reverse ? host : field.value);
    } else if (http::equals_ignoring_case(field.name, "content-length")) {
      const std::uint64_t length = body_is_read_ ? request.body.size() : facts_.content_length;
      http::append_field(out, field.name, std::to_string(length));
    } else if (http::equals_ignoring_case(field.name, "transfer-encoding")) {
      http::append_field(out, field.name, "chunked");
    } else if (!http::belongs_to_connection(request.fields, field.name) &&
               !http::equals_ignoring_case(field.name, "expect")) {
      http::append_field(out, field.name, field.value);
    }
  }
  if (!has_host) http::append_field(out, "Host", host);
  // Added here, behind the record: it is CVR's own credential, not the client's.
  const auto& proxy = context_.options.upstream.proxy;
  if (absolute && proxy && !proxy->authorization.empty()) {
    http::append_field(out, "Proxy-Authorization", proxy->authorization);
  }
  return out + "\r\n";
}

void Forwarding::map_request_links() {
  if (const engine::LinkMap* links = exchange_.entry.links) engine::map_back(exchange_.request, *links);
}

awaitable<bool> Forwarding::acquire() {
  auto& pool = client_.upstreams();
  const http::Origin& origin = exchange_.request.origin;
  std::erase_if(pool, [&](const auto& u) { return u->origin == origin && u->stream->is_stale(); });
  for (const auto& candidate : pool) {
    if (candidate->origin == origin) {
      upstream_ = candidate.get();
      co_return true;
    }
  }
  // Not a conditional expression: GCC 12 destroys the temporaries of a co_await in one twice.
  std::expected<Route, NoRoute> route;
  if (client_.checked_route()) {
    route = *client_.checked_route();
  } else {
    route = co_await find_route(client_.shard(), origin);
  }
  if (!route) {
    if (route.error().by_policy) {
      refused_ = route.error();
    } else {
      failure_ = route.error().failure;
      is_own_want_ = route.error().is_own_want;
    }
    co_return false;
  }
  auto stream = co_await dial(client_.shard(), origin, *route);
  if (!stream) {
    failure_ = stream.error().failure;
    is_own_want_ = stream.error().is_own_want;
    co_return false;
  }
  constexpr std::size_t kMostUpstreams = 8;  // of one client: only absolute-form clients have several
  if (pool.size() >= kMostUpstreams) pool.erase(pool.begin());
  pool.push_back(std::make_unique<Upstream>(Upstream{origin, std::move(*stream), {}, route->absolute_form, false}));
  upstream_ = pool.back().get();
  co_return true;
}

awaitable<bool> Forwarding::send_whole() {
  std::string bytes = request_head();
  const http::Request& request = exchange_.request;
  if (facts_.framing == Framing::kChunked) {
    http::append_chunk(bytes, request.body);
    http::append_last_chunk(bytes, request.trailers);
  } else {
    bytes += request.body;
  }
  upstream_->stream->set_timeout_ms(context_.options.limits.answer_timeout_ms);
  // A failed write is not the end: the upstream may have answered before it closed.
  co_await upstream_->stream->write(bytes);
  co_return true;
}

awaitable<bool> Forwarding::attempt() {
  if (!body_is_read_) co_return co_await attempt_streaming();
  co_await send_whole();
  body_sent_ = true;
  interaction_.timing.request_us = elapsed_us();
  co_return co_await read_response_head();
}

void Forwarding::drop_upstream() {
  std::erase_if(client_.upstreams(), [&](const auto& u) { return u.get() == upstream_; });
  upstream_ = nullptr;
}

awaitable<bool> Forwarding::run() {
  if (!body_is_read_ && exchange_.entry.links != nullptr) {
    if (!co_await read_request_body(exchange_)) co_return false;
    body_is_read_ = true;
  }
  if (body_is_read_) map_request_links();
  for (bool retried = false;; retried = true) {
    if (!co_await acquire()) break;
    const bool was_used = upstream_->used;
    const bool got_head = co_await attempt();
    if (relayed_early_) co_return false;
    if (got_head) {
      const bool go_on = co_await relay();
      if (drop_upstream_) drop_upstream();
      co_return go_on;
    }
    drop_upstream();
    if (request_failed_) break;
    // RFC 9112 section 9.3.1: a kept connection that the server closed meanwhile is tried anew, once.
    const bool stale = was_used && failure_ && failure_->kind == FailureKind::kReset;
    if (!stale || retried || !body_is_read_) break;
    failure_.reset();
  }
  if (refused_) {
    session_.count_refused();
    learn_unrecorded();
    http::RequestHead head;
    head.method = exchange_.request.method;
    head.keep_alive = false;
    co_return co_await client_.answer(session_.shown(engine::refusal(403, refused_->why, "")), head, true);
  }
  if (failure_ && failure_->detail.starts_with("the upstream proxy ") &&
      session_.warn_once("upstream proxy " + std::string(to_string(failure_->kind)), failure_->detail)) {
    context_.log(0, failure_->detail);
  }
  if (failure_ && !is_own_want_ && !request_failed_ && !body_is_read_ && !body_sent_) co_await read_unsent_body();
  co_return co_await fail_exchange();
}

awaitable<bool> forward(Exchange& exchange, const HeadFacts& facts, bool body_is_read, bool record) {
  Forwarding forwarding(exchange, facts, body_is_read, record);
  co_return co_await forwarding.run();
}

}  // namespace cvr::net
