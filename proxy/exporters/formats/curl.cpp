// One curl command an interaction, for POSIX shells.  Recorded text is hostile: everything stands in
// single quotes, where nothing is special but the quote itself; credentials become ${PLACEHOLDERS}
// in double quotes around nothing but the name.  A test runs the lines under a stub.
#include <algorithm>

#include "base/escape.h"
#include "exporters/common.h"
#include "exporters/formats.h"
#include "http/head.h"

namespace cvr::exporters {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

// AUTHORIZATION for a header's pseudonym, CLIENT_SECRET for a form field's.
std::string placeholder(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    out += !alphanumeric ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  }
  if (out.empty() || (out[0] >= '0' && out[0] <= '9')) out.insert(0, "_");
  return out;
}

bool is_credential(Kind kind) {
  return kind == Kind::kToken || kind == Kind::kJwt || kind == Kind::kPassword || kind == Kind::kUuid || kind == Kind::kUser;
}

// The text in single quotes, its credential pseudonyms as "${NAME}".
std::string with_placeholders(const RedactedText& text, std::string_view name) {
  std::string out;
  std::size_t at = 0;
  for (const Span& span : text.spans) {
    if (!is_credential(span.kind)) continue;
    if (span.begin > at) out += quoted(std::string_view(text.text).substr(at, span.begin - at));
    out += "\"${" + placeholder(name) + "}\"";
    at = span.begin + span.size;
  }
  if (at < text.text.size() || out.empty()) out += quoted(std::string_view(text.text).substr(at));
  return out;
}

// printf's octal escapes carry any byte through any shell.
std::string as_printf(std::string_view bytes) {
  std::string out = "printf '";
  for (const char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' || c == '-' || c == '.' || c == ',';
    if (plain) {
      out += c;
    } else {
      out += '\\';
      out += static_cast<char>('0' + (byte >> 6));
      out += static_cast<char>('0' + (byte >> 3 & 7));
      out += static_cast<char>('0' + (byte & 7));
    }
  }
  return out + "'";
}

class Curl : public Exporter {
 public:
  void begin(const TextSink& out) override { out("#!/bin/sh\n"); }
  void add(std::uint64_t n, const RedactedInteraction& interaction, const TextSink& out) override {
    const RedactedRequest& request = interaction->request;
    const RedactedBody& body = request.body;
    std::string line = "# " + std::to_string(n) + "\n";
    if (body.omitted) line += "# the request body was not recorded (" + printable(*body.omitted) + ")\n";
    const bool binary = body.content.text.find('\0') != std::string::npos || !is_text(body.content.text);
    if (binary) line += as_printf(body.content.text) + " | ";
    line += "curl -sS -X " + quoted(request.method) + " --url " + quoted(url_of(request));
    for (const RedactedField& field : request.fields) {
      const std::string& name = field.name.text;
      const bool framing = http::is_hop_by_hop(name) || http::equals_ignoring_case(name, "content-length") ||
                           http::equals_ignoring_case(name, "host") || http::equals_ignoring_case(name, "content-encoding");
      if (framing) continue;
      // "Name;" is how curl is told to send an empty value.
      line += " \\\n  -H " + (field.value.text.empty() ? quoted(name + ";") : quoted(name + ": ") + with_placeholders(field.value, name));
    }
    if (binary) {
      line += " \\\n  --data-binary @-";
    } else if (!body.content.text.empty()) {
      line += " \\\n  --data-raw " + with_placeholders(body.content, "BODY_SECRET");
    }
    out(line + "\n\n");
  }
};

}  // namespace

std::unique_ptr<Exporter> make_curl() { return std::make_unique<Curl>(); }

}  // namespace cvr::exporters
