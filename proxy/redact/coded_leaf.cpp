#include "redact/coded_leaf.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "base/base64.h"
#include "base/char_set.h"
#include "redact/budget.h"
#include "redact/charset.h"
#include "redact/leaf.h"
#include "redact/overlaps.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMinPacked = 16;
constexpr std::size_t kMaxPacked = 8u << 20;  // longer ones are left out as a whole
constexpr std::size_t kSample = 1024;         // characters that tell a text from a picture
constexpr std::size_t kMaxScheme = 12;
constexpr std::size_t kMaxHead = 256;  // of a data: URL

constexpr CharSet kStructure("{[<");
constexpr CharSet kNoHead(" \t\r\n\"{}[]<>");
constexpr CharSet kSpace(" \t\r\n");
constexpr CharSet kAlphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=");
constexpr CharSet kFolded("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_= \t\r\n");
constexpr CharSet kHexDigits("0123456789abcdefABCDEF");
constexpr CharSet kHexFolded("0123456789abcdefABCDEF \t\r\n");
// What JSON, markup, a form or a header line begins with.
constexpr CharSet kFirst("{[<\" \t\r\nABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.]%$\xef");

constexpr std::string_view kBase64Leaf = "leaf.base64";
constexpr std::string_view kHexLeaf = "leaf.hex";

enum class Coding : std::uint8_t { kNone, kBase64, kHex };

bool is_text_byte(char c) {
  const auto byte = static_cast<std::uint8_t>(c);
  return byte >= 0x20 || c == '\n' || c == '\r' || c == '\t';
}

bool opens_text(std::string_view bytes) {
  return bytes.size() >= 2 && kFirst.has(bytes[0]) && std::ranges::all_of(bytes, is_text_byte);
}

// By the first bytes alone.
Coding packing_of_head(std::string_view text) {
  if (text.size() < kMinPacked) return Coding::kNone;
  if (const auto hex = hex_decode(text.substr(0, 4)); hex && opens_text(*hex)) return Coding::kHex;
  const auto start = base64_decode(text.substr(0, 4));
  return start && start->size() == 3 && opens_text(*start) ? Coding::kBase64 : Coding::kNone;
}

// White space stands in it only where lines are broken.
bool is_all(std::string_view text, const CharSet& bare, const CharSet& folded) {
  const std::size_t other = bare.first_not_in(text);
  if (other == text.npos) return true;
  const bool breaks = text[other] == '\n' || text[other] == '\r' || kSpace.first_not_in(text, other) == text.npos;
  return breaks && folded.first_not_in(text, other) == text.npos;
}

Coding packing_of(std::string_view text) {
  text.remove_prefix(std::min(kSpace.first_not_in(text), text.size()));
  const Coding coding = packing_of_head(text);
  if (coding == Coding::kHex && is_all(text, kHexDigits, kHexFolded)) return Coding::kHex;
  if (coding == Coding::kNone) return coding;
  if (coding == Coding::kHex) {
    const auto start = base64_decode(text.substr(0, 4));
    if (!start || !opens_text(*start)) return Coding::kNone;
  }
  return is_all(text, kAlphabet, kFolded) ? Coding::kBase64 : Coding::kNone;
}

std::string without_space(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (!kSpace.has(c)) out += c;
  }
  return out;
}

// `text` with the line breaks of `original` at the same places.
std::string folded_as(std::string_view text, std::string_view original) {
  std::string out;
  std::size_t used = 0;
  for (std::size_t at = 0; at < original.size() && used < text.size(); ++at) {
    out += kSpace.has(original[at]) ? original[at] : text[used++];
  }
  return out += text.substr(used);
}

std::optional<std::string> unpack(std::string_view bare, Coding coding) {
  return coding == Coding::kHex ? hex_decode(bare) : base64_decode(bare);
}

std::string pack(std::string_view plain, std::string_view bare, Coding coding) {
  if (coding == Coding::kHex) {
    std::string out = hex_encode(plain);
    if (std::ranges::none_of(bare, [](char c) { return c >= 'a' && c <= 'f'; })) {
      for (char& c : out) c = c >= 'a' ? static_cast<char>(c - 32) : c;
    }
    return out;
  }
  const bool url = bare.find_first_of("-_") != bare.npos;
  std::string out = url ? base64url_encode(plain) : base64_encode(plain);
  while (bare.size() % 4 != 0 && out.ends_with('=')) out.pop_back();
  while (url && bare.ends_with('=') && out.size() % 4 != 0) out += '=';
  return out;
}

bool sample_is_text(std::string_view text, Coding coding) {
  std::string head = without_space(text.substr(0, kSample));
  while (head.ends_with('=')) head.pop_back();
  head.resize(head.size() / 4 * 4);
  const auto plain = unpack(head, coding);
  return plain && std::ranges::all_of(*plain, is_text_byte);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = std::min(kSpace.first_not_in(text), text.size());
  text.remove_prefix(first);
  return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
}

// Decoded, read, and its edits put back where they come from.
void collect_view(std::string_view text, View view, std::size_t begin, Context& context, Edits& edits) {
  Edits found;
  collect_inside(decode(text, view), context, found);
  append_moved(lift(text, view, std::move(found)), begin, edits);
}

// "data:application/json;base64,eyJ..." (RFC 2397)
bool collect_data_url(std::string_view text, Context& context, Edits& edits) {
  const std::size_t comma = text.substr(0, kMaxHead).find(',');
  if (!text.starts_with("data:") || comma == text.npos || kNoHead.any_in(text.substr(0, comma))) return false;
  const std::string_view data = text.substr(comma + 1);
  const bool percent = data.find('%') != data.npos;
  if (!text.substr(0, comma).ends_with(";base64")) {
    percent ? collect_view(data, View::kPercent, comma + 1, context, edits) : [&] {
      Edits found;
      collect_inside(data, context, found);
      append_moved(std::move(found), comma + 1, edits);
    }();
    return true;
  }
  const std::string plain = percent ? decode(data, View::kPercent) : std::string(data.substr(0, kMinPacked));
  if (packing_of_head(plain) == Coding::kNone) return true;  // a picture
  Edits found;
  collect_packed(percent ? std::string_view(plain) : data, context, found);
  append_moved(percent ? lift(data, View::kPercent, std::move(found)) : std::move(found), comma + 1, edits);
  return true;
}

// The view that the first coded sign belongs to.
std::optional<View> view_of(std::string_view text) {
  constexpr CharSet kSigns("%&\\");
  const std::size_t sign = kSigns.first_in(text);
  if (sign == text.npos) return std::nullopt;
  if (text[sign] == '&') return View::kHtml;
  if (text[sign] == '\\') return View::kJson;
  const bool plus = text.find('+') != text.npos && text.find("%20") == text.npos;
  return plus ? View::kPercentPlus : View::kPercent;
}

bool opens_sign(std::string_view text) {
  for (const std::string_view sign : {"%7B", "%7b", "%5B", "%5b", "%3C", "%3c", "%22", "%25", "&quot;", "&lt;", "&#",
                                      "&amp;", "&lbrace;", "&lbrack;", "\\\"", "\\u", "\\x", "\\\\"}) {
    if (text.starts_with(sign)) return true;
  }
  return false;
}

}  // namespace

bool may_be_packed(std::string_view text) { return packing_of(text) != Coding::kNone; }

bool looks_packed(std::string_view text) {
  const std::string_view inner = trimmed(text);
  const Coding coding = packing_of(inner);
  return coding != Coding::kNone && sample_is_text(inner, coding);
}

bool opens_escaped(std::string_view text) {
  constexpr CharSet kOpen("{[ \t\r\n");
  if (opens_sign(text)) return true;
  if (text.empty()) return false;
  if (text[0] == '{' || text[0] == '[') {
    return opens_sign(text.substr(std::min(kOpen.first_not_in(text), text.size())));
  }
  if (kSpace.any_in(text.substr(0, kMaxHead))) return false;
  for (std::size_t at = text.find('%'); at != text.npos; at = text.find('%', at + 1)) {
    std::string_view rest = text.substr(at + 1, 8);
    while (rest.starts_with("25")) rest.remove_prefix(2);
    if (rest.starts_with("3D") || rest.starts_with("3d") || rest.starts_with("3A%2F") || rest.starts_with("3a%2f")) {
      return true;
    }
  }
  return false;
}

bool collect_packed(std::string_view text, Context& context, Edits& edits) {
  const std::string_view inner = trimmed(text);
  const Coding coding = packing_of(inner);
  if (coding == Coding::kNone || !sample_is_text(inner, coding)) return false;
  const auto begin = static_cast<std::size_t>(inner.data() - text.data());
  const std::string_view rule = coding == Coding::kHex ? kHexLeaf : kBase64Leaf;
  if (inner.size() > kMaxPacked) {
    edits.push_back(
        {begin, begin + inner.size(), Kind::kOther, "leaf.size", same_shape(inner, context.masker.pseudonyms())});
    return true;
  }
  const bool folded = kSpace.any_in(inner);
  const std::string bare = folded ? without_space(inner) : std::string(inner);
  const auto plain = unpack(bare, coding);
  if (!plain || !std::ranges::all_of(*plain, is_text_byte)) return false;
  // Of words that happen to be of the alphabet; a structure may be in another charset.
  if (!is_utf8(*plain) && !kStructure.has((*plain)[0])) return false;
  // A link is one value: what is known of it goes whole, so that a replay with another one hits.
  if (plain->find("://") <= kMaxScheme) return false;
  Edits found;
  collect_inside(*plain, context, found);
  const auto first = std::ranges::find_if(found, [](const Edit& e) { return e.action != Edit::Action::kKeep; });
  if (first == found.end()) return true;
  const Kind kind = first->kind;
  std::string by = pack(apply_plain(*plain, std::move(found), context.masker.pseudonyms()), bare, coding);
  if (folded) by = folded_as(by, inner);
  edits.push_back({begin, begin + inner.size(), kind, rule, std::move(by)});
  return true;
}

bool collect_coded(std::string_view text, Context& context, Edits& edits) {
  if (collect_packed(text, context, edits) || collect_data_url(text, context, edits)) return true;
  const std::size_t first = std::min(kSpace.first_not_in(text), text.size());
  const std::string_view inner = text.substr(first);
  const auto view = opens_escaped(inner) ? view_of(inner) : std::nullopt;
  if (!view || !has_view(inner, *view)) return false;
  collect_view(inner, *view, first, context, edits);
  return true;
}

bool collect_coded_body(std::string_view text, Context& context, Edits& edits) {
  const std::size_t first = std::min(kSpace.first_not_in(text), text.size());
  if (context.depth > 0 || first == text.size()) return false;
  return collect_packed(text, context, edits) || collect_data_url(text, context, edits) ||
         (opens_sign(text.substr(first)) && collect_coded(text, context, edits));
}

bool is_coded_leaf(const Edit& edit) { return edit.rule == kBase64Leaf || edit.rule == kHexLeaf; }

void settle_coded(std::string_view text, Context& context, Edits& edits) {
  if (std::ranges::none_of(edits, is_coded_leaf)) return;
  const Overlaps known(edits, 0, [](const Edit& edit) {
    return edit.action == Edit::Action::kReplace &&
           (edit.rule.starts_with("ledger") || edit.rule.starts_with("pattern"));
  });
  Budget budget(text.size());
  const Pseudonyms& pseudonyms = context.masker.pseudonyms();
  for (Edit& leaf : edits) {
    if (!is_coded_leaf(leaf)) continue;
    const std::string_view stretch = text.substr(leaf.begin, leaf.end - leaf.begin);
    Edits inside;
    bool beyond = false;
    known.for_each(leaf.begin, leaf.end, budget, [&](std::size_t index) {
      Edit one = edits[index];
      beyond = beyond || one.begin < leaf.begin || one.end > leaf.end;
      one.begin -= std::min(one.begin, leaf.begin);
      one.end -= leaf.begin;
      inside.push_back(std::move(one));
    });
    if (inside.empty() && !budget.exhausted()) continue;
    std::string clean =
        beyond || budget.exhausted() ? std::string() : apply_plain(stretch, std::move(inside), pseudonyms);
    Edits named;
    if (clean.empty() || !collect_packed(clean, context, named)) {
      leaf.text = same_shape(stretch, pseudonyms);
    } else {
      leaf.text = named.empty() ? std::move(clean) : apply_plain(clean, std::move(named), pseudonyms);
    }
  }
}

}  // namespace cvr::redact
