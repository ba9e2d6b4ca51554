// A content coding decodes to at most the limit or is refused, whatever the bytes; and any bytes,
// encoded, decode to themselves.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/result.h"
#include "http/codings.h"

namespace {

using namespace cvr;
using namespace cvr::http;

constexpr std::uint64_t kLimit = 1u << 16;
constexpr const char* kNames[] = {"gzip", "deflate", "br", "zstd", "x-gzip", "identity", "snappy", ""};

// The first byte says how many codings, the next ones which.
std::vector<std::string> take_codings(std::string_view& bytes) {
  std::vector<std::string> codings;
  if (bytes.empty()) return codings;
  const auto count = static_cast<std::size_t>(static_cast<std::uint8_t>(bytes[0]) % 6);
  bytes.remove_prefix(1);
  for (std::size_t i = 0; i < count && !bytes.empty(); ++i) {
    codings.emplace_back(kNames[static_cast<std::uint8_t>(bytes[0]) % 8]);
    bytes.remove_prefix(1);
  }
  return codings;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const std::string& name : parse_codings(bytes)) CVR_CHECK(name != "identity" && name != "x-gzip");
  const std::vector<std::string> codings = take_codings(bytes);
  const auto plain = decode_body(bytes, codings, kLimit);
  CVR_CHECK(!plain || plain->size() <= kLimit);
  const auto encoded = encode_body(bytes, codings);
  if (!encoded || bytes.size() > kLimit) return 0;
  const auto back = decode_body(*encoded, codings, 2 * kLimit);
  CVR_CHECK(back.has_value() && *back == bytes);
  return 0;
}
