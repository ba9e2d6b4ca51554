#include "http/codings.h"

#include <algorithm>

#include "cvr/http.h"
#include "http/compressors.h"
#include "http/unpack.h"

namespace cvr::http {
namespace {

constexpr std::size_t kMostCodings = 4;

struct Coding {
  std::string_view name;
  Result<std::string> (*decode)(std::string_view wire, std::uint64_t limit_bytes);
  Result<std::string> (*encode)(std::string_view plain);
};

constexpr Coding kCodings[] = {
    {"gzip", gunzip, gzip},
    {"deflate", inflate_any, deflate_zlib},
    {"br", brotli_decode, brotli_encode},
    {"zstd", zstd_decode, zstd_encode},
};

// Of the registry, but for those above; in lower case.
constexpr std::string_view kOtherCodings[] = {"aes128gcm", "compress", "dcb",          "dcz",
                                              "exi",       "identity", "pack200-gzip", "x-compress"};

const Coding* find_coding(std::string_view name) {
  for (const Coding& coding : kCodings) {
    if (coding.name == name) return &coding;
  }
  return nullptr;
}

}  // namespace

std::vector<std::string> parse_codings(std::string_view header_value) {
  std::vector<std::string> out;
  while (!header_value.empty()) {
    const std::size_t comma = header_value.find(',');
    std::string_view item = header_value.substr(0, comma);
    const std::size_t begin = item.find_first_not_of(" \t");
    if (begin != std::string_view::npos) {
      std::string name = to_lower(item.substr(begin, item.find_last_not_of(" \t") - begin + 1));
      if (name == "x-gzip") name = "gzip";
      if (name != "identity") out.push_back(std::move(name));
    }
    if (comma == std::string_view::npos) break;
    header_value.remove_prefix(comma + 1);
  }
  return out;
}

std::string_view registered_coding(std::string_view name) {
  if (const Coding* coding = find_coding(name)) return coding->name;
  const auto* other = std::ranges::find(kOtherCodings, name);
  return other == std::end(kOtherCodings) ? "unknown" : *other;
}

Result<std::string> decode_body(std::string_view wire, const std::vector<std::string>& codings,
                                std::uint64_t limit_bytes) {
  if (codings.size() > kMostCodings) return fail(ErrorCode::kUnsupported, "more than 4 content codings");
  if (wire.size() > limit_bytes || wire.size() > UINT32_MAX) return fail(ErrorCode::kLimit, "a body over the limit");
  std::string current;
  bool first = true;
  for (auto name = codings.rbegin(); name != codings.rend(); ++name) {
    const Coding* coding = find_coding(*name);
    if (coding == nullptr) return fail(ErrorCode::kUnsupported, "an unknown content coding");
    auto decoded = coding->decode(first ? wire : std::string_view(current), limit_bytes);
    if (!decoded) return decoded;
    current = std::move(*decoded);
    first = false;
  }
  return first ? std::string(wire) : std::move(current);
}

std::string decode_beginning(std::string_view wire, const std::vector<std::string>& codings,
                             std::uint64_t limit_bytes) {
  if (codings.size() != 1 || find_coding(codings[0]) == nullptr) return {};
  const std::string& name = codings[0];
  const auto read = [&](Packing packing) {
    Unpacked out = unpack(wire, packing, limit_bytes);
    return out.over_limit ? std::string() : std::move(out.plain);
  };
  if (name == "gzip") return read(Packing::kGzip);
  if (name == "br") return read(Packing::kBrotli);
  if (name == "zstd") return read(Packing::kZstd);
  std::string out = read(Packing::kZlib);
  return out.empty() ? read(Packing::kRawDeflate) : out;
}

Result<std::string> encode_body(std::string_view plain, const std::vector<std::string>& codings) {
  if (codings.size() > kMostCodings) return fail(ErrorCode::kUnsupported, "more than 4 content codings");
  std::string current(plain);
  for (const std::string& name : codings) {
    const Coding* coding = find_coding(name);
    if (coding == nullptr) return fail(ErrorCode::kUnsupported, "an unknown content coding");
    auto encoded = coding->encode(current);
    if (!encoded) return encoded;
    current = std::move(*encoded);
  }
  return current;
}

}  // namespace cvr::http
