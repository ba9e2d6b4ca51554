#include <fmt/format.h>

#include <map>

#include "base/escape.h"
#include "exporters/common.h"
#include "exporters/image_note.h"
#include "exporters/pretty.h"
#include "exporters/readable.h"

namespace cvr::exporters {
namespace {

constexpr std::size_t kMostHex = 1024;

class Page {
 public:
  Page(std::uint64_t n, const RedactedParts& parts, const ShowOptions& options)
      : n_(n), parts_(parts), options_(options) {}

  std::string text() {
    head();
    request();
    out_ += '\n';
    if (parts_.response) response();
    if (parts_.failure) {
      out_ += colour("31") + "upstream failure: " + std::string(to_string(parts_.failure->kind)) + colour("0") + "  " +
              printable(parts_.failure->detail) + "\n";
    }
    redactions();
    return std::move(out_);
  }

 private:
  std::string colour(const char* code) const {
    return options_.colour ? std::string("\x1b[") + code + "m" : std::string();
  }

  void head() {
    out_ += fmt::format("{}#{}  {}  {:.1f} ms  by {}{}\n", colour("2"), n_, utc_text(parts_.timing.started_utc_us),
                        milliseconds(parts_.timing.finished_us), to_string(parts_.arrival), colour("0"));
    if (!parts_.step.empty()) out_ += "step: " + printable(parts_.step) + "\n";
    for (const std::string& flag : parts_.flags) out_ += "flag: " + printable(flag) + "\n";
    for (const std::string& note : parts_.notes) out_ += "note: " + printable(note) + "\n";
  }

  void request() {
    const RedactedRequest& r = parts_.request;
    out_ += colour("1") + printable(r.method) + " " + printable(url_of(r)) + colour("0") +
            fmt::format(" HTTP/1.{}\n", r.minor_version);
    fields(r.fields);
    body(r.body, r.fields);
    trailers(r.trailers);
  }

  void response() {
    const RedactedResponse& r = *parts_.response;
    const char* code = r.status < 400 ? "32" : "31";
    out_ += colour(code) + fmt::format("HTTP/1.{} {} {}", r.minor_version, r.status, printable(r.reason.text)) +
            colour("0") + "\n";
    fields(r.fields);
    body(r.body, r.fields);
    trailers(r.trailers);
  }

  void fields(const std::vector<RedactedField>& list) {
    for (const RedactedField& field : list) {
      out_ += colour("36") + printable(field.name.text) + colour("0") + ": " + marked(field.value) + "\n";
    }
  }

  void trailers(const std::vector<RedactedField>& list) {
    if (list.empty()) return;
    out_ += "\n[trailers]\n";
    fields(list);
  }

  // Pseudonyms stand out in colour.
  std::string marked(const RedactedText& text) const {
    std::string out;
    std::size_t at = 0;
    for (const Span& span : text.spans) {
      out += printable(std::string_view(text.text).substr(at, span.begin - at));
      out += colour("33") + printable(std::string_view(text.text).substr(span.begin, span.size)) + colour("0");
      at = span.begin + span.size;
    }
    return out + printable(std::string_view(text.text).substr(at));
  }

  void body(const RedactedBody& body, const std::vector<RedactedField>& in) {
    if (body.omitted) {
      const std::string reason = body.omitted->starts_with("omitted") ? *body.omitted : "omitted: " + *body.omitted;
      out_ += fmt::format("\n[body {}; {} bytes]\n", printable(reason), body.wire_size);
      return;
    }
    const std::string& bytes = body.content.text;
    if (bytes.empty()) return;
    out_ += '\n';
    if (!is_text(bytes)) {
      const std::string type = media_type(in);
      const std::string picture = image_note(bytes);
      out_ += fmt::format("[{} bytes{}{}]\n", bytes.size(), type.empty() ? "" : " of " + printable(type),
                          picture.empty() ? "" : ": " + picture);
      if (picture.empty()) out_ += hex_dump(bytes, kMostHex);
      return;
    }
    const std::string type = media_type(in);
    const bool json = type.find("json") != std::string::npos || (type.empty() && (bytes[0] == '{' || bytes[0] == '['));
    out_ += printable(json ? pretty_json(bytes) : bytes, true);
    if (!out_.ends_with('\n')) out_ += '\n';
  }

  void count(const std::string& place, const RedactedText& text) {
    for (const Span& span : text.spans) {
      ++redactions_[place + ": " + std::string(to_string(span.kind)) + " by " + span.rule];
    }
  }
  void count(const std::string& place, const std::vector<RedactedField>& list) {
    for (const RedactedField& field : list) {
      count(place + " name", field.name);
      count(place + ' ' + field.name.text, field.value);
    }
  }

  void redactions() {
    count("request path", parts_.request.path);
    count("request query", parts_.request.query);
    count("request header", parts_.request.fields);
    count("request body", parts_.request.body.content);
    count("request trailer", parts_.request.trailers);
    if (parts_.response) {
      count("response reason", parts_.response->reason);
      count("response header", parts_.response->fields);
      count("response body", parts_.response->body.content);
      count("response trailer", parts_.response->trailers);
    }
    if (redactions_.empty()) return;
    out_ += "\n" + colour("2") + "redacted:\n";
    for (const auto& [what, times] : redactions_) {
      out_ += "  " + printable(what) + (times > 1 ? fmt::format(" ({} times)", times) : std::string()) + "\n";
    }
    out_ += colour("0");
  }

  std::uint64_t n_;
  const RedactedParts& parts_;
  const ShowOptions& options_;
  std::string out_;
  std::map<std::string, int> redactions_;
};

}  // namespace

std::string show(std::uint64_t n, const RedactedInteraction& interaction, const ShowOptions& options) {
  return Page(n, *interaction, options).text();
}

}  // namespace cvr::exporters
