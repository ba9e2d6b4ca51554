// JSON lines of `cvr export`: what it has, comes back.  It is redacted like anything else that comes in.
#include <cmath>

#include "base/escape.h"
#include "importers/coded_body.h"
#include "importers/formats.h"
#include "importers/json_reader.h"
#include "importers/message.h"
#include "importers/times.h"

namespace cvr::importers {
namespace {

constexpr std::size_t kMostPieces = 65'536;
constexpr std::size_t kMostWord = 256;
constexpr std::size_t kMostWords = 32;

std::int64_t microseconds(std::optional<double> ms) {
  return ms && *ms > 0 && *ms < 1e9 ? std::llround(*ms * 1000) : 0;
}

// [["name", "value"], ...]
void add_pairs(const Node* list, http::Fields& fields, const Place& place) {
  if (list == nullptr) return;
  for (const Node& pair : list->items) {
    if (pair.items.size() == 2) add_field(pair.items[0].text, text_in(pair.items[1], place), fields, place);
  }
}

void read_body(const Node* body, http::Fields& fields, std::string& out, std::optional<BodyDigest>& missing,
               const Place& place) {
  if (body == nullptr) return;
  const auto bytes = body->integer_of("bytes");
  const std::uint64_t size = bytes && *bytes > 0 ? static_cast<std::uint64_t>(*bytes) : 0;
  if (body->find("omitted") != nullptr) {
    missing = missing_body(size, place);
    return;
  }
  const Node* text = body->find("text", Node::Type::kText);
  if (text == nullptr) return;
  if (body->text_of("encoding") != "base64") return set_body(text_in(*text, place), fields, out, missing, place);
  if (auto plain = bytes_of_base64(text->text)) return set_body(*std::move(plain), fields, out, missing, place);
  place.lost("bodies that say base64 and are none (omitted)");
  missing = missing_body(size, place);
}

template <class Message>
void read_message(const Node& node, Message& message, std::optional<BodyDigest>& missing, const Place& place) {
  message.minor_version = minor_version_of(node.text_of("version"), place);
  add_pairs(node.find("headers", Node::Type::kList), message.fields, place);
  read_body(node.find("body", Node::Type::kMap), message.fields, message.body, missing, place);
  add_pairs(node.find("trailers", Node::Type::kList), message.trailers, place);
}

void read_pieces(const Node& line, std::vector<Piece>& pieces, const Place& place) {
  const Node* list = line.find("pieces", Node::Type::kList);
  if (list == nullptr) return;
  for (const Node& piece : list->items) {
    const auto bytes = piece.items.size() == 2 ? number_in(piece.items[0]) : std::nullopt;
    if (!bytes || *bytes < 0 || *bytes > 1e15 || pieces.size() == kMostPieces) {
      place.lost("pieces of bodies that are none, or are too many, dropped");
      pieces.clear();
      return;
    }
    pieces.push_back({static_cast<std::uint64_t>(*bytes), microseconds(number_in(piece.items[1]))});
  }
}

void read_evidence(const Node& line, const Place& place, Interaction& out) {
  if (const auto arrival = arrival_from(line.text_of("arrival"))) out.arrival = *arrival;
  if (const auto framing = framing_from(line.text_of("framing"))) out.response_framing = *framing;
  out.timing.started_utc_us = utc_from_iso(line.text_of("time")).value_or(0);
  out.timing.request_us = microseconds(line.number_of("sent_ms"));
  out.timing.first_byte_us = microseconds(line.number_of("first_byte_ms"));
  out.timing.finished_us = microseconds(line.number_of("ms"));
  read_pieces(line, out.pieces, place);
  const auto is_sound = [](std::string_view text) { return text.size() <= kMostWord && text == printable(text); };
  const auto read_words = [&](std::string_view name, std::vector<std::string>& words) {
    const Node* list = line.find(name, Node::Type::kList);
    if (list == nullptr) return;
    for (const Node& word : list->items) {
      if (words.size() < kMostWords && !word.text.empty() && is_sound(word.text)) words.push_back(word.text);
    }
  };
  read_words("flags", out.flags);
  read_words("notes", out.notes);
  if (const std::string_view step = line.text_of("step"); is_sound(step)) out.step = step;
}

std::optional<Interaction> interaction_of(const Node& line, const Place& place) {
  const Node* request = line.find("request", Node::Type::kMap);
  Interaction out;
  out.arrival = Arrival::kImport;
  if (request == nullptr || !set_method(line.text_of("method"), out.request, place) ||
      !set_url(line.text_of("url"), out.request, place)) {
    if (request == nullptr) place.lost("skipped: lines without a request");
    return std::nullopt;
  }
  read_message(*request, out.request, out.request_over_limit, place);
  if (const Node* response = line.find("response", Node::Type::kMap)) {
    out.response.emplace();
    if (!set_status(response->integer_of("status"), *out.response, place)) return std::nullopt;
    set_reason(response->text_of("reason"), *out.response, place);
    read_message(*response, *out.response, out.response_over_limit, place);
  }
  if (const Node* failure = line.find("failure", Node::Type::kMap)) {
    const auto kind = failure_kind_from(failure->text_of("kind"));
    if (kind) out.failure = Failure{*kind, shortened(printable(failure->text_of("detail")), kMostWord)};
  }
  if (!out.response && !out.failure) {
    place.lost("skipped: neither an answer nor a failure");
    return std::nullopt;
  }
  read_evidence(line, place, out);
  return out;
}

}  // namespace

Result<void> read_jsonl(const Source& source, const Taker& take, Losses& losses) {
  std::string_view rest = source.text;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::string_view text = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(text.size() + 1, rest.size()));
    if (text.find_first_not_of(" \t\r") == text.npos) continue;
    const std::string where = "line " + std::to_string(number);
    const auto line = read_json(text);
    if (!line) {
      losses.add("skipped: lines that are broken", where + ": " + line.error().text);
      continue;
    }
    if (line->find("gap") != nullptr) {
      losses.add("gaps dropped", where);
      continue;
    }
    auto interaction = interaction_of(*line, {losses, where});
    if (!interaction) continue;
    if (auto done = take(*std::move(interaction)); !done) return done;
  }
  return {};
}

}  // namespace cvr::importers
