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
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~[]").contains(c);
}

void append_as_is(std::string_view text, std::string& out) { out += text; }
bool always(std::string_view) { return true; }

bool is_normal_pair_text(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return c == '%' || c == '+'; });
}
void append_pair_text(std::string_view text, std::string& out) { out += percent_decode(text, true); }

bool is_normal_path_text(std::string_view text) { return !text.contains('%'); }
void append_path_text(std::string_view text, std::string& out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%' || i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) {
      out += text[i];
      continue;
    }
    const std::string decoded = percent_decode(text.substr(i, 3));
    if (is_unreserved(decoded[0])) {
      out += decoded;
    } else {
      out += {'%', upper(text[i + 1]), upper(text[i + 2])};
    }
    i += 2;
  }
}

// The high byte of "\uXXXX" at `at`, with its low bits off: 0xd8 or 0xdc for surrogates.
int surrogate_at(std::string_view raw, std::size_t at) {
  if (at + 6 > raw.size() || raw[at] != '\\' || raw[at + 1] != 'u' || upper(raw[at + 2]) != 'D') return 0;
  const char c = upper(raw[at + 3]);
  if (c == '8' || c == '9' || c == 'A' || c == 'B') return 0xd8;
  return c >= 'C' && c <= 'F' ? 0xdc : 0;
}

bool has_lone_surrogate(std::string_view raw) {
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\') continue;
    const int surrogate = surrogate_at(raw, i);
    if (surrogate == 0) {
      ++i;  // whatever is escaped is no escape itself
    } else if (surrogate == 0xdc || surrogate_at(raw, i + 6) != 0xdc) {
      return true;
    } else {
      i += 11;
    }
  }
  return false;
}

bool is_normal_json_text(std::string_view text) { return !text.contains('\\'); }
void append_json_text(std::string_view text, std::string& out) {
  if (has_lone_surrogate(text)) {
    out += text;
  } else {
    out += json::unescape(text);
  }
}

}  // namespace

const Normaliser kAsIs{always, append_as_is};
const Normaliser kPairText{is_normal_pair_text, append_pair_text};
const Normaliser kPathText{is_normal_path_text, append_path_text};
const Normaliser kJsonText{is_normal_json_text, append_json_text};

std::string readable(std::string_view by_kind) {
  std::string out;
  for (std::size_t i = 0; i < by_kind.size(); ++i) {
    if (by_kind[i] != kMarkBegin) {
      out += by_kind[i];
    } else if (i + 1 < by_kind.size() && by_kind[i + 1] == kMarkEscape) {
      out += by_kind[i++];
    } else {
      const std::size_t end = std::min(by_kind.find(kMarkEnd, i), by_kind.size());
      out += '<';
      out += by_kind.substr(i + 1, end - i - 1);
      out += '>';
      i = end;
    }
  }
  return out;
}

bool holds_mark(std::string_view by_kind) {
  for (std::size_t at = by_kind.find(kMarkBegin); at != by_kind.npos; at = by_kind.find(kMarkBegin, at + 2)) {
    if (at + 1 == by_kind.size() || by_kind[at + 1] != kMarkEscape) return true;
  }
  return false;
}

bool is_mark(std::string_view by_kind) {
  return by_kind.find(kMarkBegin) == 0 && holds_mark(by_kind.substr(0, 2)) &&
         by_kind.find(kMarkEnd) + 1 == by_kind.size();
}

void NormalText::append_escaped(std::string_view plain, const Normaliser& normaliser) {
  piece_.clear();
  normaliser.append(plain, piece_);
  for (const char c : piece_) {
    by_kind_ += c;
    if (c == kMarkBegin) by_kind_ += kMarkEscape;
  }
}

Leaf NormalText::of(const RedactedText& text, std::size_t begin, std::size_t end, const Normaliser& normaliser,
                    LeafType type) {
  const std::string_view source = std::string_view(text.text).substr(begin, end - begin);
  std::string_view exact = source;
  if (!normaliser.is_normal(source)) {
    exact_.clear();
    normaliser.append(source, exact_);
    exact = exact_;
  }
  const bool masked = has_pseudonym(text, begin, end);
  if (!masked && !exact.contains(kMarkBegin)) return {exact, exact, type};
  by_kind_.clear();
  for_each_piece(
      text, begin, end, [&](std::string_view plain) { append_escaped(plain, normaliser); },
      [&](std::string_view, Kind kind) {
        by_kind_ += kMarkBegin;
        by_kind_ += class_of(kind);
        by_kind_ += kMarkEnd;
      });
  return {exact, by_kind_, type};
}

}  // namespace cvr::match
