// Invariant: whatever a body and its type are, the canonical text of an interaction ends, is harmless on a
// terminal, keeps what JSON says, and is the same when it is made again.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "cvr/interaction.h"
#include "cvr/result.h"
#include "exporters/canonical.h"
#include "exporters/canonical_body.h"
#include "exporters/image_note.h"
#include "exporters/json_print.h"

namespace {

using namespace cvr;

// Every other pseudonym-sized stretch is one, so that Spans stand everywhere.
RedactedText spanned(std::string text) {
  RedactedText out{std::move(text), {}};
  for (std::size_t at = 3; at + 5 <= out.text.size() && out.spans.size() < 1000; at += 11) {
    out.spans.push_back({static_cast<std::uint32_t>(at), 5, at % 2 == 0 ? Kind::kToken : Kind::kEmail, "fuzz"});
  }
  return out;
}

void check_spans(const RedactedText& text) {
  std::size_t end = 0;
  for (const Span& span : text.spans) {
    CVR_CHECK(span.begin >= end && span.size > 0);
    end = std::size_t{span.begin} + span.size;
  }
  CVR_CHECK(end <= text.text.size());
}

std::string print(const RedactedParts& parts) {
  exporters::Canonical canonical({});
  canonical.look(1, parts);
  CVR_CHECK(canonical.order().size() == 1);
  return canonical.print(parts);
}

}  // namespace

// The first line is the content type, the rest the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(input.find('\n'), input.size());
  RedactedParts parts;
  parts.request.method = "POST";
  parts.request.origin.host = "a.example";
  parts.request.path.text = "/";
  parts.request.fields = {{{"Content-Type", {}}, {input.substr(0, line), {}}}};
  parts.request.body.content = spanned(input.substr(std::min(line + 1, input.size())));
  const std::string text = print(parts);
  CVR_CHECK(text == print(parts));
  for (const char c : text) CVR_CHECK(c == '\n' || c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f));

  for (const char c : exporters::image_note(input)) CVR_CHECK(c >= 0x20 && c < 0x7f);
  const RedactedText& body = parts.request.body.content;
  check_spans(exporters::parted_lines(body));
  for (const char* type : {"application/json", "text/html", "application/x-www-form-urlencoded"}) {
    check_spans(exporters::split_by_type(body, type));
  }
  const auto compact = exporters::print_json(body, {});
  if (compact) {
    check_spans(*compact);
    const auto indented = exporters::print_json(*compact, {.indented = true, .sorted = false});
    CVR_CHECK(indented.has_value());
    CVR_CHECK(exporters::print_json(*indented, {})->text == compact->text);
    CVR_CHECK(exporters::print_json(body, {.indented = true, .sorted = true}).has_value());
  }
  return 0;
}
