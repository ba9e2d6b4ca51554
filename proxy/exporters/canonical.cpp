#include "exporters/canonical.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>

#include "base/escape.h"
#include "exporters/canonical_body.h"
#include "exporters/common.h"
#include "exporters/placeholders.h"

namespace cvr::exporters {
namespace {

bool is_labelled(Kind kind) { return is_credential(kind) || kind == Kind::kHeader; }

std::uint64_t hash_of(std::string_view pseudonym, Kind kind) {
  return XXH3_64bits_withSeed(pseudonym.data(), pseudonym.size(), static_cast<std::uint64_t>(kind));
}

// RFC 2046 section 5.1.1; empty: none, or one so short that it may stand anywhere.
std::string boundary_of(const std::vector<RedactedField>& fields) {
  const std::string_view value = value_of(fields, "content-type");
  const std::string lower = http::to_lower(value);
  const std::size_t at = lower.find("boundary=");
  if (!lower.starts_with("multipart/") || at == std::string::npos) return {};
  std::string_view out = value.substr(at + 9);
  out = out.starts_with('"') ? out.substr(1, out.find('"', 1) - 1) : out.substr(0, out.find_first_of("; \t"));
  return out.size() < 6 ? std::string() : std::string(out);
}

std::string without(std::string text, std::string_view boundary) {
  if (boundary.empty()) return text;
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = text.find(boundary); at != std::string::npos; at = text.find(boundary, from)) {
    out.append(text, from, at - from);
    out += "<boundary>";
    from = at + boundary.size();
  }
  return out.append(text, from);
}

}  // namespace

void Canonical::count(const RedactedText& text) {
  for (const Span& span : text.spans) {
    if (is_labelled(span.kind))
      ++labels_[hash_of(std::string_view(text.text).substr(span.begin, span.size), span.kind)].seen;
  }
}

template <class Message>
void Canonical::count_message(const Message& message) {
  for (const auto* list : {&message.fields, &message.trailers}) {
    for (const RedactedField& field : *list) {
      if (!options_.is_volatile(field.name.text)) count(field.value);
    }
  }
  count(message.body.content);
}

void Canonical::look(std::uint64_t n, const RedactedParts& parts) {
  const RedactedRequest& request = parts.request;
  count(request.path);
  count(request.query);
  count_message(request);
  if (parts.response) count_message(*parts.response);
  if (options_.recorded_order) {
    places_.push_back({"", "", "", 0, 0, n});
    return;
  }
  // Of a path only what is no credential; the key stands for the rest.
  std::string path;
  std::size_t at = 0;
  for (const Span& span : request.path.spans) {
    if (!is_labelled(span.kind)) continue;
    path += request.path.text.substr(at, span.begin - at);
    at = std::size_t{span.begin} + span.size;
  }
  path += request.path.text.substr(at);
  places_.push_back(
      {http::to_string(request.origin), std::move(path), request.method, parts.key.bucket_hi, parts.key.bucket_lo, n});
}

std::vector<std::uint64_t> Canonical::order() {
  std::ranges::sort(places_);
  std::vector<std::uint64_t> out;
  out.reserve(places_.size());
  for (const Place& place : places_) out.push_back(place.n);
  return out;
}

std::string Canonical::label_of(std::string_view pseudonym, Kind kind) {
  Label& label = labels_[hash_of(pseudonym, kind)];
  const std::string word(to_string(kind));
  if (label.seen < 2) return "<" + word + ">";
  if (label.number == 0) label.number = ++numbers_[static_cast<int>(kind)];
  return "<" + word + "#" + std::to_string(label.number) + ">";
}

std::string Canonical::labelled(const RedactedText& text, bool keep_lines) {
  const std::string_view all = text.text;
  std::string out;
  std::size_t at = 0;
  for (const Span& span : text.spans) {
    if (!options_.label_credentials || !is_labelled(span.kind)) continue;
    out += printable(all.substr(at, span.begin - at), keep_lines);
    out += label_of(all.substr(span.begin, span.size), span.kind);
    at = std::size_t{span.begin} + span.size;
  }
  return out + printable(all.substr(at), keep_lines);
}

std::string Canonical::fields(const std::vector<RedactedField>& list, std::string_view boundary) {
  std::vector<std::pair<std::string, const RedactedField*>> sorted;
  for (const RedactedField& field : list) sorted.emplace_back(http::to_lower(field.name.text), &field);
  std::ranges::stable_sort(sorted, {}, [](const auto& one) { return std::string_view(one.first); });
  std::string out;
  for (const auto& [name, field] : sorted) {
    const std::string value = options_.is_volatile(name) ? "<volatile>" : without(labelled(field->value), boundary);
    out += labelled(field->name) + ": " + value + "\n";
  }
  return out;
}

std::string Canonical::body(const RedactedBody& body, const std::vector<RedactedField>& in, std::string_view boundary) {
  if (body.omitted) return "\n[body " + printable(*body.omitted) + "]\n";
  const std::string& bytes = body.content.text;
  if (bytes.empty()) return {};
  const std::string type = media_type(in);
  if (!is_text(bytes)) return "\n" + bytes_line(bytes, type) + "\n";
  std::string out = without(labelled(parted_lines(split_by_type(body.content, type)), true), boundary);
  if (!out.ends_with('\n')) out += '\n';
  return "\n" + out;
}

template <class Message>
std::string Canonical::message(const Message& message) {
  const std::string boundary = boundary_of(message.fields);
  std::string out = fields(message.fields, boundary) + body(message.body, message.fields, boundary);
  if (!message.trailers.empty()) out += "\n[trailers]\n" + fields(message.trailers, boundary);
  return out;
}

std::string Canonical::print(const RedactedParts& parts) {
  const RedactedRequest& request = parts.request;
  std::string out = "=== " + printable(request.method) + " " + http::to_string(request.origin) + labelled(request.path);
  if (request.has_query) out += "?" + labelled(request.query);
  out += "\n";
  if (!parts.step.empty()) out += "[step " + printable(parts.step) + "]\n";
  for (const std::string& flag : parts.flags) out += "[flag " + printable(flag) + "]\n";
  for (const std::string& note : parts.notes) out += "[note " + printable(note) + "]\n";
  out += message(request) + "\n";
  if (parts.response) {
    const RedactedResponse& response = *parts.response;
    out += fmt::format("--- {} {}\n", response.status, labelled(response.reason)) + message(response) + "\n";
  }
  if (parts.failure) {
    out += "--- upstream failure: " + std::string(to_string(parts.failure->kind)) + "\n\n";
  }
  return out;
}

}  // namespace cvr::exporters
