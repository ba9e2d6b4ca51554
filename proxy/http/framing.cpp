#include "http/framing.h"

#include <limits>

namespace cvr::http {
namespace {

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
};

// "content_length" and the like: some servers read '_' as '-', so such a name is a second reading.
bool is_disguised(std::string_view name) {
  if (name.find('_') == std::string_view::npos) return false;
  std::string plain(name);
  for (char& c : plain) {
    if (c == '_') c = '-';
  }
  return is_framing_name(plain) || equals_ignoring_case(plain, "proxy-connection");
}

const char* collect(const std::vector<FieldView>& fields, Facts& facts) {
  for (const FieldView& field : fields) {
    const std::string_view name = field.name;
    if (is_disguised(name)) return "a framing header written with '_'";
    if (name.size() == 4 && equals_ignoring_case(name, "host")) {
      if (facts.host != nullptr) return "more than one Host";
      facts.host = &field;
    } else if (name.size() == 14 && equals_ignoring_case(name, "content-length")) {
      if (facts.length != nullptr) return "more than one Content-Length";
      facts.length = &field;
    } else if (name.size() == 17 && equals_ignoring_case(name, "transfer-encoding")) {
      if (facts.coding != nullptr) return "more than one Transfer-Encoding";
      facts.coding = &field;
    } else if (equals_ignoring_case(name, "connection") || equals_ignoring_case(name, "proxy-connection")) {
      facts.close |= list_contains(field.value, "close");
      facts.keep_alive |= list_contains(field.value, "keep-alive");
      facts.upgrade_named |= list_contains(field.value, "upgrade");
    } else if (name.size() == 6 && equals_ignoring_case(name, "expect")) {
      facts.expects_continue |= equals_ignoring_case(field.value, "100-continue");
    } else if (name.size() == 7 && equals_ignoring_case(name, "upgrade")) {
      facts.upgrade = true;
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

const char* check_host(std::string_view host) {
  if (host.empty()) return "an empty Host";
  for (const char c : host) {
    if (c <= 0x20 || static_cast<std::uint8_t>(c) >= 0x7f || std::string_view("@/?#,\\\"<>^`{|}").contains(c)) {
      return "a Host with a character that is not allowed";
    }
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
  const bool bodiless = method == "HEAD" || head.status < 200 || head.status == 204 || head.status == 304;
  if (bodiless) {
    // RFC 9112 section 6.1: a 1xx or 204 that announces a body is ambiguous; HEAD and 304 may.
    if ((head.status < 200 || head.status == 204) &&
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
