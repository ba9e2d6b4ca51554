#include "bundle/plain_language.h"

#include <algorithm>

namespace cvr::bundle {
namespace {

constexpr std::string_view kTechnicalReport[] = {"report/vendor.html", "report/vendor.md"};

// Lower case; one of two words is found across one space.
constexpr std::string_view kBanned[] = {
    "http",          "https",       "header",       "headers",      "cookie",     "cookies",
    "token",         "tokens",      "jwt",          "oauth",        "endpoint",   "endpoints",
    "api",           "json",        "payload",      "payloads",     "url",        "urls",
    "uri",           "curl",        "code",         "codes",        "exception",  "exceptions",
    "timestamp",     "timestamps",  "hash",         "proxy",        "cassette",   "cassettes",
    "webhook",       "webhooks",    "unauthorized", "unauthorised", "verdict",    "finding",
    "findings",      "pseudonym",   "pseudonyms",   "redacted",     "redaction",  "bearer",
    "credential",    "credentials", "certificate",  "certificates", "tls",        "ssl",
    "dns",           "html",        "xml",          "csv",          "zip",        "har",
    "response",      "responses",   "status code",  "error",        "errors",     "authentication",
    "authorization", "server",      "servers",      "parameter",    "parameters", "sha256",
    "signature",     "stack trace", "log file",     "logs",         "forbidden",  "timeout",
    "regex",         "schema",      "base64"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '_'; }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_word(text[end])) ++end;
    out.push_back(text.substr(at, end - at));
    at = end;
  }
  return out;
}

bool reads_like_status(std::string_view word) {
  return word.size() == 3 && word[0] >= '1' && word[0] <= '5' && is_digit(word[1]) && is_digit(word[2]);
}

bool is_upper_snake(std::string_view word) {
  return word.contains('_') && word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == word.npos;
}

bool is_vowel(char c) { return std::string_view("aeiouy").contains(c); }

std::size_t syllables(std::string_view given) {
  const std::string word = lower(given);
  std::size_t count = 0;
  bool before = false;
  for (const char c : word) {
    const bool vowel = is_vowel(c);
    count += vowel && !before ? 1 : 0;
    before = vowel;
  }
  const bool silent =
      word.size() > 2 && word.ends_with('e') && !word.ends_with("le") && !is_vowel(word[word.size() - 2]);
  return std::max<std::size_t>(1, count - (silent && count > 1 ? 1 : 0));
}

}  // namespace

std::vector<std::string> banned_words(std::string_view given) {
  std::string text(given);
  for (const std::string_view path : kTechnicalReport) {
    for (std::size_t at = 0; (at = text.find(path, at)) != text.npos;) text.erase(at, path.size());
  }
  std::vector<std::string> out;
  const auto add = [&](std::string word) {
    if (std::ranges::find(out, word) == out.end()) out.push_back(std::move(word));
  };
  const auto words = words_of(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string word = lower(words[i]);
    const std::string next = i + 1 < words.size() ? lower(words[i + 1]) : std::string();
    if (word == "api" && next == "access") continue;
    if ((word == "code" || word == "codes") && i > 0 && lower(words[i - 1]) == "access") continue;
    if (reads_like_status(word) || is_upper_snake(words[i]) || std::ranges::find(kBanned, word) != std::end(kBanned)) {
      add(std::string(words[i]));
    } else if (const std::string two = word + " " + next; std::ranges::find(kBanned, two) != std::end(kBanned)) {
      add(two);
    }
  }
  return out;
}

double reading_grade(std::string_view text) {
  std::size_t words = 0, sentences = 0, sounds = 0, in_sentence = 0;
  const auto end_sentence = [&] {
    sentences += in_sentence > 0 ? 1 : 0;
    in_sentence = 0;
  };
  for (std::size_t at = 0; at < text.size();) {
    if (is_word(text[at])) {
      std::size_t end = at;
      while (end < text.size() && (is_word(text[end]) || text[end] == '\'')) ++end;
      ++words;
      ++in_sentence;
      sounds += syllables(text.substr(at, end - at));
      at = end;
      continue;
    }
    const bool stop =
        (text[at] == '.' || text[at] == '!' || text[at] == '?') && (at + 1 == text.size() || !is_word(text[at + 1]));
    if (stop || text[at] == '\n') end_sentence();
    ++at;
  }
  end_sentence();
  if (words == 0) return 0;
  const auto n = static_cast<double>(words);
  return 0.39 * n / static_cast<double>(sentences) + 11.8 * static_cast<double>(sounds) / n - 15.59;
}

}  // namespace cvr::bundle
