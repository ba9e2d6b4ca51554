// One curl command an interaction, for POSIX shells.  Recorded text is hostile: everything stands in
// single quotes (shell.h); credentials become "${PLACEHOLDERS}".  A test runs the lines under sh.
#include <set>

#include "base/escape.h"
#include "exporters/common.h"
#include "exporters/formats.h"
#include "exporters/placeholders.h"
#include "exporters/shell.h"
#include "http/head.h"

namespace cvr::exporters {
namespace {

using From = Placeholders::From;

// Linux refuses arguments of 128 KiB; longer bodies go through a pipe.
constexpr std::size_t kLongestArgument = 64 << 10;

bool is_token(std::string_view text) {  // RFC 9110 section 5.6.2
  for (const char c : text) {
    const bool alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!alphanumeric && !std::string_view("!#$%&'*+-.^_`|~").contains(c)) return false;
  }
  return !text.empty();
}

bool has_controls(std::string_view text) {
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f) return true;
  }
  return false;
}

// What curl works out itself, and what was undone in the record.
bool is_left_to_curl(std::string_view name) {
  if (http::is_hop_by_hop(name)) return true;
  for (const std::string_view word : {"host", "content-length", "content-encoding", "accept-encoding"}) {
    if (http::equals_ignoring_case(name, word)) return true;
  }
  return false;
}

class Command {
 public:
  Command(Placeholders& placeholders, std::uint64_t n, const RedactedParts& parts)
      : placeholders_(placeholders), n_(n), parts_(parts), request_(parts.request) {}

  std::string text() {
    target();
    for (const RedactedField& field : request_.fields) header(field);
    body();
    return comments() + pipe_ + "curl -sS --globoff" + arguments_ + "\n\n";
  }

 private:
  std::string comments() {
    std::string out =
        "# " + std::to_string(n_) + ": " + printable(request_.method) + " " + printable(request_.path.text);
    if (parts_.response) out += " -> " + std::to_string(parts_.response->status);
    if (parts_.failure) out += " -> " + std::string(to_string(parts_.failure->kind));
    out += '\n';
    if (!parts_.flags.empty()) out += "# flags: " + flags_text(parts_) + "\n";
    if (!needed_.empty()) {
      out += "# needs:";
      for (const std::string& name : needed_) out += ' ' + name;
      out += '\n';
    }
    return out + notes_;
  }

  // `prefix` and `text` as one shell word.
  std::string word(std::string_view prefix, const RedactedText& text, From from, std::string_view source) {
    std::string out;
    std::string plain(prefix);
    for (const auto& part : placeholders_.split(text, from, source)) {
      if (!part.plain.empty()) {
        plain += part.plain;
        continue;
      }
      if (!plain.empty()) out += shell_quoted(plain);
      plain.clear();
      out += reference(part.name);
    }
    return plain.empty() && !out.empty() ? out : out + shell_quoted(plain);
  }

  std::string reference(const std::string& name) {
    needed_.insert(name);
    return "\"${" + name + "}\"";
  }

  void target() {
    if (request_.method == "HEAD") {
      arguments_ += " --head";  // with -X curl would wait for a body
    } else {
      arguments_ += " -X " + shell_quoted(is_token(request_.method) ? request_.method : printable(request_.method));
    }
    const bool star = request_.path.text == "*";
    if (star) arguments_ += " --request-target '*'";
    if (request_.path.text.contains("/.")) arguments_ += " --path-as-is";
    const std::string origin = http::to_string(request_.origin);
    if (has_controls(request_.path.text) || has_controls(request_.query.text)) {
      notes_ += "# path and query are left out: control characters\n";
      arguments_ += " --url " + shell_quoted(origin);
      return;
    }
    RedactedText rest = star ? RedactedText() : request_.path;
    if (request_.has_query) {
      rest.text += '?';
      for (Span span : request_.query.spans) {
        span.begin += static_cast<std::uint32_t>(rest.text.size());
        rest.spans.push_back(span);
      }
      rest.text += request_.query.text;
    }
    arguments_ += " --url " + word(origin, rest, From::kUrl, "URL_SECRET");
  }

  void header(const RedactedField& field) {
    const std::string& name = field.name.text;
    if (http::equals_ignoring_case(name, "accept-encoding")) {
      if (!field.value.text.empty() && !compressed_) arguments_ += " --compressed";
      compressed_ = true;
    }
    if (is_left_to_curl(name)) return;
    if (!is_token(name) || has_controls(field.value.text)) {
      notes_ += "# a header is left out: control characters\n";
      return;
    }
    has_type_ = has_type_ || http::equals_ignoring_case(name, "content-type");
    // "Name;" is how curl is told to send an empty value.
    arguments_ += " \\\n  -H ";
    arguments_ +=
        field.value.text.empty() ? shell_quoted(name + ";") : word(name + ": ", field.value, From::kHeader, name);
  }

  void body() {
    const RedactedBody& body = request_.body;
    if (body.omitted) notes_ += "# the request body is not here (" + printable(*body.omitted) + ")\n";
    const std::string& bytes = body.content.text;
    if (bytes.empty()) return;
    if (!has_type_) arguments_ += " \\\n  -H 'Content-Type:'";  // or curl would say it is a form
    if (is_text(bytes) && bytes.size() <= kLongestArgument) {
      arguments_ += " \\\n  --data-raw " + word({}, body.content, From::kBody, "BODY_SECRET");
      return;
    }
    const auto parts = placeholders_.split(body.content, From::kBody, "BODY_SECRET");
    for (const auto& part : parts) {
      pipe_ += pipe_.empty() ? "" : "; ";
      pipe_ += part.plain.empty() ? "printf '%s' " + reference(part.name) : shell_printf(part.plain);
    }
    pipe_ = (parts.size() > 1 ? "{ " + pipe_ + "; }" : pipe_) + " | ";
    arguments_ += " \\\n  --data-binary @-";
  }

  Placeholders& placeholders_;
  std::uint64_t n_;
  const RedactedParts& parts_;
  const RedactedRequest& request_;
  std::string notes_, pipe_, arguments_;
  std::set<std::string> needed_;
  bool compressed_ = false;
  bool has_type_ = false;
};

class Curl : public Exporter {
 public:
  void begin(const TextSink& out) override { out("#!/bin/sh\n"); }
  void add(std::uint64_t n, const RedactedInteraction& interaction, const TextSink& out) override {
    out(Command(placeholders_, n, *interaction).text());
  }
  void add_gap(std::int64_t at_utc_us, std::uint64_t lost, std::string_view reason, const TextSink& out) override {
    out("# gap at " + utc_text(at_utc_us) + ": " + std::to_string(lost) + " not recorded: " + printable(reason) +
        "\n\n");
  }

 private:
  Placeholders placeholders_;
};

}  // namespace

std::unique_ptr<Exporter> make_curl() { return std::make_unique<Curl>(); }

}  // namespace cvr::exporters
