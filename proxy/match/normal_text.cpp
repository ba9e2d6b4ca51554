#include "match/normal_text.h"

#include <algorithm>

#include "base/escape.h"
#include "base/json_scan.h"
#include "match/pieces.h"

namespace cvr::match {
namespace {

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~' || c == '[' || c == ']';
}

}  // namespace

void unchanged(std::string_view text, std::string& out) { out += text; }

void percent_decoded(std::string_view text, std::string& out) {
  if (text.find_first_of("%+") == std::string_view::npos) {
    out += text;
  } else {
    out += percent_decode(text, true);
  }
}

void path_normalised(std::string_view text, std::string& out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%' || i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) {
      out += text[i];
      continue;
    }
    const std::string decoded = percent_decode(text.substr(i, 3));
    if (is_unreserved(decoded[0])) {
      out += decoded;
    } else {
      out += '%';
      out += upper(text[i + 1]);
      out += upper(text[i + 2]);
    }
    i += 2;
  }
}

void json_unescaped(std::string_view text, std::string& out) {
  if (text.find('\\') == std::string_view::npos) {
    out += text;
  } else {
    out += json::unescape(text);
  }
}

void boundary_normalised(std::string_view text, std::string& out) {
  // RFC 2046 section 5.1.1: the body begins with its delimiter line.
  const std::string_view line = text.substr(0, text.find("\r\n"));
  if (!line.starts_with("--") || line.size() < 3 || line.size() > 74) {
    out += text;
    return;
  }
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t found = std::min(text.find(line, at), text.size());
    out += text.substr(at, found - at);
    if (found < text.size()) out += "--boundary";
    at = found + line.size();
  }
}

Leaf NormalText::of(const RedactedText& text, std::size_t begin, std::size_t end, Normaliser normaliser) {
  exact_.clear();
  if (!has_pseudonym(text, begin, end)) {
    normaliser(std::string_view(text.text).substr(begin, end - begin), exact_);
    return {exact_, exact_};
  }
  by_kind_.clear();
  for_each_piece(
      text, begin, end,
      [&](std::string_view plain) {
        normaliser(plain, exact_);
        normaliser(plain, by_kind_);
      },
      [&](std::string_view pseudonym, Kind kind) {
        exact_ += pseudonym;
        by_kind_ += '\x01';  // no header, URL or JSON string holds it as such
        by_kind_ += to_string(kind);
        by_kind_ += '\x02';
      });
  return {exact_, by_kind_};
}

}  // namespace cvr::match
