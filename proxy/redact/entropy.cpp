#include "redact/entropy.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>

#include "base/base64.h"
#include "redact/check.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMinRun = 20;
constexpr std::size_t kMaxRun = 256;
constexpr std::size_t kMaxName = 40;

enum Class : std::uint8_t { kNone, kLower, kUpper, kDigit, kSign };

constexpr std::array<std::uint8_t, 256> kClasses = [] {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t c = 'a'; c <= 'z'; ++c) table[c] = kLower;
  for (std::size_t c = 'A'; c <= 'Z'; ++c) table[c] = kUpper;
  for (std::size_t c = '0'; c <= '9'; ++c) table[c] = kDigit;
  for (const char c : {'+', '/', '-', '_', '='}) table[static_cast<std::size_t>(c)] = kSign;
  return table;
}();

Class class_of(char c) { return static_cast<Class>(kClasses[static_cast<std::uint8_t>(c)]); }
bool is_hex(char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool is_vowel(char c) { return std::string_view("aeiouy").contains(lower(c)); }

struct Figures {
  std::array<std::size_t, 5> of_class{};
  std::size_t changes = 0;  // of class, signs aside
};

Figures figures_of(std::string_view run) {
  Figures out;
  Class before = kNone;
  for (const char c : run) {
    const Class what = class_of(c);
    ++out.of_class[what];
    if (what != kSign && before != kNone && before != kSign && what != before) ++out.changes;
    before = what;
  }
  return out;
}

// Of 62 characters 20 drawn ones show 3.9 bits (Shannon, a character) on average and hardly ever below
// 3.4.
bool is_varied(std::string_view run) {
  std::array<std::uint16_t, 128> counts{};
  std::size_t distinct = 0;
  for (const char c : run) distinct += counts[static_cast<std::uint8_t>(c) & 127]++ == 0 ? 1 : 0;
  if (distinct * 20 < std::min<std::size_t>(run.size(), 40) * 11) return false;
  const auto size = static_cast<double>(run.size());
  double bits = 0;
  for (const std::uint16_t count : counts) {
    if (count != 0) bits -= count / size * std::log2(count / size);
  }
  return bits >= 3.4;
}

// The longest stretch that could be a word: letters of one case (a capital may lead), with a vowel in
// any three of them.  Drawn letters of mixed case rarely make one of six.
std::size_t letters_in_words(std::string_view run) {
  std::size_t total = 0;
  for (std::size_t i = 0; i < run.size();) {
    const Class first = class_of(run[i]);
    if (first != kLower && first != kUpper) {
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    const Class rest = end < run.size() && first == kUpper ? class_of(run[end]) : first;
    while (end < run.size() && class_of(run[end]) == rest && (rest == kLower || rest == kUpper)) ++end;
    std::size_t dry = 0;  // characters since a vowel
    std::size_t vowels = 0;
    bool word = end - i >= 4;
    for (std::size_t k = i; k < end; ++k) {
      dry = is_vowel(run[k]) ? 0 : dry + 1;
      vowels += dry == 0 ? 1 : 0;
      word = word && dry < 5;
    }
    if (word && vowels * 5 >= end - i) total += end - i;
    i = end;
  }
  return total;
}

bool is_text_or_file(std::string_view run) {
  constexpr std::string_view kFiles[] = {"iVBORw0KGgo", "R0lGOD", "/9j/", "UklGR",  "PHN2Zy", "JVBERi", "H4sI",
                                         "UEsDB",       "AAAA",   "Qk0",  "T2dnUw", "SUQz",   "d09G",   "data"};
  for (const std::string_view file : kFiles) {
    if (run.starts_with(file)) return true;
  }
  const auto decoded = base64_decode(run);
  if (!decoded) return false;
  const auto printable = std::ranges::count_if(
      *decoded, [](char c) { return (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\r' || c == '\t'; });
  return static_cast<std::size_t>(printable) * 10 >= decoded->size() * 9;
}

bool is_integrity(std::string_view run) {
  return run.starts_with("sha256-") || run.starts_with("sha384-") || run.starts_with("sha512-") ||
         run.starts_with("sha1-") || run.starts_with("md5-");
}

// A ULID of this century: 48 bits of time, 80 of chance, an id by its making.
bool is_ulid(std::string_view run) {
  return run.size() == 26 && run.starts_with("01") &&
         run.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ") == run.npos;
}

// Names after which random characters are no secret; whole or as the end of a longer name.
constexpr std::string_view kHarmless[] = {
    "id",      "ids",     "uuid",        "guid",     "hash",        "digest",    "sha",       "sha1",       "sha256",
    "sha512",  "md5",     "etag",        "checksum", "integrity",   "finger",    "commit",    "revision",   "rev",
    "version", "build",   "nonce",       "image",    "photo",       "icon",      "thumbnail", "avatar",     "data",
    "blob",    "content", "body",        "payload",  "href",        "url",       "uri",       "src",        "link",
    "path",    "file",    "filename",    "name",     "cursor",      "ref",       "class",     "boundary",   "trace",
    "span",    "request", "fingerprint", "prefix",   "slug",        "type",      "title",     "thumbprint", "tree",
    "parent",  "object",  "sum",         "etags",    "traceparent", "publickey", "kid",       "x5t",        "locator",
    "cfray",   "ulid",    "ksuid",       "cuid"};

// The word before `at`: what stands before quotes, colons, equals signs and spaces.  Lower case without
// signs.
std::string name_before(std::string_view text, std::size_t at) {
  std::size_t end = at;
  bool separated = false;
  while (end > 0 && at - end < 8 && std::string_view("\"' \t:=\\(>").contains(text[end - 1])) {
    separated |= text[end - 1] == ':' || text[end - 1] == '=' || text[end - 1] == ' ' || text[end - 1] == '>';
    --end;
  }
  if (!separated) return {};
  std::string out;
  for (std::size_t i = end; i > 0 && end - i < kMaxName; --i) {
    const Class what = class_of(text[i - 1]);
    if (what == kNone || text[i - 1] == '/' || text[i - 1] == '=' || text[i - 1] == '+') break;
    if (what != kSign) out += lower(text[i - 1]);
  }
  std::ranges::reverse(out);
  return out;
}

// "etag2" is one of several.
bool is_harmless_name(std::string_view name) {
  const std::string_view bare = name.substr(0, name.find_last_not_of("0123456789") + 1);
  const auto ends_it = [&](std::string_view word) { return name.ends_with(word) || bare.ends_with(word); };
  return std::ranges::any_of(kHarmless, ends_it);
}

// A part of a path, a host, a file name, an entity, an escape or a longer word.
bool is_inside(std::string_view text, std::size_t begin, std::size_t end) {
  const char before = begin > 0 ? text[begin - 1] : ' ';
  const char after = end < text.size() ? text[end] : ' ';
  if (std::string_view("./\\%#@~$").contains(before) || static_cast<unsigned char>(before) >= 0x80) return true;
  if (static_cast<unsigned char>(after) >= 0x80 || after == '%' || after == '@' || after == '(' || after == '~')
    return true;
  return after == '.' && end + 1 < text.size() && class_of(text[end + 1]) != kNone;
}

// A line of a folded blob (base64 of MIME and PEM, 60 to 76 columns): another such line follows or went before.
bool is_folded(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::size_t kColumns = 57;
  const auto is_row = [&](std::size_t from) {
    return from + kColumns <= text.size() &&
           std::ranges::all_of(text.substr(from, kColumns), [](char c) { return class_of(c) != kNone; });
  };
  const std::string_view rest = text.substr(end);
  for (const std::string_view fold : {"\n", "\r\n", "\\n", "\\r\\n"}) {
    if (end - begin >= kColumns && rest.starts_with(fold)) return true;
    if (begin >= fold.size() + kColumns && text.substr(0, begin).ends_with(fold) &&
        is_row(begin - fold.size() - kColumns))
      return true;
  }
  return false;
}

// "=5F": one of the signs of base64 in quoted-printable and encoded words (RFC 2047 section 4.2).
bool is_quoted_sign(std::string_view run, std::size_t at) {
  constexpr std::string_view kSigns[] = {"2B", "2D", "2F", "3D", "5F"};
  return std::ranges::find(kSigns, run.substr(at + 1, 2)) != std::end(kSigns);
}

// name=value and value== within one run: '=' belongs to a value only at its end, and where it quotes a sign.
std::size_t value_begin(std::string_view run) {
  const std::size_t last = run.find_last_not_of('=');
  if (last == run.npos) return run.size();
  std::size_t equals = run.rfind('=', last);
  while (equals != run.npos && equals > 0 && is_quoted_sign(run, equals)) equals = run.rfind('=', equals - 1);
  return equals == run.npos ? 0 : equals + 1;
}

// "&lowbar;" and the like between two pieces of one value (WHATWG HTML section 13.5).
constexpr std::string_view kNamedSigns[] = {"&lowbar;", "&plus;", "&sol;", "&equals;", "&hyphen;", "&dash;"};

// A run that is part of a value with such signs: all of the value, so that nothing of it is left when it becomes
// known as a whole.
void widen(std::string_view text, std::size_t& begin, std::size_t& end) {
  const auto is_piece = [](char c) { return class_of(c) != kNone && c != '='; };
  for (bool more = true; more && end - begin < kMaxRun;) {
    more = false;
    for (const std::string_view sign : kNamedSigns) {
      if (text.substr(0, begin).ends_with(sign)) {
        begin -= sign.size();
        while (begin > 0 && is_piece(text[begin - 1])) --begin;
        more = true;
      }
      if (text.substr(end).starts_with(sign)) {
        end += sign.size();
        while (end < text.size() && is_piece(text[end])) ++end;
        more = true;
      }
    }
  }
}

void judge(std::string_view text, std::size_t begin, std::size_t end, std::vector<RandomRun>& runs) {
  begin += value_begin(text.substr(begin, end - begin));
  if (end - begin < kMinRun || end - begin > kMaxRun) return;
  const std::string_view run = text.substr(begin, end - begin);
  if (is_inside(text, begin, end) || is_folded(text, begin, end) || !looks_random(run) ||
      is_harmless_name(name_before(text, begin)))
    return;
  widen(text, begin, end);
  if (!runs.empty() && begin < runs.back().end) {  // found by another of its pieces
    begin = runs.back().begin;
    runs.pop_back();
  }
  runs.push_back({begin, end});
}

}  // namespace

bool looks_random(std::string_view run) {
  if (run.size() < kMinRun || run.size() > kMaxRun || is_uuid(run) || is_integrity(run) || is_ulid(run)) return false;
  if (run.front() == '/' || run.find("//") != run.npos) return false;  // a path, a link without scheme
  if (std::ranges::all_of(run, [](char c) { return is_hex(c) || class_of(c) == kSign; })) return false;
  const Figures f = figures_of(run);
  const std::size_t size = run.size();
  const std::size_t letters = f.of_class[kLower] + f.of_class[kUpper];
  if (letters == 0 || letters == size) return false;
  if (f.of_class[kSign] * 6 > size + 6) return false;  // joined words, rulers
  const bool mixed = f.of_class[kLower] >= 2 && f.of_class[kUpper] >= 2 && f.of_class[kDigit] >= 1;
  const bool one_case = !mixed && (f.of_class[kLower] == 0 || f.of_class[kUpper] == 0) && f.of_class[kDigit] >= 3;
  if (!mixed && !one_case) return false;
  if (one_case && (f.of_class[kSign] != 0 || size < 24)) return false;
  if (f.changes * 20 < size * (mixed ? 6 : 5)) return false;
  if (mixed && letters_in_words(run) * 2 > letters) return false;
  return is_varied(run) && !is_text_or_file(run);
}

void scan_random(std::string_view text, std::vector<RandomRun>& runs) {
  const auto is_token = [&](std::size_t at) { return kClasses[static_cast<std::uint8_t>(text[at])] != kNone; };
  for (std::size_t at = 0; at + kMinRun <= text.size();) {
    // The last of 20 first: when it is no token character, none of the 20 begins a run that counts.
    std::size_t stop = at + kMinRun;
    while (stop > at && is_token(stop - 1)) --stop;
    if (stop > at) {
      at = stop;
      continue;
    }
    std::size_t end = at + kMinRun;
    while (end < text.size() && is_token(end)) ++end;
    judge(text, at, end, runs);
    at = end + 1;
  }
}

}  // namespace cvr::redact
