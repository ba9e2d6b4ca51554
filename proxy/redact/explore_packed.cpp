// Compressed data: of a whole text, of parts of a multipart text, inside of other bytes (explore.h).
#include <array>

#include "redact/archives.h"
#include "redact/charset.h"
#include "redact/explore.h"
#include "redact/finder.h"
#include "redact/media_type.h"
#include "redact/mime_parts.h"
#include "redact/runs.h"
#include "redact/wide.h"

namespace cvr::redact {
namespace {

constexpr std::uint64_t kMaxStream = 16u << 20;
constexpr std::uint64_t kStreamCost = 8000;
constexpr std::string_view kHidden = "a known secret in compressed data";
constexpr std::string_view kUnread = "compressed data that is not read";

constexpr std::array<bool, 256> make_firsts() {
  std::array<bool, 256> firsts{};
  for (const unsigned char c : {0x1f, 0x78, 0x28, 0x50, 0x42, 0xfd, 0x37, 0x52}) firsts[c] = true;
  return firsts;
}
constexpr auto kFirsts = make_firsts();  // of gzip, zlib, zstd, zip, bzip2, xz, 7z, RAR

std::size_t next_magic(std::string_view text, std::size_t at) {
  while (at < text.size() && !kFirsts[static_cast<std::uint8_t>(text[at])]) ++at;
  return at;
}

}  // namespace

// Compressed from its first byte to its last: true, and all is said about it.
bool Finder::search_packed(std::string_view text, int depth, Budget& budget, Edits& edits) const {
  auto packing = http::packing_at(text);
  if (!packing && !holds_data(text)) return false;
  if (!packing && is_unread_archive(text)) {
    budget.exhaust(kUnread);
    return true;
  }
  http::Unpacked unpacked;
  if (packing) {
    unpacked = http::unpack(text, *packing, std::min(budget.unpackable(), kMaxStream));
  } else {
    // Brotli and raw deflate have no magic number.
    for (const auto tried : {http::Packing::kBrotli, http::Packing::kRawDeflate}) {
      unpacked = http::unpack(text, tried, std::min(budget.unpackable(), kMaxStream));
      if (unpacked.over_limit || (unpacked.whole && unpacked.consumed == text.size())) {
        packing = tried;
        break;
      }
    }
    if (!packing) return false;
  }
  if (unpacked.over_limit || depth == kMaxDepth) {
    budget.exhaust(unpacked.over_limit ? "compressed data over the limit" : kTooDeep);
    return true;
  }
  if (!budget.unpack(unpacked.plain.size())) return true;
  Edits found;
  without_expressions().explore(unpacked.plain, depth + 1, budget, found);
  const bool whole = unpacked.whole && unpacked.consumed == text.size();
  const Edits beside = whole ? search_beside(text, depth, budget) : Edits();
  const Edit* first = first_change(found) != nullptr ? first_change(found) : first_change(beside);
  if (first == nullptr) return whole;
  const Kind kind = first->kind;
  const std::string_view rule = rule_of(*first, "ledger.compressed");
  const auto packed = http::pack(apply_plain(unpacked.plain, std::move(found), pseudonyms_), *packing);
  if (!whole || !packed) {
    budget.exhaust(kHidden);
    return true;
  }
  edits.push_back({0, text.size(), kind, rule, *packed});
  return true;
}

// What compressed data carries beside what it inflates to: file names, comments, frames to be skipped.  Packed again it
// has none of them.
Edits Finder::search_beside(std::string_view bytes, int depth, Budget& budget) const {
  Edits found;
  if (!budget.spend(bytes.size())) return found;
  search_ledger(bytes, budget, found);
  without_expressions().explore(gzip_words(bytes), depth + 1, budget, found);
  return found;
}

// A part of a multipart text is compressed by itself, and may have a charset of its own.  Answers where parts
// stand that need no further look for streams.
Stretches Finder::search_parts(std::string_view text, int depth, Budget& budget, Edits& edits) const {
  Stretches done;
  for (const MimePart& part : mime_parts(text, budget)) {
    const std::string_view content = text.substr(part.begin, part.end - part.begin);
    Edits found;
    if (holds_data(content)) {
      if (search_packed(content, depth, budget, found)) {
        done.emplace_back(part.begin, part.end);
      } else if (part.coded) {
        return budget.exhaust(kUnread), done;
      } else if (depth < kMaxDepth) {
        search_wide(content, part.charset, depth, budget, found);
        for (const auto& [begin, end] : search_parts(content, depth + 1, budget, found)) {
          done.emplace_back(part.begin + begin, part.begin + end);
        }
      }
    }
    if (!wide_order(content, part.charset)) search_charset(content, part.charset, depth, budget, found);
    for (Edit& edit : found) {
      edit.begin += part.begin;
      edit.end += part.begin;
      edits.push_back(std::move(edit));
    }
  }
  return done;
}

void Finder::search_charset(std::string_view text, std::string_view charset, int depth, Budget& budget,
                            Edits& edits) const {
  if (is_unicode_name(charset) || (is_ascii_compatible(charset) && is_ascii(text)) || depth == kMaxDepth) return;
  const auto plain = from_charset(text, charset);
  if (!plain)
    return is_utf8(text) && is_ascii_compatible(charset) ? void() : budget.exhaust("a charset that is not read");
  if (!budget.spend(plain->size())) return;
  Edits found;
  without_expressions().explore(*plain, depth + 1, budget, found);
  if (!knows_beyond_ascii(*plain, found) && is_ascii_compatible(charset)) return;  // found in the bytes as well
  const Edit* first = first_change(found);
  if (first == nullptr) return;
  if (is_utf8(text) && is_ascii_compatible(charset)) return budget.exhaust("a known secret in one of two charsets");
  const Kind kind = first->kind;
  const std::string_view rule = rule_of(*first, "ledger.charset");
  edits.push_back(
      {0, text.size(), kind, rule, to_charset(apply_plain(*plain, std::move(found), pseudonyms_), charset)});
}

// Streams inside other bytes: entries of zip files (and so of office documents), objects of PDF files.  Not
// in the stretches that are `done`.
void Finder::search_embedded(std::string_view text, const Stretches& done, int depth, Budget& budget) const {
  auto next = done.begin();
  for (std::size_t at = next_magic(text, 0); at < text.size() && !budget.exhausted(); at = next_magic(text, at + 1)) {
    while (next != done.end() && next->second <= at) ++next;
    if (next != done.end() && next->first <= at) continue;
    const std::string_view rest = text.substr(at);
    if (const ZipEntry entry = zip_entry(rest); entry.data > 0) {
      if (!entry.readable && !entry.stored) return budget.exhaust(kUnread);
      if (entry.readable) search_stream(rest.substr(entry.data), http::Packing::kRawDeflate, depth, budget);
      continue;
    }
    if (at == 0) continue;
    if (is_unread_inside(rest)) return budget.exhaust(kUnread);
    // The pixels of a PNG are no text.
    if (text.substr(0, at).ends_with("IDAT")) continue;
    if (const auto packing = http::packing_at(rest)) search_stream(rest, *packing, depth, budget);
  }
}

void Finder::search_stream(std::string_view bytes, http::Packing packing, int depth, Budget& budget) const {
  // A decoder has to be set up for each, so a body full of magic numbers must not get many.
  if (!budget.spend(kStreamCost)) return;
  const http::Unpacked unpacked = http::unpack(bytes, packing, std::min(budget.unpackable(), kMaxStream));
  if (!budget.spend(unpacked.consumed) || unpacked.plain.size() < kMinText) return;
  if (unpacked.over_limit) return budget.exhaust("compressed data over the limit");
  // Chance makes a beginning in every 8 KiB of random bytes; what follows breaks off and reads as nothing.
  if (!unpacked.whole && !is_worth_a_search(unpacked.plain)) return;
  // A whole stream has proved by its checksum that it is one.  What breaks off may be chance, of which 10 MB of
  // random bytes have some at any depth: that is searched as it stands.
  const bool last = depth == kMaxDepth;
  if (last && unpacked.whole) return budget.exhaust(kTooDeep);
  if (!budget.unpack(unpacked.plain.size())) return;
  Edits found;
  if (last) {
    without_expressions().search_bytes(unpacked.plain, budget, found);
  } else {
    without_expressions().explore(unpacked.plain, depth + 1, budget, found);
  }
  if (first_change(found) != nullptr) budget.exhaust(kHidden);
}

}  // namespace cvr::redact
