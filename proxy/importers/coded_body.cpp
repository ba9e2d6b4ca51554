#include "importers/coded_body.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "http/codings.h"
#include "http/unpack.h"

namespace cvr::importers {
namespace {

// What is larger when it is decoded is left out by redaction, which then has no text to search.
constexpr std::uint64_t kMostCounted = 16u << 20;

std::vector<std::string> codings_of(const http::Fields& fields) {
  std::vector<std::string> out;
  for (const http::Field& field : fields) {
    if (!http::equals_ignoring_case(field.name, "content-encoding")) continue;
    for (std::string& coding : http::parse_codings(field.value)) out.push_back(std::move(coding));
  }
  return out;
}

bool is_text(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const auto c = static_cast<std::uint8_t>(bytes[i]);
    if ((c < 0x20 && (c < 0x09 || c > 0x0d)) || c == 0x7f) return false;
    const Utf8 decoded = c < 0x80 ? Utf8{c, 1, true} : decode_utf8(bytes.substr(i));
    if (!decoded.valid) return false;
    i += decoded.size;
  }
  return true;
}

// Types that servers compress although they are no text, by the beginning of their files.
bool is_known_file(std::string_view bytes) {
  static constexpr std::array<std::string_view, 10> kMagic = {
      "\x89PNG\r\n", "\xff\xd8\xff", "GIF8", "RIFF", "wOFF", "wOF2", "%PDF-", {"\0asm", 4}, {"\0\1\0\0", 4}, "OTTO"};
  return std::ranges::any_of(kMagic, [&](std::string_view magic) { return bytes.starts_with(magic); });
}

// Whether bytes that the codings do not decode are the plain body.  Brotli and raw deflate have no magic number: what
// is neither text nor a known file could be half of them.
bool stands_decoded(std::string_view bytes, const std::vector<std::string>& codings) {
  if (is_text(bytes)) return true;
  if (http::packing_at(bytes)) return false;
  const bool marked =
      std::ranges::all_of(codings, [](const auto& coding) { return coding == "gzip" || coding == "zstd"; });
  return marked || is_known_file(bytes);
}

// Whether the file may decompress to so much more.
bool charge(std::uint64_t bytes, Losses& losses) {
  const bool fits = bytes <= losses.unpackable;
  losses.unpackable -= std::min(bytes, losses.unpackable);
  return fits;
}

void set_plain(std::string& out, std::optional<BodyDigest>& missing, const Place& place) {
  const auto packing = http::packing_at(out);
  if (!packing) return;
  const auto unpacked = http::unpack(out, *packing, std::min(kMostCounted, place.losses.unpackable + 1));
  if (!charge(unpacked.plain.size() + (unpacked.over_limit ? 1 : 0), place.losses))
    missing = bomb_body(out.size(), place);
}

}  // namespace

void set_body(std::string body, http::Fields& fields, std::string& out, std::optional<BodyDigest>& missing,
              const Place& place) {
  out = std::move(body);
  const auto leave_out_bomb = [&] {
    if (missing) out.clear();
  };
  if (out.empty()) return;
  const auto codings = codings_of(fields);
  if (codings.empty()) {
    set_plain(out, missing, place);
    return leave_out_bomb();
  }
  const std::uint64_t limit = std::min(kMostCounted, place.losses.unpackable);
  const auto decoded = http::decode_body(out, codings, limit);
  if (decoded || decoded.error().code == ErrorCode::kLimit) {
    if (!charge(decoded ? decoded->size() : limit < kMostCounted ? limit + 1 : limit, place.losses)) {
      missing = bomb_body(out.size(), place);
    }
    return leave_out_bomb();
  }
  if (!stands_decoded(out, codings)) return;
  const auto coded = http::encode_body(out, codings);
  if (coded) {
    out = *coded;
    return place.lost("bodies that stand decoded were compressed anew, as their header says");
  }
  if (!is_text(out)) return;
  std::erase_if(fields, [](const auto& field) { return http::equals_ignoring_case(field.name, "content-encoding"); });
  place.lost("content codings that are not known dropped; the body is taken as it stands");
}

}  // namespace cvr::importers
