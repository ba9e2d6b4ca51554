#include "redact/contacts.h"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "base/utf8.h"
#include "cvr/http.h"
#include "redact/ibans.h"
#include "redact/shapes.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxLocal = 64;  // RFC 5321 section 4.5.3.1
constexpr std::size_t kMaxDomain = 255;
constexpr std::size_t kMaxPhone = 40;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alnum(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_wide(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool in_local(char c) { return is_alnum(c) || is_wide(c) || std::string_view("._-+'").contains(c); }
bool in_domain(char c) { return is_alnum(c) || is_wide(c) || c == '.' || c == '-'; }

bool is_file_ending(std::string_view domain) {
  constexpr std::string_view kEndings[] = {".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".css", ".js", ".map"};
  return std::ranges::any_of(kEndings, [&](std::string_view ending) { return domain.ends_with(ending); });
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const Utf8 next = decode_utf8(text);
    if (!next.valid) return false;
    text.remove_prefix(next.size);
  }
  return true;
}

// Not of a text: what stands near an address can not be a control character, nor half a character.  In random bytes
// something like "a@b.cd" stands every few hundred KiB.
bool is_binary(std::string_view near) {
  const auto half = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; };
  while (!near.empty() && half(near.front())) near.remove_prefix(1);  // of a character that begins before
  if (near.size() > 4) {
    std::size_t last = near.size() - 1;
    while (last > near.size() - 4 && half(near[last])) --last;
    if (is_wide(near[last])) near = near.substr(0, last);  // may go on behind
  }
  const auto is_control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && !std::string_view("\t\r\n").contains(c);
  };
  return std::ranges::any_of(near, is_control) || !is_utf8(near);
}

// "://user@host" and "://user:pass@host".
bool is_userinfo(std::string_view text, std::size_t begin) {
  if (begin > 0 && text[begin - 1] == ':') {
    std::size_t user = begin - 1;
    while (user > 0 && begin - user < kMaxLocal && in_local(text[user - 1])) --user;
    begin = user;
  }
  return begin >= 3 && text.substr(begin - 3, 3) == "://";
}

// <local@host> in a field that names messages (RFC 5322 section 3.6.4): no mailbox.
bool is_message_id(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::size_t kMaxBefore = 512;  // References names several
  if (begin == 0 || text[begin - 1] != '<' || end >= text.size() || text[end] != '>') return false;
  const std::size_t from = begin - std::min(begin, kMaxBefore);
  std::string_view line = text.substr(from, begin - from);
  for (std::size_t at = line.size(); at-- > 0;) {
    // A folded line belongs to the one before.
    if (line[at] != '\n' || (at + 1 < line.size() && (line[at + 1] == ' ' || line[at + 1] == '\t'))) continue;
    line.remove_prefix(at + 1);
    break;
  }
  const std::string lower = http::to_lower(line);
  return std::ranges::any_of(
      std::initializer_list<std::string_view>{"message-id", "messageid", "message_id", "in-reply-to", "references"},
      [&](std::string_view name) { return lower.find(name) != lower.npos; });
}

bool match_email(std::string_view text, std::size_t at, std::size_t from, Contact& contact) {
  std::size_t begin = at;
  while (begin > from && at - begin < kMaxLocal && in_local(text[begin - 1])) --begin;
  while (begin < at && !is_alnum(text[begin]) && !is_wide(text[begin])) ++begin;
  std::size_t end = at + 1;
  while (end < text.size() && end - at <= kMaxDomain && in_domain(text[end])) ++end;
  while (end > at + 1 && !is_alnum(text[end - 1]) && !is_wide(text[end - 1])) --end;
  const std::string_view all = text.substr(begin, end - begin);
  const std::string_view local = text.substr(begin, at - begin);
  constexpr std::size_t kNear = 12;
  const std::size_t near = begin - std::min(begin, kNear);
  if (is_binary(text.substr(near, end + kNear - near))) return false;
  if (!is_utf8(all) || is_wide(all.back())) return false;
  if (local == "git" || !is_email(all) || is_file_ending(all) || is_userinfo(text, begin)) return false;
  if (is_message_id(text, begin, end)) return false;
  contact = {begin, end, Kind::kEmail};
  return true;
}

// "+0100" to "+1445" after a time of day, and what may follow them.
bool is_zone(std::string_view text) {
  if (text.size() < 5 || text[1] > '1') return false;
  const std::string_view minutes = text.substr(3, 2);
  const bool ends = text.size() == 5 || !is_digit(text[5]);
  return ends && is_digit(text[2]) && (minutes == "00" || minutes == "15" || minutes == "30" || minutes == "45");
}

// "+52.520008" below "lat": a place on earth.
bool is_coordinate(std::string_view text, std::size_t at, std::size_t end) {
  const std::string_view number = text.substr(at + 1, end - at - 1);
  const std::size_t dot = number.find('.');
  if (dot == number.npos || dot > 3 || number.find_first_not_of("0123456789.") != number.npos) return false;
  if (number.find('.', dot + 1) != number.npos) return false;
  const std::size_t from = at - std::min<std::size_t>(at, 16);
  const std::string name = http::to_lower(text.substr(from, at - from));
  return std::ranges::any_of(
      std::initializer_list<std::string_view>{"lat", "lon", "lng", "latitude", "longitude", "alt"},
      [&](std::string_view word) { return name.find(word) != name.npos; });
}

bool match_phone(std::string_view text, std::size_t at, Contact& contact) {
  if (at > 0) {
    const char before = text[at - 1];
    if (is_alnum(before) || is_wide(before) || std::string_view("+/_-.").contains(before)) return false;
  }
  std::size_t end = at + 1;
  const std::size_t limit = std::min(text.size(), at + kMaxPhone);
  for (std::size_t i = at + 1; i < limit && (is_digit(text[i]) || std::string_view(" -.()").contains(text[i])); ++i) {
    if (is_digit(text[i])) end = i + 1;
    if (i > at + 2 && !is_digit(text[i]) && !is_digit(text[i - 1]) && !is_digit(text[i - 2])) break;
  }
  const std::string_view all = text.substr(at, end - at);
  if (!is_international_phone(all) || is_zone(all) || is_coordinate(text, at, end)) return false;
  if (end < text.size() && (is_alnum(text[end]) || std::string_view("+/=_").contains(text[end]))) return false;
  contact = {at, end, Kind::kPhone};
  return true;
}

}  // namespace

void scan_contacts(std::string_view text, std::vector<Contact>& found) {
  Contact contact;
  std::size_t from = 0;
  for (std::size_t at = text.find('@'); at != text.npos; at = text.find('@', at + 1)) {
    if (!match_email(text, at, from, contact)) continue;
    found.push_back(contact);
    from = contact.end;
  }
  for (std::size_t at = text.find('+'); at != text.npos; at = text.find('+', at + 1)) {
    if (match_phone(text, at, contact)) found.push_back(contact);
  }
  for (std::size_t at = next_iban(text, 0); at < text.size(); at = next_iban(text, at)) {
    const std::size_t size = iban_size(text, at);
    if (size > 0) found.push_back({at, at + size, Kind::kText});
    at += std::max<std::size_t>(size, 2);
  }
}

}  // namespace cvr::redact
