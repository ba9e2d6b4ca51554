#include "cassette/meta.h"

#include <msgpack.hpp>

#include "cassette/frame.h"
#include "cassette/msgpack_cursor.h"

namespace cvr::cassette {
namespace {

constexpr std::size_t kMostText = 4096;  // of a text in these frames

std::string_view shortened(std::string_view text) { return text.substr(0, kMostText); }

}  // namespace

std::string encode_header(const Header& header) {
  msgpack::sbuffer out;
  msgpack::packer<msgpack::sbuffer> pack(out);
  pack.pack_map(header.redaction.empty() ? 3 : 4);
  pack.pack("tool").pack(shortened(header.tool));
  pack.pack("created").pack(header.created_utc_us);
  pack.pack("key").pack(shortened(header.key_fingerprint));
  if (!header.redaction.empty()) pack.pack("redaction").pack(shortened(header.redaction));
  return {out.data(), out.size()};
}

Result<Header> decode_header(std::string_view payload) {
  MsgpackCursor in(payload);
  Header header;
  for (std::uint32_t pairs = in.map(); pairs > 0 && in.ok(); --pairs) {
    const std::string_view key = in.text();
    if (key == "tool") {
      header.tool = shortened(in.text());
    } else if (key == "created") {
      header.created_utc_us = in.signed_number();
    } else if (key == "key") {
      header.key_fingerprint = shortened(in.text());
    } else if (key == "redaction") {
      header.redaction = shortened(in.text());
    } else {
      in.skip();
    }
  }
  if (!in.ok() || !in.at_end()) return fail(ErrorCode::kMalformed, "a header that does not parse");
  return header;
}

std::string encode_gap(const Gap& gap) {
  msgpack::sbuffer out;
  msgpack::packer<msgpack::sbuffer> pack(out);
  pack.pack_map(3);
  pack.pack("at").pack(gap.at_utc_us);
  pack.pack("lost").pack(gap.lost);
  pack.pack("reason").pack(shortened(gap.reason));
  return {out.data(), out.size()};
}

Result<Gap> decode_gap(std::string_view payload) {
  MsgpackCursor in(payload);
  Gap gap;
  for (std::uint32_t pairs = in.map(); pairs > 0 && in.ok(); --pairs) {
    const std::string_view key = in.text();
    if (key == "at") {
      gap.at_utc_us = in.signed_number();
    } else if (key == "lost") {
      gap.lost = in.number();
    } else if (key == "reason") {
      gap.reason = shortened(in.text());
    } else {
      in.skip();
    }
  }
  if (!in.ok() || !in.at_end()) return fail(ErrorCode::kMalformed, "a gap that does not parse");
  return gap;
}

std::string encode_refusal(const Refusal& refusal) {
  msgpack::sbuffer out;
  msgpack::packer<msgpack::sbuffer> pack(out);
  pack.pack_map(refusal.host.empty() ? 3 : 4);
  pack.pack("at").pack(refusal.at_utc_us);
  pack.pack("kind").pack(shortened(refusal.kind));
  if (!refusal.host.empty()) pack.pack("host").pack(shortened(refusal.host));
  pack.pack("reason").pack(shortened(refusal.reason));
  return {out.data(), out.size()};
}

Result<Refusal> decode_refusal(std::string_view payload) {
  MsgpackCursor in(payload);
  Refusal refusal;
  for (std::uint32_t pairs = in.map(); pairs > 0 && in.ok(); --pairs) {
    const std::string_view key = in.text();
    if (key == "at") {
      refusal.at_utc_us = in.signed_number();
    } else if (key == "kind") {
      refusal.kind = shortened(in.text());
    } else if (key == "host") {
      refusal.host = shortened(in.text());
    } else if (key == "reason") {
      refusal.reason = shortened(in.text());
    } else {
      in.skip();
    }
  }
  if (!in.ok() || !in.at_end()) return fail(ErrorCode::kMalformed, "a refusal that does not parse");
  return refusal;
}

}  // namespace cvr::cassette
