// A record decodes or is refused, in memory in proportion to its size; and what decodes, encodes to
// bytes that decode to the same again.
#include <cstdint>
#include <string>
#include <string_view>

#include "cassette/codec.h"
#include "cassette/meta.h"
#include "cassette/parts.h"
#include "cassette/storable.h"
#include "cvr/cassette.h"

namespace {

using namespace cvr;
using namespace cvr::cassette;

void check_payload(std::string_view payload) {
  const auto decoded = decode(payload);
  if (!decoded) return;
  CVR_CHECK(check_storable(**decoded).has_value());
  const std::string encoded = encode(*decoded);
  const auto again = decode(encoded);
  CVR_CHECK(again.has_value() && *again == *decoded);
  CVR_CHECK(encode(*again) == encoded);
}

void check_msgpack(std::string_view msgpack) {
  const auto parts = unpack_parts(msgpack);
  if (!parts) return;
  const std::string packed = pack_parts(*parts);
  const auto again = unpack_parts(packed);
  CVR_CHECK(again.has_value() && *again == *parts);
}

void check_small(std::string_view payload) {
  if (const auto header = decode_header(payload)) CVR_CHECK(decode_header(encode_header(*header)) == *header);
  if (const auto gap = decode_gap(payload)) CVR_CHECK(decode_gap(encode_gap(*gap)) == *gap);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_payload(bytes);
  static_cast<void>(decode(bytes, [bytes](std::uint64_t) -> Result<std::string_view> { return bytes; }));
  check_msgpack(bytes);
  check_small(bytes);
  return 0;
}
