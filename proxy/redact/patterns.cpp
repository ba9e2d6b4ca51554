#include "redact/patterns.h"

#include <algorithm>
#include <cstring>

#include "base/base64.h"
#include "cvr/result.h"
#include "redact/check.h"
#include "redact/code.h"
#include "redact/contacts.h"
#include "redact/jwt.h"
#include "redact/names.h"
#include "redact/words.h"

namespace cvr::redact {
namespace {

using Shape = Patterns::Shape;

constexpr std::size_t kMaxUserinfo = 512;
constexpr std::size_t kMaxTail = 32u << 10;  // a token of 9 KB, in base64 twice
constexpr std::size_t kProfileTail = 20;     // FACTS section 13, "Value detectors"
constexpr std::size_t kPemLabel = 64;
constexpr std::size_t kMaxId = 64;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_alnum(char c) { return is_digit(c) || is_upper(c) || (c >= 'a' && c <= 'z'); }

bool in_tail(char c, Tail tail) {
  switch (tail) {
    case Tail::kAlnum:
      return is_alnum(c);
    case Tail::kAlnumUnderscore:
      return is_alnum(c) || c == '_';
    case Tail::kWord:
      return is_alnum(c) || c == '_' || c == '-';
    case Tail::kHex:
      return is_digit(c) || (c >= 'a' && c <= 'f');
    case Tail::kBase64:
      return is_alnum(c) || std::string_view("_-+/=").contains(c);
    case Tail::kUpper:
      return is_digit(c) || is_upper(c);
    case Tail::kWordDot:
      return is_alnum(c) || c == '_' || c == '-' || c == '.';
    case Tail::kVisible:
      return static_cast<unsigned char>(c) > 0x20 && c != 0x7f &&
             std::string_view("\"'<>&\\,;)}]`").find(c) == std::string_view::npos;
  }
  return false;
}

std::size_t tail_size(std::string_view text, Tail tail) {
  std::size_t size = 0;
  while (size < text.size() && size < kMaxTail && in_tail(text[size], tail)) ++size;
  return size;
}

// "-----BEGIN ... PRIVATE KEY-----", or "KEY BLOCK" (RFC 9580 section 6.2), to "-----END"; what is between them.  Cut
// off, the key ends with what can not belong to it (RFC 7468 section 3, RFC 1421 headers).
std::size_t match_pem(std::string_view text, std::size_t at, std::size_t& begin) {
  constexpr std::string_view kKey = "PRIVATE KEY";
  const std::string_view head = text.substr(0, at + kPemLabel + 10);
  const std::size_t label = head.find(kKey, at);
  const std::size_t dashes = label == head.npos ? head.npos : head.find("-----", label);
  if (dashes == head.npos) return 0;
  const auto in_label = [](char c) { return is_alnum(c) || c == ' '; };
  if (!std::ranges::all_of(head.substr(label, dashes - label), in_label)) return 0;
  begin = dashes + 5;
  std::size_t end = begin;
  while (end < text.size() &&
         (is_alnum(text[end]) || std::string_view("+/_=\\:,-.() \t\r\n").find(text[end]) != text.npos)) {
    if (text.substr(end).starts_with("-----")) break;
    ++end;
  }
  return end;
}

// "://user:password@" and "://TOKEN@".
std::size_t match_userinfo(std::string_view text, std::size_t at, std::size_t& begin) {
  begin = at + 3;
  std::size_t end = 0;
  std::size_t colon = 0;
  for (std::size_t i = begin; i < text.size() && i < begin + kMaxUserinfo; ++i) {
    const char c = text[i];
    if (c == '@') end = i;
    if (c == ':' && colon == 0) colon = i;
    if (c == '/' || c == '?' || c == '#' || static_cast<unsigned char>(c) <= 0x20 ||
        std::string_view("\"'<>\\`").find(c) != std::string_view::npos) {
      break;
    }
  }
  const bool has_password = colon != 0 && colon + 1 < end;
  return end > begin && (has_password || end - begin >= kMinCheckedSize) ? end : 0;
}

// Behind "$6$", "$2b$": salt and hash, or the lot of them (crypt(5)).  Parameters stay.
std::size_t match_crypt(std::string_view text, std::size_t after, std::size_t& begin) {
  constexpr std::size_t kMinCrypt = 24;
  begin = after;
  std::size_t end = after;
  bool digit = false;
  for (std::size_t part = after; end < text.size() && end - after < kMaxUserinfo; ++end) {
    const char c = text[end];
    if (!is_alnum(c) && std::string_view("./$=,+-").find(c) == std::string_view::npos) break;
    digit |= is_digit(c);
    if (c != '$') continue;
    const std::string_view words = text.substr(part, end - part);
    if (part == begin && (words.size() <= 2 || words.find('=') != words.npos)) begin = end + 1;
    part = end + 1;
  }
  return digit && end - begin >= kMinCrypt ? end : 0;
}

std::size_t match_basic(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && end - begin < kMaxTail &&
         (is_alnum(text[end]) || std::string_view("+/-_=").find(text[end]) != std::string_view::npos))
    ++end;
  if (end - begin < 8) return 0;
  const auto decoded = base64_decode(text.substr(begin, end - begin));
  if (!decoded || decoded->find(':') == std::string::npos) return 0;
  const bool printable = std::ranges::all_of(*decoded, [](char c) { return static_cast<unsigned char>(c) >= 0x20; });
  return printable ? end : 0;
}

std::size_t match_bearer(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  bool digit = false;
  for (; end < text.size() && end - begin < kMaxTail; ++end) {
    const char c = text[end];
    if (!is_alnum(c) && std::string_view("-._~+/=").find(c) == std::string_view::npos) break;
    digit |= is_digit(c);
  }
  return digit && end - begin >= kMinCheckedSize ? end : 0;
}

// A UUID within four characters that are neither letters nor digits.
std::size_t match_marker(std::string_view text, std::size_t at, std::size_t& begin) {
  begin = at;
  while (begin < text.size() && begin < at + 4 && !is_alnum(text[begin])) ++begin;
  return is_uuid(text.substr(begin, 36)) ? begin + 36 : 0;
}

// Up to the next separator.  What a program would put in there ("{password}", "$PWD", "<your key>")
// and words of the API are no values.
std::size_t match_value(std::string_view text, std::size_t begin, std::size_t min) {
  std::size_t end = begin;
  while (end < text.size() && end - begin < kMaxTail && static_cast<unsigned char>(text[end]) > 0x20 &&
         !std::string_view("&;\"'<>,`\\()}]").contains(text[end]))
    ++end;
  const std::string_view value = text.substr(begin, end - begin);
  // A pseudonym has none of the signs at which its value ended, and may stand before more text.
  if (const std::size_t at = value.find('@'); at != value.npos && is_pseudonym(value.substr(0, at))) return begin + at;
  if (value.size() < min || std::string_view("{$*=").contains(value[0])) return 0;
  const bool code = end < text.size() && text[end] == '(';
  return code || is_vocabulary(value) || is_expression(value, '\n') ? 0 : end;
}

// Digits, possibly more of them after '-', and then no more of the word.
std::size_t match_id(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && end - begin < kMaxId &&
         (is_digit(text[end]) || (text[end] == '-' && end + 1 < text.size() && is_digit(text[end + 1]) && end > begin)))
    ++end;
  return end < text.size() && (is_alnum(text[end]) || text[end] == '_') ? 0 : end;
}

}  // namespace

Patterns::Patterns(const profiles::Profile* profile, profiles::Privacy privacy)
    : contacts_(privacy >= profiles::Privacy::kPii) {
  add({"eyJ", Shape::kJwt, Tail::kWord, 0, "pattern.jwt", Kind::kJwt});
  add({"-----BEGIN ", Shape::kPem, Tail::kWord, 0, "pattern.pem"});
  add({"://", Shape::kUserinfo, Tail::kWord, 0, "pattern.url", Kind::kPassword});
  for (const char* word : {"Bearer ", "bearer ", "BEARER "})
    add({word, Shape::kBearer, Tail::kWord, 0, "pattern.bearer"});
  for (const char* word : {"Basic ", "basic ", "BASIC "})
    add({word, Shape::kBasic, Tail::kWord, 0, "pattern.basic", Kind::kPassword});
  for (const char* method : {"$1$", "$2a$", "$2b$", "$2y$", "$5$", "$6$", "$y$", "$apr1$", "$argon2"})
    add({method, Shape::kCrypt, Tail::kWord, 0, "pattern.crypt", Kind::kPassword});
  for (const Provider& p : providers()) {
    add({std::string(p.prefix), Shape::kTail, p.tail, p.min_tail, "pattern.token"});
  }
  for (char digit : std::string_view("0123456789abcdef")) {  // Twilio: SK and 32 hex digits
    add({std::string("SK") + digit, Shape::kTail, Tail::kHex, 31, "pattern.token"});
  }
  for (char digit : std::string_view("0123456789")) {  // Azure: three characters, a digit, Q~
    add({digit + std::string("Q~"), Shape::kAzure, Tail::kWordDot, 31, "pattern.token"});
  }
  // A parameter whose name the profile keeps is none to be found by its name.
  const Names names(profile, privacy);
  for (const Parameter& p : parameters()) {
    const std::string_view name = p.name.substr(0, p.name.size() - 1);
    if (names.keeps_query(name) || names.keeps_form(name)) continue;
    add({std::string(p.name), Shape::kValue, Tail::kVisible, p.min_value, "pattern.value", p.kind});
  }
  if (profile != nullptr) {
    for (const std::string& prefix : profile->token_prefixes) {
      add({prefix, Shape::kTail, Tail::kVisible, kProfileTail, "pattern.token"});
    }
    for (const std::string& word : profile->uuid_markers) add({word, Shape::kMarker, Tail::kWord, 0, "pattern.uuid"});
    if (privacy >= profiles::Privacy::kCommercial) {
      for (const std::string& id : profile->id_prefixes) add({id, Shape::kId, Tail::kWord, 0, "pattern.id", Kind::kId});
    }
  }
  index();
}

void Patterns::add(Item item) {
  CVR_CHECK(item.prefix.size() >= 3 && items_.size() < 255);
  items_.push_back(std::move(item));
}

std::uint16_t Patterns::pair_at(const char* two) {
  std::uint16_t pair;
  std::memcpy(&pair, two, 2);
  return pair;
}

// Of the first three bytes.
std::uint32_t Patterns::hash(const char* three) {
  std::uint16_t two;
  std::memcpy(&two, three, 2);
  return (two | static_cast<std::uint32_t>(static_cast<std::uint8_t>(three[2])) << 16) * 0x9e3779b1u >> 16;
}

void Patterns::index() {
  const auto first = [](const Item& item) { return static_cast<std::uint8_t>(item.prefix[0]); };
  std::ranges::stable_sort(items_, {}, first);
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const std::uint32_t bit = hash(items_[i].prefix.data());
    filter_[bit >> 6] |= std::uint64_t{1} << (bit & 63);
    for (const std::size_t at : {0u, 1u}) {
      const std::uint16_t pair = pair_at(items_[i].prefix.data() + at);
      pairs_[pair >> 6] |= std::uint64_t{1} << (pair & 63);
    }
    for (std::size_t c = first(items_[i]) + 1u; c < first_.size(); ++c) first_[c] = static_cast<std::uint8_t>(i + 1);
  }
}

std::vector<std::string> Patterns::prefixes(const profiles::Profile* profile) {
  std::vector<std::string> all;
  for (const Provider& p : providers()) all.emplace_back(p.prefix);
  if (profile != nullptr) all.insert(all.end(), profile->token_prefixes.begin(), profile->token_prefixes.end());
  return all;
}

std::size_t Patterns::match(const Item& item, std::string_view text, std::size_t at, std::size_t& begin,
                            std::size_t& dead) {
  begin = at;
  const std::size_t after = at + item.prefix.size();
  switch (item.shape) {
    case Shape::kTail: {
      if (at > 0 && is_alnum(text[at - 1])) return 0;
      const std::size_t size = tail_size(text.substr(after), item.tail);
      return size >= item.min_tail ? after + size : 0;
    }
    case Shape::kJwt: {
      if (at < dead) return 0;
      std::size_t bytes = 0;
      const std::size_t size = jwt_size(text.substr(at), &bytes);
      if (size == 0) dead = at + bytes;
      return size == 0 ? 0 : at + size;
    }
    case Shape::kPem:
      return match_pem(text, at, begin);
    case Shape::kCrypt:
      return at > 0 && is_alnum(text[at - 1]) ? 0 : match_crypt(text, after, begin);
    case Shape::kUserinfo:
      return match_userinfo(text, at, begin);
    case Shape::kBearer:
      begin = after;
      return match_bearer(text, after);
    case Shape::kBasic:
      begin = after;
      return match_basic(text, after);
    case Shape::kValue:
      begin = after;
      return at > 0 && (is_alnum(text[at - 1]) || text[at - 1] == '$') ? 0 : match_value(text, after, item.min_tail);
    case Shape::kAzure: {
      if (at < 3) return 0;
      begin = at - 3;
      const std::size_t size = tail_size(text.substr(after), item.tail);
      return size >= item.min_tail && tail_size(text.substr(begin, 3), item.tail) == 3 ? after + size : 0;
    }
    case Shape::kMarker:
      return match_marker(text, after, begin);
    case Shape::kId:
      begin = after;
      return at > 0 && is_alnum(text[at - 1]) ? 0 : match_id(text, after);
  }
  return 0;
}

void Patterns::scan(std::string_view text, std::vector<PatternHit>& hits) const {
  if (text.size() < 12) return;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const std::size_t before = hits.size();
  std::size_t dead = 0;
  for (std::size_t at = 0; at + 3 < text.size();) {
    // Nothing begins here or at the next place: two characters of it would stand at `at` + 1.
    const std::uint16_t pair = pair_at(text.data() + at + 1);
    if ((pairs_[pair >> 6] >> (pair & 63) & 1) == 0) [[likely]] {
      at += 2;
      continue;
    }
    const std::uint32_t bit = hash(text.data() + at);
    if ((filter_[bit >> 6] >> (bit & 63) & 1) == 0) [[likely]] {
      ++at;
      continue;
    }
    std::size_t next = at + 1;
    for (std::size_t i = first_[bytes[at]]; i < first_[bytes[at] + 1u]; ++i) {
      if (!text.substr(at).starts_with(items_[i].prefix)) continue;
      std::size_t begin = at;
      const std::size_t end = match(items_[i], text, at, begin, dead);
      if (end <= begin || end == 0) continue;
      hits.push_back({begin, end, items_[i].kind, items_[i].rule});
      next = end;
      break;
    }
    at = next;
  }
  if (contacts_) {
    std::vector<Contact> found;
    scan_contacts(text, found);
    const std::size_t credentials = hits.size();
    for (const Contact& c : found) {
      // A part of a credential, or of the pseudonym of one, is neither.
      const auto end = hits.begin() + static_cast<std::ptrdiff_t>(credentials);
      const auto after = std::partition_point(hits.begin() + static_cast<std::ptrdiff_t>(before), end,
                                              [&](const PatternHit& hit) { return hit.end <= c.begin; });
      if (after != end && after->begin <= c.begin && c.end <= after->end) continue;
      const std::string_view rule = c.kind == Kind::kEmail   ? "pattern.email"
                                    : c.kind == Kind::kPhone ? "pattern.phone"
                                                             : "pattern.iban";
      hits.push_back({c.begin, c.end, c.kind, rule});
    }
  }
}

std::string pem_payload(std::string_view inside) {
  std::string out;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    const char c = inside[i];
    if (c == '\\') {
      ++i;  // an escape such as \n
    } else if (static_cast<unsigned char>(c) > 0x20) {
      out += c;
    }
  }
  return out;
}

std::string pem_with_payload(std::string_view inside, std::string_view payload) {
  std::string out;
  std::size_t used = 0;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    const char c = inside[i];
    if (c == '\\') {
      out += inside.substr(i++, 2);
    } else if (static_cast<unsigned char>(c) <= 0x20) {
      out += c;
    } else if (used < payload.size()) {
      out += payload[used++];
    }
  }
  out += payload.substr(std::min(used, payload.size()));
  return out;
}

}  // namespace cvr::redact
