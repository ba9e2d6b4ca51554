#include "redact/views.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/escape.h"
#include "base/json_scan.h"
#include "base/utf8.h"
#include "redact/units.h"

namespace cvr::redact {
namespace {

std::string quote(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (byte > 0x20 && byte < 0x7f && c != '=') {
      out += c;
    } else {
      out += {'=', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return out;
}

// `text` with the line breaks of `original` at the same places, or its white space.
std::string fold_like(std::string_view text, std::string_view original, View view) {
  std::string out;
  std::size_t used = 0;
  for (std::size_t at = 0; at < original.size() && used < text.size();) {
    const Unit unit = unit_at(original, at, view);
    out += unit.is_empty ? original.substr(at, unit.size) : text.substr(used++, 1);
    at += unit.size;
  }
  return out += text.substr(used);
}

// The border of a CDATA section that goes with the stretch, when the other one stays.
std::string_view lost_border(std::string_view stretch) {
  int depth = 0;
  for (std::size_t at = stretch.find_first_of("<]"); at < stretch.size(); at = stretch.find_first_of("<]", at + 1)) {
    if (stretch.substr(at).starts_with(kCdataOpen)) ++depth;
    if (stretch.substr(at).starts_with(kCdataClose)) --depth;
  }
  return depth > 0 ? kCdataOpen : depth < 0 ? kCdataClose : std::string_view();
}

std::string shell_quote(std::string_view text) {
  std::string out;
  for (const char c : text) c == '\'' ? out += "'\\''" : out += c;
  return out;
}

std::string html_escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const std::size_t at = std::string_view("&<>\"'").find(c);
    constexpr std::string_view kEntities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    if (at == std::string_view::npos) {
      out += c;
    } else {
      out += kEntities[at];
    }
  }
  return out;
}

}  // namespace

bool has_view(std::string_view text, View view) {
  for (std::size_t at = next_sign(text, 0, view); at < text.size(); at = next_sign(text, at + 1, view)) {
    const Unit unit = unit_at(text, at, view);
    if (unit.size > 1 || unit.is_empty || text[at] == '+') return true;  // '+' only stops kPercentPlus
  }
  return false;
}

std::string decode(std::string_view text, View view) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = next_sign(text, at, view);
    out += text.substr(at, next - at);
    if (next == text.size()) break;
    const Unit unit = unit_at(text, next, view);
    if (unit.is_empty) {
      at = next + unit.size;
      continue;
    }
    if (unit.is_byte) {
      out += static_cast<char>(unit.code_point);
    } else {
      append_utf8(out, unit.code_point);
    }
    at = next + unit.size;
  }
  return out;
}

std::string encode(std::string_view text, View view) {
  switch (view) {
    case View::kJson: {
      std::string out;
      json::append_escaped(out, text);
      return out;
    }
    case View::kHtml:
      return html_escape(text);
    case View::kShell:
      return shell_quote(text);
    case View::kQuoted:
    case View::kQuotedPairs:
      return quote(text);
    case View::kEventData: {
      std::string out;
      for (const char c : text) c == '\n' ? out += "\ndata: " : out += c;
      return out;
    }
    default:
      return percent_encode(text);
  }
}

View coding_of(std::string_view stretch) {
  for (std::size_t at = next_sign(stretch, 0, View::kAll); at < stretch.size();
       at = next_sign(stretch, at + 1, View::kAll)) {
    if (unit_at(stretch, at, View::kAll).size == 1) continue;
    return stretch[at] == '%'    ? View::kPercent
           : stretch[at] == '\\' ? View::kJson
           : stretch[at] == '\'' ? View::kShell
                                 : View::kHtml;
  }
  return View::kPercent;
}

Edits lift(std::string_view source, View view, Edits edits) {
  // One walk over the source for all positions, in order.
  std::vector<std::size_t*> begins;
  std::vector<std::size_t*> ends;
  for (Edit& edit : edits) {
    begins.push_back(&edit.begin);
    ends.push_back(&edit.end);
  }
  const auto by_position = [](const std::size_t* a, const std::size_t* b) { return *a < *b; };
  std::sort(begins.begin(), begins.end(), by_position);
  std::sort(ends.begin(), ends.end(), by_position);
  std::size_t at = 0;
  std::size_t meant = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  while (at < source.size() && end < ends.size()) {
    // Up to the next sign the bytes mean themselves.
    const std::size_t sign = next_sign(source, at, view);
    const std::size_t plain = meant + sign - at;
    for (; begin < begins.size() && *begins[begin] < plain; ++begin) *begins[begin] = *begins[begin] - meant + at;
    for (; end < ends.size() && *ends[end] <= plain; ++end) *ends[end] = *ends[end] - meant + at;
    at = sign;
    meant = plain;
    if (at == source.size()) break;
    const Unit unit = unit_at(source, at, view);
    const std::size_t next = meant + meant_size(unit);
    // A unit that is touched is covered as a whole.
    for (; begin < begins.size() && *begins[begin] < next; ++begin) *begins[begin] = at;
    at += unit.size;
    for (; end < ends.size() && *ends[end] <= next; ++end) *ends[end] = at;
    meant = next;
  }
  for (; begin < begins.size(); ++begin) *begins[begin] = source.size();
  for (; end < ends.size(); ++end) *ends[end] = source.size();
  for (Edit& edit : edits) {
    if (edit.action != Edit::Action::kReplace) continue;
    const std::string_view stretch = source.substr(edit.begin, edit.end - edit.begin);
    if ((view == View::kQuoted || view == View::kQuotedPairs) && !has_view(stretch, View::kQuoted))
      continue;  // that text is not quoted
    if (view == View::kUnfolded || view == View::kSpaced) {
      edit.text = fold_like(edit.text, stretch, view);
      continue;
    }
    edit.text = encode(edit.text, view != View::kAll ? view : coding_of(stretch));
    if (view == View::kHtml || view == View::kAll) edit.text += lost_border(stretch);
  }
  return edits;
}

}  // namespace cvr::redact
