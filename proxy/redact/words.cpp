#include "redact/words.h"

#include <algorithm>
#include <bitset>
#include <cstdint>
#include <string>
#include <unordered_set>

namespace cvr::redact {
namespace {

// Words of eight letters or more, or halves of such ("client_credentials"), that configuration,
// HTTP and JSON APIs say in the clear.
constexpr std::string_view kWords =
    "about accept access account accounts action actions active activity address admin administrator agent airport "
    "alert alerts allow allowed always analytics android anonymous answer application applications approved archive "
    "article assertion asset assets async attachment attachments audience august auth authenticated authentication "
    "author authorization authorize auto automatic available backend basic batch bearer bearertoken beta billing "
    "boolean booking bookings broker browser build button calendar callback canceled cancelled catalog category "
    "certificate change changed changeme channel charset check checked checkout chrome classic client clients close "
    "closed code collapsed collection comment common company complete completed component condition config "
    "configuration confirm confirmed connect connected connection consent consumer contact content control "
    "cookie cookies copyright correct country create created credential credentials credit currency current customer "
    "customers daily dark dashboard data database date december default delete deleted delivery demo denied desktop "
    "details develop developer development device digital direct directory disable disabled discount display "
    "document documents domain download draft edge edit editor eight email employee empty enable enabled encoding "
    "english enterprise entity environment error errors event events every example exception expanded expired export "
    "external failed failure false favorite feature february feedback field filter financial finished firefox first "
    "flight flights folder format forward found free french friday full function gateway general german global "
    "grant granted group guest gzip hash header headers health hello hidden history homepage host hourly html http "
    "https identity image images implicit import inactive include incomplete index individual info information "
    "initial input insert instance integer integration interactive interface internal internet invalid invoice ios "
    "item january javascript json july june json keep keyword language large last latest launch layout left legacy "
    "level "
    "library license light limit limited linux list live local locale localhost location locked logged login logout "
    "machine macos main maintenance manage management manager march market marketing marketplace master maximum "
    "medium member members memory menu message messages metadata method minimal minimum missing mobile mode model "
    "modified module monday monitor monthly multipart name native navigation network never newsletter next normal "
    "notfound notification notifications november null number numeric object october octet offer offline online "
    "open opened operation operator optional options order orders organization other owner package page parameter "
    "partner passed passenger passengers password passwords path payment pending performance permission "
    "permissions personal phone picture plain platform point policy popular popup portal post preference preferences "
    "premium preview previous price primary print privacy private process processing product production "
    "products profile progress project properties property protected protocol provider proxy public publish "
    "published purchase quality query question queue quote quotes random reader ready receive recent record "
    "recorded redirect reference refresh register registered registration rejected release remember remote remove "
    "removed replay report reports request requested requests required reset resource response restricted result "
    "results return review right root route running safari sample sandbox saturday schedule scheduled scope "
    "search secondary secret section secure security segment select selected seller sender september sequence "
    "server service services session sessions setting settings shared shipping show sidebar signature signed "
    "silent simple single site small source sourcing spanish special staging standard start started state "
    "statement static statistics status stopped storage store stream strict string structure style submit "
    "submitted subscribed subscription success successful summary sunday support supported suspended switch "
    "synchronized system table target team template temporary terminal test testing text theme thread thursday "
    "ticket timeout timestamp title today token tokens tomorrow toolbar total track tracking traffic transaction "
    "transfer translation travel trip trips true tuesday type unauthorized undefined unknown unlimited unlocked "
    "unsubscribed unsupported update updated upgrade upload urlencoded user username users utility valid validate "
    "validation value values variable vendor verified verify version video view viewer virtual visible visitor "
    "warning webhook webhooks website wednesday weekly welcome widget window windows wizard word workflow workspace "
    "world write yearly yesterday zone";

const std::unordered_set<std::string_view>& words() {
  static const auto set = [] {
    std::unordered_set<std::string_view> all;
    for (std::size_t begin = 0; begin < kWords.size();) {
      const std::size_t end = std::min(kWords.find(' ', begin), kWords.size());
      all.insert(kWords.substr(begin, end - begin));
      begin = end + 1;
    }
    return all;
  }();
  return set;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool few_characters(std::string_view value) {
  std::bitset<256> seen;
  for (const char c : value) seen.set(static_cast<std::uint8_t>(c));
  return seen.count() < 4;
}

// One or two known words and punctuation: "application/json".  Three and more are a passphrase.
bool is_words(std::string_view value) {
  if (value.size() > 64) return false;
  int count = 0;
  for (std::size_t i = 0; i < value.size();) {
    if (!is_letter(value[i])) {
      if (is_digit(value[i]) || static_cast<std::uint8_t>(value[i]) >= 0x80) return false;
      ++i;
      continue;
    }
    std::string word;
    for (; i < value.size() && is_letter(value[i]); ++i) word += static_cast<char>(value[i] | 0x20);
    if (++count > 2 || !words().contains(word)) return false;
  }
  return count > 0;
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

bool is_title(std::string_view word) {
  return word.size() >= 2 && is_upper(word[0]) && std::ranges::all_of(word.substr(1), is_lower);
}

// "Buenos_Aires", "Port-au-Prince"
bool is_location(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find_first_of("_-", begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    const bool small = count > 0 && (word == "au" || word == "es" || word == "of");
    if (++count > 3 || !(small || is_title(word))) return false;
    begin = end + 1;
  }
  return true;
}

// Of the IANA time zone database: AREA/LOCATION, AREA/REGION/LOCATION.
bool is_time_zone(std::string_view value) {
  constexpr std::string_view kAreas[] = {"Africa",   "America",   "Antarctica", "Arctic", "Asia",
                                         "Atlantic", "Australia", "Europe",     "Indian", "Pacific"};
  const std::size_t slash = value.find('/');
  if (slash == value.npos || value.size() > 32 || std::ranges::find(kAreas, value.substr(0, slash)) == std::end(kAreas))
    return false;
  const std::string_view place = value.substr(slash + 1);
  const std::size_t next = std::min(place.find('/'), place.size());
  return is_location(place.substr(0, next)) && (next == place.size() || is_location(place.substr(next + 1)));
}

// Language, script and possibly region of BCP 47; without a script it is short.
bool is_language_tag(std::string_view value) {
  const std::size_t size = value.find('-');
  if ((size != 2 && size != 3) || !std::ranges::all_of(value.substr(0, size), is_lower)) return false;
  const std::string_view rest = value.substr(size + 1);
  if (!is_title(rest.substr(0, 4)) || (rest.size() != 4 && rest.size() != 7)) return false;
  return rest.size() == 4 || (rest[4] == '-' && is_upper(rest[5]) && is_upper(rest[6]));
}

bool is_plain_url(std::string_view value) {
  if (!value.starts_with("https://") && !value.starts_with("http://")) return false;
  return value.size() <= 128 && value.find_first_of("@?#%;= ") == value.npos;
}

}  // namespace

bool is_date(std::string_view value) {
  if (value.size() < 8 || value.size() > 35) return false;
  if (!value.starts_with("19") && !value.starts_with("20")) return false;
  const auto digits = [&](std::size_t from, std::size_t count) {
    return value.size() >= from + count &&
           std::all_of(value.begin() + static_cast<std::ptrdiff_t>(from),
                       value.begin() + static_cast<std::ptrdiff_t>(from + count), is_digit);
  };
  const auto in_range = [&](std::size_t month_at, std::size_t day_at) {
    return value.substr(month_at, 2) <= "12" && value.substr(day_at, 2) <= "31";
  };
  if (value.size() == 8) return digits(0, 8) && in_range(4, 6);
  if (!digits(0, 4) || value[4] != '-' || !digits(5, 2) || value[7] != '-' || !digits(8, 2) || !in_range(5, 8))
    return false;
  return value.find_first_not_of("0123456789-:.+TZ ", 10) == value.npos;
}

bool is_setting(std::string_view value) { return is_time_zone(value) || is_language_tag(value); }

bool is_vocabulary(std::string_view value) { return is_words(value); }

bool is_ordinary(std::string_view value) {
  return few_characters(value) || is_words(value) || is_date(value) || is_plain_url(value);
}

}  // namespace cvr::redact
