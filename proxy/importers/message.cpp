#include "importers/message.h"

#include <algorithm>

#include "base/base64.h"
#include "base/escape.h"
#include "http/characters.h"
#include "http/head.h"
#include "http/target.h"
#include "importers/times.h"

namespace cvr::importers {
namespace {

constexpr std::size_t kMostMethod = 32;
constexpr std::size_t kMostTarget = 64 * 1024;
constexpr std::size_t kMostFields = 1000;
constexpr std::size_t kMostValue = 64 * 1024;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Spaces, controls and bytes beyond ASCII as %XX.
std::string escaped_target(std::string_view text, const Place& place) {
  std::string out;
  bool changed = false;
  for (const char c : text) {
    const bool fine = http::is_target_character(c);
    out += fine ? std::string(1, c) : percent_encode(std::string_view(&c, 1));
    changed = changed || !fine;
  }
  if (changed) place.lost("characters of URLs that no request line may hold stand percent-encoded");
  return out;
}

std::string_view without_fragment(std::string_view text, const Place& place) {
  const std::size_t hash = text.find('#');
  if (hash == text.npos) return text;
  place.lost("fragments of URLs dropped");
  return text.substr(0, hash);
}

bool is_origin_form(std::string_view text) { return text.starts_with('/'); }

// Drops "user:password@".
std::string without_user(std::string_view url, const Place& place) {
  const std::size_t begin = url.find("://");
  if (begin == url.npos) return std::string(url);
  const std::size_t end = std::min(url.find_first_of("/?", begin + 3), url.size());
  const std::size_t at = url.substr(0, end).rfind('@');
  if (at == url.npos || at < begin + 3) return std::string(url);
  place.lost("user names in URLs dropped");
  return std::string(url.substr(0, begin + 3)) + std::string(url.substr(at + 1));
}

}  // namespace

std::function<void(const Error& why, std::size_t number)> skipping(std::string what, Losses& losses) {
  return [what = std::move(what), &losses](const Error& why, std::size_t number) {
    if (number == 0) return losses.add("what stands behind the end of the document was left out", why.text);
    losses.add("skipped: what is broken or holds what is not read",
               what + " " + std::to_string(number) + ": " + why.text);
  };
}

bool set_method(std::string_view method, http::Request& request, const Place& place) {
  if (method.size() > kMostMethod || !http::is_token(method)) {
    place.lost("skipped: no method, or one that is not read");
    return false;
  }
  if (method == "CONNECT") {
    place.lost("skipped: CONNECT, which belongs to the way to a proxy");
    return false;
  }
  request.method = method;
  return true;
}

bool set_url(std::string_view url, http::Request& request, const Place& place) {
  const std::string scheme = http::to_lower(url.substr(0, std::min<std::size_t>(url.find(':'), 16)));
  if (scheme == "ws" || scheme == "wss") {
    place.lost("skipped: WebSocket connections");
    return false;
  }
  if (scheme != "http" && scheme != "https") {
    place.lost("skipped: URLs that are neither http nor https");
    return false;
  }
  std::string plain = without_user(without_fragment(url, place), place);
  std::transform(plain.begin(), plain.begin() + static_cast<std::ptrdiff_t>(scheme.size()), plain.begin(),
                 [](char c) { return static_cast<char>(c | 0x20); });
  plain = escaped_target(plain, place);
  const auto target = http::parse_target(plain, false);
  if (plain.size() > kMostTarget || !target || !target->origin) {
    place.lost("skipped: URLs that are not read");
    return false;
  }
  request.origin = *target->origin;
  request.path = target->path;
  request.query = target->query;
  request.has_query = target->has_query;
  return true;
}

bool set_target(std::string_view target, http::Request& request, const Place& place) {
  const std::string plain = escaped_target(without_fragment(target, place), place);
  if (plain == "*" && request.method == "OPTIONS") {
    request.path = plain;
    return true;
  }
  if (!is_origin_form(plain) || plain.size() > kMostTarget) {
    place.lost("skipped: URLs that are not read");
    return false;
  }
  const std::size_t query = plain.find('?');
  request.path = plain.substr(0, query);
  request.has_query = query != plain.npos;
  request.query = request.has_query ? plain.substr(query + 1) : std::string();
  return true;
}

bool set_status(std::optional<std::int64_t> status, http::Response& response, const Place& place) {
  if (!status || *status < 200 || *status > 599) {
    place.lost("skipped: no status from 200 to 599");
    return false;
  }
  response.status = static_cast<int>(*status);
  return true;
}

int minor_version_of(std::string_view version, const Place& place) {
  const std::string word = http::to_lower(version);
  if (word == "http/1.0") return 0;
  if (word.starts_with("http/2") || word.starts_with("http/3") || word.starts_with("h2") || word.starts_with("h3")) {
    place.lost("HTTP/2 and HTTP/3 stand as HTTP/1.1");
  }
  return 1;
}

void set_reason(std::string_view reason, http::Response& response, const Place& place) {
  if (reason.size() > kMostValue || http::end_of_value(reason, 0) != reason.size()) {
    place.lost("reasons with control characters dropped");
    return;
  }
  response.reason = reason;
}

void add_field(std::string_view name, std::string_view value, http::Fields& fields, const Place& place) {
  if (name.starts_with(':')) return place.lost("pseudo-headers of HTTP/2 dropped (:authority ...)");
  if (!http::is_token(name) || name.size() > kMostValue) return place.lost("headers with a name that is none dropped");
  for (std::string_view rest = value;;) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    line = trimmed(line);
    if (fields.size() >= kMostFields || line.size() > kMostValue) {
      place.lost("headers beyond 1000, or longer than 64 KiB, dropped");
    } else if (http::end_of_value(line, 0) != line.size()) {
      place.lost("headers with control characters dropped");
    } else {
      fields.push_back({std::string(name), std::string(line)});
    }
    if (end == rest.npos) return;
    rest.remove_prefix(end + 1);
  }
}

void add_fields(const Node* map, http::Fields& fields, const Place& place) {
  if (map == nullptr || map->is(Node::Type::kNull)) return;
  if (!map->is(Node::Type::kMap)) return place.lost("headers that are no map dropped");
  const auto one = [&](const std::string& name, const Node& value) {
    if (value.is(Node::Type::kList) || value.is(Node::Type::kMap)) {
      place.lost("headers with a value that is no text dropped");
    } else {
      add_field(name, text_in(value, place), fields, place);
    }
  };
  for (const Member& member : map->members) {
    if (!member.node.is(Node::Type::kList)) {
      one(member.name, member.node);
      continue;
    }
    for (const Node& value : member.node.items) one(member.name, value);
  }
}

BodyDigest missing_body(std::uint64_t size, const Place& place) {
  place.lost("bodies that are not in the file (omitted)");
  return {size, {}, "omitted: not in the imported file"};
}

BodyDigest bomb_body(std::uint64_t size, const Place& place) {
  place.lost("bodies beyond what all of one file may decompress to, 64 MiB and 32 times its size (omitted)");
  return {size, {}, "omitted: the imported file decompresses to too much"};
}

std::optional<std::string> bytes_of_base64(std::string_view text) {
  std::string packed(text);
  std::erase_if(packed, [](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; });
  return base64_decode(packed);
}

void set_framing_and_time(Interaction& interaction, const Place& place) {
  if (interaction.response) {
    const http::Response& response = *interaction.response;
    const std::string_view coding = http::value_of(response.fields, "transfer-encoding");
    if (http::list_contains(coding, "chunked")) {
      interaction.response_framing = Framing::kChunked;
    } else if (!response.body.empty() || http::find(response.fields, "content-length") != nullptr) {
      interaction.response_framing = Framing::kLength;
    }
    if (interaction.timing.started_utc_us == 0) {
      const auto date = utc_from_date(http::value_of(response.fields, "date"));
      place.lost(date ? "times are not in the file: those of Date headers stand for them"
                      : "times are not in the file, and there is no Date header: they stand as 1970");
      if (date) interaction.timing.started_utc_us = *date;
    }
  }
}

const std::string& text_in(const Node& node, const Place& place) {
  if (node.lone) place.lost("half surrogate pairs in texts became U+FFFD");
  return node.text;
}

}  // namespace cvr::importers
