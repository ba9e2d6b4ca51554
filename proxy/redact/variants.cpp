#include "redact/variants.h"

#include <algorithm>

#include "base/base64.h"
#include "base/escape.h"
#include "base/json_scan.h"
#include "redact/anchor_table.h"
#include "redact/views.h"
#include "redact/wide.h"

namespace cvr::redact {
namespace {

// CSV and SQL write the quote around a value twice within it.  At its ends a second one may be that quote itself, so
// those stay as they are, and are found all the same.
std::string doubled(std::string_view value, char quote) {
  const std::size_t first = std::min(value.find_first_not_of(quote), value.size());
  const std::size_t last = value.find_last_not_of(quote) + 1;  // 0: nothing but quotes
  std::string text;
  for (std::size_t i = 0; i < value.size(); ++i) {
    text.append(value[i] == quote && i > first && i < last ? 2 : 1, value[i]);
  }
  return text;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace

bool is_base64(Variant variant) { return variant >= Variant::kBase64_0 && variant <= Variant::kBase64Url_2; }
bool is_base64url(Variant variant) { return variant >= Variant::kBase64Url_0 && variant <= Variant::kBase64Url_2; }

bool is_escaped(Variant variant) { return variant >= Variant::kPercentUpper && variant <= Variant::kJson; }

bool is_wide(Variant variant) { return variant == Variant::kUtf16 || variant == Variant::kUtf16Big; }

bool is_doubled(Variant variant) {
  return variant == Variant::kDoubledQuotes || variant == Variant::kDoubledApostrophes;
}

bool is_distinct(std::string_view pattern, std::string_view value, Variant variant) {
  if (is_base64url(variant)) return pattern.find_first_of("-_") != pattern.npos;
  if (variant == Variant::kPercentLower) return pattern != variant_of(value, Variant::kPercentUpper);
  if (variant == Variant::kDecoded) return pattern != value && pattern.size() >= AnchorTable::kMinPattern;
  if (variant == Variant::kHexUpper) return pattern != variant_of(value, Variant::kHexLower);
  if (variant == Variant::kUtf16Big) return !is_ascii(value);
  return !(is_escaped(variant) || is_doubled(variant)) || pattern != value;
}

int alignment_of(Variant variant) { return (static_cast<int>(variant) - static_cast<int>(Variant::kBase64_0)) % 3; }

// Six bits a character: one byte before leaves a mixed second character, two leave a mixed third.
std::size_t skipped_by(int alignment) { return alignment == 0 ? 0 : static_cast<std::size_t>(alignment) + 1; }

std::string variant_of(std::string_view value, Variant variant) {
  switch (variant) {
    case Variant::kRaw:
      return std::string(value);
    case Variant::kHexLower:
      return hex_encode(value);
    case Variant::kHexUpper: {
      std::string text = hex_encode(value);
      for (char& c : text) c = c >= 'a' ? static_cast<char>(c - 32) : c;
      return text;
    }
    case Variant::kPercentUpper:
      return percent_encode(value);
    case Variant::kPercentLower: {
      std::string text = percent_encode(value);
      for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') continue;
        for (const std::size_t at : {i + 1, i + 2}) text[at] = lower(text[at]);
        i += 2;
      }
      return text;
    }
    case Variant::kDecoded:
      return decode(value, View::kAll);
    case Variant::kUtf16:
    case Variant::kUtf16Big: {
      std::string text = to_utf16(value, variant == Variant::kUtf16 ? ByteOrder::kLittle : ByteOrder::kBig);
      if (variant == Variant::kUtf16 && is_ascii(value)) text.pop_back();
      return text;
    }
    case Variant::kDoubledQuotes:
      return doubled(value, '"');
    case Variant::kDoubledApostrophes:
      return doubled(value, '\'');
    case Variant::kJson: {
      std::string text;
      json::append_escaped(text, value);
      return text;
    }
    default: {
      const int alignment = alignment_of(variant);
      std::string bytes(static_cast<std::size_t>(alignment), '\0');
      bytes += value;
      const std::string text = is_base64url(variant) ? base64url_encode(bytes) : base64_encode(bytes);
      const std::size_t skip = skipped_by(alignment);
      return text.substr(skip, bytes.size() * 8 / 6 - skip);
    }
  }
}

}  // namespace cvr::redact
