#include "cassette/codec.h"

#include "cassette/compress.h"
#include "cassette/frame.h"
#include "cassette/parts.h"
#include "cvr/cassette.h"

namespace cvr::cassette {
namespace {

constexpr std::uint32_t kLeans = 0x80000000;  // beside the size: the number of the lender follows

Result<std::string_view> lend_nothing(std::uint64_t n) {
  return fail(ErrorCode::kMalformed,
              "a record that leans on interaction " + std::to_string(n) + ", which leans itself");
}

// Puts the content of an earlier body in its place.
Result<void> fetch(RedactedBody& body, const BodyOf& equal, const PayloadOf& earlier) {
  if (equal.n == 0) return {};
  const auto payload = earlier(equal.n);
  if (!payload) return std::unexpected(payload.error());
  std::string plain;
  const auto msgpack = msgpack_of(*payload, earlier, plain);
  if (!msgpack) return std::unexpected(msgpack.error());
  EqualBodies further;
  auto parts = unpack_parts(*msgpack, &further);
  if (!parts) return std::unexpected(parts.error());
  if (equal.response ? !parts->response || further.response.n != 0 : further.request.n != 0) {
    return fail(ErrorCode::kMalformed, "a body that should stand in interaction " + std::to_string(equal.n));
  }
  body.content = std::move(equal.response ? parts->response->body.content : parts->request.body.content);
  return {};
}

}  // namespace

Result<std::string_view> msgpack_of(std::string_view payload, const PayloadOf& earlier, std::string& plain) {
  if (payload.size() < kInteractionPrefix) return fail(ErrorCode::kMalformed, "a record that is too short");
  const std::uint32_t size = load_u32(payload, kInteractionPrefix - 4);
  std::string_view packed = payload.substr(kInteractionPrefix);
  if (size == 0) return packed;
  std::string lent;
  std::string_view dictionary;
  if ((size & kLeans) != 0) {
    if (packed.size() < 8) return fail(ErrorCode::kMalformed, "a record that is too short");
    const auto lender = earlier(load_u64(packed, 0));
    if (!lender) return std::unexpected(lender.error());
    const auto content = msgpack_of(*lender, lend_nothing, lent);
    if (!content) return std::unexpected(content.error());
    dictionary = *content;
    packed.remove_prefix(8);
  }
  auto unpacked = decompress(packed, size & ~kLeans, dictionary);
  if (!unpacked) return std::unexpected(unpacked.error());
  plain = std::move(*unpacked);
  return plain;
}

Prefix read_prefix(std::string_view payload) {
  Prefix prefix;
  prefix.started_utc_us = static_cast<std::int64_t>(load_u64(payload, 0));
  prefix.key.bucket_lo = load_u64(payload, 8);
  prefix.key.bucket_hi = load_u64(payload, 16);
  prefix.key.exact_lo = load_u64(payload, 24);
  prefix.key.exact_hi = load_u64(payload, 32);
  prefix.key.rules = load_u64(payload, 40);
  return prefix;
}

void append_prefix(std::string& out, const Prefix& prefix) {
  append_u64(out, static_cast<std::uint64_t>(prefix.started_utc_us));
  append_u64(out, prefix.key.bucket_lo);
  append_u64(out, prefix.key.bucket_hi);
  append_u64(out, prefix.key.exact_lo);
  append_u64(out, prefix.key.exact_hi);
  append_u64(out, prefix.key.rules);
}

std::string encode_payload(const Prefix& prefix, std::string_view msgpack, Lender lender) {
  std::string payload;
  payload.reserve(kInteractionPrefix + msgpack.size() + 512);
  append_prefix(payload, prefix);
  append_u32(payload, static_cast<std::uint32_t>(msgpack.size()) | (lender.n != 0 ? kLeans : 0));
  if (lender.n != 0) append_u64(payload, lender.n);
  if (compress_onto(payload, msgpack, lender.dictionary)) return payload;
  payload.resize(kInteractionPrefix);
  store_u32(payload.data() + kInteractionPrefix - 4, 0);
  payload += msgpack;
  return payload;
}

std::string encode(const RedactedInteraction& interaction) {
  return encode_payload({interaction->timing.started_utc_us, interaction->key}, pack_parts(*interaction));
}

Result<RedactedInteraction> decode(std::string_view payload, const PayloadOf& earlier) {
  std::string plain;
  const auto msgpack = msgpack_of(payload, earlier, plain);
  if (!msgpack) return std::unexpected(msgpack.error());
  EqualBodies equal;
  auto parts = unpack_parts(*msgpack, &equal);
  if (!parts) return std::unexpected(parts.error());
  if (auto there = fetch(parts->request.body, equal.request, earlier); !there) return std::unexpected(there.error());
  if (parts->response) {
    if (auto there = fetch(parts->response->body, equal.response, earlier); !there)
      return std::unexpected(there.error());
  }
  const Prefix prefix = read_prefix(payload);
  parts->timing.started_utc_us = prefix.started_utc_us;
  parts->key = prefix.key;
  return RedactionPass::vouch(std::move(*parts));
}

Result<RedactedInteraction> decode(std::string_view payload) { return decode(payload, lend_nothing); }

}  // namespace cvr::cassette
