#include "redact/rules/phrases.h"

#include <algorithm>
#include <string>

#include "base/char_set.h"
#include "redact/general_names.h"
#include "redact/innocent.h"
#include "redact/words.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxLine = 160;
constexpr std::size_t kMaxIndent = 16;
constexpr std::size_t kMostWords = 10;
constexpr CharSet kSpace(" \t");
constexpr CharSet kLineEnd("\r\n");
constexpr CharSet kName("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Of sentences, and of what forms and schemas say of passwords.
bool is_of_prose(std::string_view word) {
  constexpr std::string_view kWords[] = {
      "a",      "an",       "and",     "or",       "for",      "of",       "in",        "on",        "with",
      "your",   "you",      "use",     "used",     "see",      "enter",    "from",      "it",        "this",
      "that",   "will",     "only",    "no",       "not",      "at",       "by",        "if",        "is",
      "be",     "must",     "should",  "the",      "was",      "are",      "can",       "cannot",    "to",
      "has",    "have",     "too",     "please",   "forgot",   "least",    "most",      "minimum",   "maximum",
      "long",   "short",    "length",  "every",    "all",      "any",      "new",       "required",  "optional",
      "hashed", "stored",   "change",  "changed",  "updated",  "reset",    "expired",   "expires",   "incorrect",
      "wrong",  "failed",   "ok",      "accepted", "rejected", "invalid",  "valid",     "missing",   "null",
      "string", "text",     "varchar", "default",  "unique",   "password", "passwords", "character", "characters",
      "hidden", "redacted", "none",    "empty",    "set",      "days"};
  return std::ranges::find(kWords, word) != std::end(kWords);
}

struct Words {
  std::size_t count = 0;
  bool prose = false;
  std::size_t mixed = 0;  // of these are built like a token, or a long number
};

bool is_drawn_word(std::string_view word) {
  const auto digits = static_cast<std::size_t>(std::ranges::count_if(word, is_digit));
  if (digits == word.size()) return digits >= 3 && !(digits == 4 && (word.starts_with("19") || word.starts_with("20")));
  return admits({.guard = Guard::kMixed}, {}, word);
}

Words words_of(std::string_view value) {
  Words out;
  for (std::size_t begin = kSpace.first_not_in(value); begin < value.size();) {
    const std::size_t end = std::min(kSpace.first_in(value, begin), value.size());
    const std::string_view word = value.substr(begin, end - begin);
    std::string lower(word.substr(0, 16));
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    out.prose |= is_of_prose(lower) || (word.size() > 1 && std::string_view(",.?!:;").contains(word.back()));
    out.mixed += is_drawn_word(word) ? 1 : 0;
    ++out.count;
    begin = kSpace.first_not_in(value, end);
  }
  return out;
}

// "name: value", "name = value", "[section]", "# comment".
bool is_line_of_settings(std::string_view line) {
  line.remove_prefix(std::min(kSpace.first_not_in(line), line.size()));
  if (line.size() > 1 && std::string_view("#;[").contains(line[0])) return true;
  const std::size_t name = std::min(kName.first_not_in(line), line.size());
  const std::size_t sign = std::min(kSpace.first_not_in(line, name), line.size());
  return name > 0 && sign < line.size() && (line[sign] == ':' || line[sign] == '=');
}

std::string_view line_before(std::string_view text, std::size_t line) {
  std::size_t end = line;
  while (end > 0 && line - end < 2 && kLineEnd.has(text[end - 1])) --end;
  const std::size_t least = end - std::min(end, kMaxLine);
  std::size_t begin = end;
  while (begin > least && !kLineEnd.has(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

std::string_view line_after(std::string_view text, std::size_t end) {
  const std::string_view rest = text.substr(end, kMaxLine);
  const std::size_t begin = std::min(kLineEnd.first_not_in(rest), rest.size());
  return rest.substr(begin, std::min(kLineEnd.first_in(rest, begin), rest.size()) - begin);
}

// Where the line begins, if nothing but spaces stands before the name; else npos.
std::size_t line_of(std::string_view text, std::size_t name) {
  std::size_t at = name;
  while (at > 0 && name - at < kMaxIndent && kSpace.has(text[at - 1])) --at;
  return at == 0 || kLineEnd.has(text[at - 1]) ? at : text.npos;
}

}  // namespace

std::size_t phrase_end(std::string_view text, std::size_t name, std::size_t sign, std::size_t from,
                       std::size_t word_end) {
  if (word_end >= text.size() || word_end == from || kLineEnd.has(text[word_end])) return word_end;
  const std::size_t line = line_of(text, name);
  if (line == text.npos) return word_end;
  const std::string_view rest = text.substr(from, kMaxLine);
  std::size_t size = kLineEnd.first_in(rest);
  if (size == rest.npos && from + kMaxLine < text.size()) return word_end;
  const std::size_t end = from + std::min(size, rest.size());
  std::string_view value = text.substr(from, end - from);
  for (const std::string_view comment : {" #", " ;", "\t#", "\t;"}) value = value.substr(0, value.find(comment));
  while (!value.empty() && kSpace.has(value.back())) value.remove_suffix(1);
  if (value.size() <= word_end - from || value.find_first_of("=\"<>{}") != value.npos) return word_end;
  if (value.find(": ") != value.npos || is_vocabulary(value) || is_sentence(value)) return word_end;
  const Words words = words_of(value);
  if (words.prose || words.count > kMostWords || (words.count < 3 && words.mixed == 0)) return word_end;
  // NAME=value may stand before a command of a shell.
  const bool apart = from > sign + 1 || (sign > 0 && kSpace.has(text[sign - 1]));
  if (!apart && words.mixed < words.count) return word_end;
  const bool among_others = words.mixed == words.count || is_line_of_settings(line_before(text, line)) ||
                            is_line_of_settings(line_after(text, end));
  return among_others ? from + value.size() : word_end;
}

bool is_passphrase(std::string_view value) {
  if (value.size() > kMaxLine || !kSpace.any_in(value) || kSpace.has(value.front()) || kSpace.has(value.back()))
    return false;
  if (is_sentence(value) || is_date(value) || std::ranges::none_of(value, is_letter)) return false;
  const Words words = words_of(value);
  return words.count <= kMostWords && words.mixed > 0 && !words.prose;
}

}  // namespace cvr::redact
