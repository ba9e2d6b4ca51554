#include "redact/wide.h"

#include <algorithm>

#include "base/utf8.h"
#include "redact/blocks.h"
#include "redact/edits.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kSample = 8;  // bytes that tell text in UTF-16 from other things

std::uint32_t unit_at(std::string_view bytes, std::size_t at, ByteOrder order) {
  const auto first = static_cast<std::uint8_t>(bytes[at]);
  const auto second = static_cast<std::uint8_t>(bytes[at + 1]);
  return order == ByteOrder::kLittle ? second << 8 | first : first << 8 | second;
}

void append_unit(std::string& out, std::uint32_t unit, ByteOrder order) {
  const char high = static_cast<char>(unit >> 8);
  const char low = static_cast<char>(unit & 0xff);
  if (order == ByteOrder::kLittle) {
    out += {low, high};
  } else {
    out += {high, low};
  }
}

bool looks_wide(std::string_view bytes, std::size_t zero) {
  if (bytes.size() < kSample || bytes.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < kSample; ++i) {
    if ((bytes[i] == 0) != (i % 2 == zero)) return false;
  }
  return true;
}

// Four bytes each, of which one is not zero: the beginning of JSON or markup.
bool looks_widest(std::string_view bytes, std::size_t letter) {
  if (bytes.size() < 4 * kSample || !std::string_view("{[<\"").contains(bytes[letter])) return false;
  for (std::size_t i = 0; i < 4 * kSample; ++i) {
    if ((bytes[i] != 0) != (i % 4 == letter)) return false;
  }
  return true;
}

}  // namespace

std::string_view utf32_of(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.size() % 4 != 0) return {};
  if (bytes.starts_with("\xff\xfe\0\0"sv)) return "utf-32le";
  if (bytes.starts_with("\0\0\xfe\xff"sv) || looks_widest(bytes, 3)) return "utf-32be";
  return looks_widest(bytes, 0) ? "utf-32le"sv : std::string_view();
}

std::optional<ByteOrder> wide_order(std::string_view bytes, std::string_view charset) {
  if (!utf32_of(bytes).empty()) return std::nullopt;
  if (bytes.starts_with("\xff\xfe")) return ByteOrder::kLittle;
  if (bytes.starts_with("\xfe\xff")) return ByteOrder::kBig;
  if (charset == "utf-16le" || charset == "ucs-2le") return ByteOrder::kLittle;
  if (is_utf16_name(charset)) {
    return looks_wide(bytes, 1) ? ByteOrder::kLittle : ByteOrder::kBig;  // RFC 2781 section 4.3: big when silent
  }
  if (looks_wide(bytes, 1)) return ByteOrder::kLittle;
  if (looks_wide(bytes, 0)) return ByteOrder::kBig;
  return std::nullopt;
}

bool is_utf16_name(std::string_view charset) {
  constexpr std::string_view kNames[] = {"utf-16", "utf-16le", "utf-16be", "ucs-2", "ucs-2le", "iso-10646-ucs-2"};
  return std::ranges::find(kNames, charset) != std::end(kNames);
}

bool may_be_utf16(std::string_view bytes) { return bytes.find('\0') != bytes.npos; }

bool holds_narrow_text(std::string_view bytes) {
  constexpr std::size_t kLongest = 32;
  std::size_t streak = 0;
  return std::ranges::any_of(bytes, [&](char c) {
    streak = (c >= 0x20 && c < 0x7f) || c == '\t' || c == '\r' || c == '\n' ? streak + 1 : 0;
    return streak == kLongest;
  });
}

bool is_ascii(std::string_view text) {
  std::size_t at = 0;
  while (at + kBlock <= text.size() && !any_of_block(load_block(text.data() + at) & 0x80)) at += kBlock;
  return std::ranges::all_of(text.substr(at), [](char c) { return static_cast<std::uint8_t>(c) < 0x80; });
}

std::optional<std::string> from_utf16(std::string_view bytes, ByteOrder order) {
  if (bytes.size() % 2 != 0) return std::nullopt;
  std::string out;
  out.reserve(bytes.size() / 2);
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    const std::uint32_t unit = unit_at(bytes, at, order);
    if (unit < 0xd800 || unit > 0xdfff) {
      append_utf8(out, unit);
      continue;
    }
    if (unit > 0xdbff || at + 4 > bytes.size()) return std::nullopt;
    const std::uint32_t low = unit_at(bytes, at + 2, order);
    if (low < 0xdc00 || low > 0xdfff) return std::nullopt;
    append_utf8(out, 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
    at += 2;
  }
  return out;
}

std::optional<RedactedText> from_utf16(const RedactedText& wide, ByteOrder order) {
  bool whole = true;
  RedactedText out = respelled(wide, [&](std::string_view part) {
    auto plain = from_utf16(part, order);
    whole = whole && plain.has_value();
    return std::move(plain).value_or(std::string());
  });
  return whole ? std::optional(std::move(out)) : std::nullopt;
}

std::string to_utf16(std::string_view text, ByteOrder order) {
  std::string out;
  out.reserve(text.size() * 2);
  for (std::size_t at = 0; at < text.size();) {
    const Utf8 next = decode_utf8(text.substr(at));
    at += next.size;
    const std::uint32_t code_point = next.valid ? next.code_point : 0xfffd;
    if (code_point < 0x10000) {
      append_unit(out, code_point, order);
    } else {
      append_unit(out, 0xd800 + ((code_point - 0x10000) >> 10), order);
      append_unit(out, 0xdc00 + ((code_point - 0x10000) & 0x3ff), order);
    }
  }
  return out;
}

RedactedText to_utf16(const RedactedText& text, ByteOrder order) {
  return respelled(text, [order](std::string_view part) { return to_utf16(part, order); });
}

}  // namespace cvr::redact
