#include "cassette/earlier.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "cassette/codec.h"
#include "cassette/frame.h"

namespace cvr::cassette {
namespace {

constexpr std::size_t kLeastBody = 4096;
constexpr std::size_t kMostBodies = 16'384;
constexpr std::size_t kLeastDictionary = 256;
constexpr std::size_t kMostDictionary = 16u << 10;
constexpr std::size_t kMostLeaning = 64u << 10;  // beyond, what stands before adds little
constexpr std::size_t kMostBases = 32;

// Method, host and path, where a segment with a digit stands for any: ids have one.
std::uint64_t route_of(const RedactedRequest& request) {
  std::string route = request.method + ' ' + request.origin.host;
  const std::string_view path = request.path.text;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t end = std::min(path.find('/', at + 1), path.size());
    const std::string_view segment = path.substr(at, end - at);
    const bool is_id = std::ranges::any_of(segment, [](char c) { return c >= '0' && c <= '9'; });
    route += is_id ? std::string_view("/#") : segment;
    at = end;
  }
  return std::hash<std::string>{}(route);
}

Digest digest_of(const RedactedText& content) {
  const Digest text = sha256(content.text);
  if (content.spans.empty()) return text;
  std::string all(reinterpret_cast<const char*>(text.data()), text.size());
  for (const Span& span : content.spans) {
    append_u32(all, span.begin);
    append_u32(all, span.size);
    all += static_cast<char>(span.kind);
    append_u32(all, static_cast<std::uint32_t>(span.rule.size()));
    all += span.rule;
  }
  return sha256(all);
}

}  // namespace

std::size_t Earlier::First8::operator()(const Digest& digest) const {
  std::size_t out = 0;
  std::memcpy(&out, digest.data(), sizeof out);
  return out;
}

void Earlier::look_up(const RedactedBody& body, BodyOf& equal, std::optional<Digest>& stored) const {
  if (body.content.text.size() < kLeastBody) return;
  const Digest digest = digest_of(body.content);
  const std::lock_guard lock(mutex_);
  const auto found = bodies_.find(digest);
  if (found != bodies_.end()) {
    equal = found->second;
  } else {
    stored = digest;
  }
}

std::shared_ptr<const Earlier::Base> Earlier::base_for(std::uint64_t route) const {
  const std::lock_guard lock(mutex_);
  if (const auto found = bases_.find(route); found != bases_.end()) return found->second;
  return bases_.size() < kMostBases ? nullptr : first_;
}

Encoded Earlier::encode(const RedactedInteraction& interaction) const {
  Encoded out;
  EqualBodies equal;
  look_up(interaction->request.body, equal.request, out.request);
  if (interaction->response) look_up(interaction->response->body, equal.response, out.response);
  std::string msgpack = pack_parts(*interaction, equal);
  out.route = route_of(interaction->request);
  const auto base = msgpack.size() <= kMostLeaning ? base_for(out.route) : nullptr;
  const Prefix prefix{interaction->timing.started_utc_us, interaction->key};
  out.payload = base ? encode_payload(prefix, msgpack, {base->n, &base->dictionary}) : encode_payload(prefix, msgpack);
  const bool may_lend = !base && msgpack.size() >= kLeastDictionary && msgpack.size() <= kMostDictionary;
  if (may_lend) out.dictionary = std::move(msgpack);
  return out;
}

void Earlier::remember(const std::optional<Digest>& digest, BodyOf place) {
  if (!digest || !bodies_.try_emplace(*digest, place).second) return;
  order_.push_back(*digest);
  if (order_.size() <= kMostBodies) return;
  bodies_.erase(order_.front());
  order_.pop_front();
}

void Earlier::remember(const Encoded& encoded, std::uint64_t n) {
  std::shared_ptr<const Base> base;
  if (!encoded.dictionary.empty()) base = std::make_shared<const Base>(n, encoded.dictionary);
  const std::lock_guard lock(mutex_);
  remember(encoded.request, {n, false});
  remember(encoded.response, {n, true});
  if (!base || bases_.size() >= kMostBases || !bases_.try_emplace(encoded.route, base).second) return;
  if (!first_) first_ = std::move(base);
}

}  // namespace cvr::cassette
