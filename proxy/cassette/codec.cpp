#include "cassette/codec.h"

#include "cassette/compress.h"
#include "cassette/frame.h"
#include "cassette/parts.h"
#include "cvr/cassette.h"

namespace cvr::cassette {

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

std::string encode(const RedactedInteraction& interaction) {
  const std::string msgpack = pack_parts(*interaction);
  std::string payload;
  payload.reserve(kInteractionPrefix + msgpack.size() + 512);
  append_prefix(payload, {interaction->timing.started_utc_us, interaction->key});
  append_u32(payload, static_cast<std::uint32_t>(msgpack.size()));
  if (!compress_onto(payload, msgpack)) {
    store_u32(payload.data() + kInteractionPrefix - 4, 0);
    payload += msgpack;
  }
  return payload;
}

Result<RedactedInteraction> decode(std::string_view payload) {
  if (payload.size() < kInteractionPrefix) return fail(ErrorCode::kMalformed, "a record that is too short");
  const std::uint32_t plain_size = load_u32(payload, kInteractionPrefix - 4);
  std::string_view msgpack = payload.substr(kInteractionPrefix);
  std::string plain;
  if (plain_size != 0) {
    auto unpacked = decompress(msgpack, plain_size);
    if (!unpacked) return std::unexpected(unpacked.error());
    plain = std::move(*unpacked);
    msgpack = plain;
  }
  auto parts = unpack_parts(msgpack);
  if (!parts) return std::unexpected(parts.error());
  const Prefix prefix = read_prefix(payload);
  parts->timing.started_utc_us = prefix.started_utc_us;
  parts->key = prefix.key;
  return RedactionPass::vouch(std::move(*parts));
}

}  // namespace cvr::cassette
