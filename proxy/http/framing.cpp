#include "http/framing.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>

namespace cvr::http {
namespace {

// What a host name, an IP literal and a port are made of; '%', sub-delims and obs-text of RFC 3986
// have no place in a name that is connected to.
constexpr std::array<bool, 256> kHostCharacters = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:[]")) {
    table[static_cast<std::uint8_t>(c)] = true;
  }
  return table;
}();

// What the framing fields of one message said.
struct Facts {
  const FieldView* length = nullptr;
  const FieldView* coding = nullptr;
  const FieldView* host = nullptr;
  bool close = false;
  bool keep_alive = false;
  bool upgrade_named = false;
  bool upgrade = false;
  bool expects_continue = false;
  bool expects_other = false;
};

void collect_options(std::string_view value, Facts& facts) {
  facts.close |= list_contains(value, "close");
  facts.keep_alive |= list_contains(value, "keep-alive");
  facts.upgrade_named |= list_contains(value, "upgrade");
}

// RFC 9110 section 10.1.1: a list, of which only 100-continue is defined.
void collect_expectations(std::string_view value, Facts& facts) {
  if (equals_ignoring_case(value, "100-continue")) {
    facts.expects_continue = true;
  } else if (!value.empty()) {
    facts.expects_other = true;
  }
}

// By length first: most names are none of these.
const char* collect(const std::vector<FieldView>& fields, Facts& facts) {
  for (const FieldView& field : fields) {
    const std::string_view name = field.name;
    switch (name.size()) {
      case 4:
        if (!equals_ignoring_case(name, "host")) break;
        if (facts.host != nullptr) return "more than one Host";
        facts.host = &field;
        break;
      case 6:
        if (equals_ignoring_case(name, "expect")) collect_expectations(field.value, facts);
        break;
      case 7:
        facts.upgrade |= equals_ignoring_case(name, "upgrade");
        break;
      case 10:
        if (equals_ignoring_case(name, "connection")) collect_options(field.value, facts);
        break;
      case 14:
        if (is_disguised_framing_name(name)) return "a framing header written with '_'";
        if (!equals_ignoring_case(name, "content-length")) break;
        if (facts.length != nullptr) return "more than one Content-Length";
        facts.length = &field;
        break;
      case 16:
        if (is_disguised_framing_name(name)) return "a framing header written with '_'";
        if (equals_ignoring_case(name, "proxy-connection")) collect_options(field.value, facts);
        break;
      case 17:
        if (is_disguised_framing_name(name)) return "a framing header written with '_'";
        if (!equals_ignoring_case(name, "transfer-encoding")) break;
        if (facts.coding != nullptr) return "more than one Transfer-Encoding";
        facts.coding = &field;
        break;
      default:
        break;
    }
  }
  return nullptr;
}

const char* parse_length(std::string_view text, std::uint64_t& length) {
  if (text.empty()) return "an empty Content-Length";
  length = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return "a Content-Length that is not digits";
    const std::uint64_t digit = static_cast<std::uint64_t>(c - '0');
    if (length > (std::numeric_limits<std::int64_t>::max() - digit) / 10) return "a Content-Length beyond all bounds";
    length = length * 10 + digit;
  }
  return nullptr;
}

// uri-host [ ":" port ] (RFC 9110 section 7.2), as far as a reading of it must not differ; whom it
// names is checked against the target by the caller.  IPv6 without brackets passes (CLIENTS 3.2).
const char* check_host(std::string_view host) {
  if (host.empty()) return "an empty Host";
  for (const char c : host) {
    if (!kHostCharacters[static_cast<std::uint8_t>(c)]) return "a Host with a character that is not allowed";
  }
  std::size_t name_end = host.find(':');
  if (host[0] == '[') {
    name_end = host.find(']');
    if (name_end == std::string_view::npos) return "a Host without its closing bracket";
    ++name_end;
  } else if (host.find_first_of("[]") != std::string_view::npos) {
    return "a Host with a bracket out of place";
  } else if (name_end == std::string_view::npos || host.rfind(':') != name_end) {
    return nullptr;  // no port, or an address without brackets
  }
  const std::string_view port = host.substr(name_end);
  if (name_end == 0 || (!port.empty() && (port[0] != ':' || port.find_first_not_of("0123456789", 1) != port.npos))) {
    return "a Host that is not HOST or HOST:PORT";
  }
  return nullptr;
}

const char* frame_body(const Facts& facts, int minor_version, Framing& framing, std::uint64_t& length) {
  framing = Framing::kNone;
  length = 0;
  if (facts.coding != nullptr) {
    if (facts.length != nullptr) return "both Content-Length and Transfer-Encoding";
    if (minor_version == 0) return "Transfer-Encoding in an HTTP/1.0 message";
    if (!equals_ignoring_case(facts.coding->value, "chunked")) return "a Transfer-Encoding other than chunked";
    framing = Framing::kChunked;
  } else if (facts.length != nullptr) {
    if (const char* why = parse_length(facts.length->value, length)) return why;
    framing = Framing::kLength;
  }
  return nullptr;
}

}  // namespace

bool is_disguised_framing_name(std::string_view name) {
  constexpr std::string_view kNames[] = {"content-length", "proxy-connection", "transfer-encoding"};
  if (name.find('_') == std::string_view::npos) return false;
  return std::any_of(std::begin(kNames), std::end(kNames), [&](std::string_view plain) {
    return name.size() == plain.size() && std::equal(name.begin(), name.end(), plain.begin(), [](char c, char p) {
             return c == p || (c == '_' && p == '-') || (c >= 'A' && c <= 'Z' && c + 32 == p);
           });
  });
}

bool is_framing_name(std::string_view name) {
  return equals_ignoring_case(name, "content-length") || equals_ignoring_case(name, "transfer-encoding") ||
         equals_ignoring_case(name, "host");
}

const char* frame_request(RequestHead& head, int& status) {
  status = 400;
  Facts facts;
  if (const char* why = collect(head.fields, facts)) return why;
  head.host = {};
  if (facts.host != nullptr) {
    if (const char* why = check_host(facts.host->value)) return why;
    head.host = facts.host->value;
  } else if (head.minor_version == 1) {
    return "no Host";
  }
  if (const char* why = frame_body(facts, head.minor_version, head.framing, head.content_length)) return why;
  if (head.method == "CONNECT" && (facts.coding != nullptr || head.content_length > 0)) return "a body in CONNECT";
  if (facts.expects_other) {
    // A server of another opinion might wait, or not: never passed on with two readings (T01).
    status = 417;
    return "an Expect other than 100-continue";
  }
  head.keep_alive = !facts.close && (head.minor_version == 1 || facts.keep_alive);
  head.expects_continue = facts.expects_continue && head.minor_version == 1;
  head.wants_upgrade = facts.upgrade && facts.upgrade_named;
  return nullptr;
}

const char* frame_response(ResponseHead& head, std::string_view method) {
  Facts facts;
  if (const char* why = collect(head.fields, facts)) return why;
  if (const char* why = frame_body(facts, head.minor_version, head.framing, head.content_length)) return why;
  head.keep_alive = !facts.close && (head.minor_version == 1 || facts.keep_alive);
  // RFC 9112 section 6.3: whatever a 2xx to CONNECT announces, the tunnel begins behind the head.
  const bool tunnel = method == "CONNECT" && head.status >= 200 && head.status < 300;
  const bool bodiless = method == "HEAD" || tunnel || head.status < 200 || head.status == 204 || head.status == 304;
  if (bodiless) {
    // RFC 9112 section 6.1: a 1xx or 204 that announces a body is ambiguous; HEAD and 304 may.
    if (!tunnel && (head.status < 200 || head.status == 204) &&
        (head.framing == Framing::kChunked || head.content_length > 0)) {
      return "a body announced where none can be";
    }
    head.framing = Framing::kNone;
  } else if (head.framing == Framing::kNone) {
    head.framing = Framing::kUntilClose;
    head.keep_alive = false;
  }
  return nullptr;
}

}  // namespace cvr::http
