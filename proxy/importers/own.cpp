#include "importers/own.h"

#include <algorithm>
#include <array>

#include "base/escape.h"

namespace cvr::importers {
namespace {

constexpr std::size_t kMostPieces = 65'536;
constexpr std::size_t kMostWords = 32;
constexpr std::size_t kMostWord = 256;
constexpr std::int64_t kLongestUs = std::int64_t{1'000'000} * 1'000'000;     // eleven days
constexpr std::int64_t kLastUs = std::int64_t{253'402'300'800} * 1'000'000;  // the year 10000

// [["name", "value"], ...]
http::Fields fields_of(const Node& list, const Place& place) {
  http::Fields out;
  for (const Node& pair : list.items) {
    if (pair.items.size() == 2) add_field(pair.items[0].text, text_in(pair.items[1], place), out, place);
  }
  return out;
}

void read_words(const Node& own, std::string_view name, std::vector<std::string>& words, const Place& place) {
  const Node* list = own.find(name, Node::Type::kList);
  if (list == nullptr) return;
  for (const Node& word : list->items) {
    const bool sound = !word.text.empty() && word.text.size() <= kMostWord && word.text == printable(word.text);
    if (!sound || words.size() >= kMostWords) {
      place.lost("flags and notes that are too long, too many or not printable dropped");
    } else if (std::ranges::find(words, word.text) == words.end()) {
      words.push_back(word.text);
    }
  }
}

// nullopt: no number from 0 to `most`.
std::optional<std::int64_t> bounded(const Node& node, std::int64_t most) {
  const auto number = number_in(node);
  if (!number || !(*number >= 0) || *number > static_cast<double>(most)) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

void read_times(const Node& own, Timing& timing) {
  const Node* list = own.find("us", Node::Type::kList);
  if (list == nullptr || list->items.size() != 4) return;
  std::array<std::int64_t, 4> us{};
  for (std::size_t i = 0; i < us.size(); ++i) {
    const auto number = bounded(list->items[i], i == 0 ? kLastUs : kLongestUs);
    if (!number) return;
    us[i] = *number;
  }
  timing = {us[0], us[1], us[2], us[3]};
}

void read_pieces(const Node& own, std::vector<Piece>& pieces, const Place& place) {
  const Node* list = own.find("pieces", Node::Type::kList);
  if (list == nullptr) return;
  for (const Node& piece : list->items) {
    const bool pair = piece.items.size() == 2;
    const auto bytes = pair ? bounded(piece.items[0], std::int64_t{1} << 50) : std::nullopt;
    const auto at = pair ? bounded(piece.items[1], kLongestUs) : std::nullopt;
    if (!bytes || !at || pieces.size() == kMostPieces) {
      place.lost("pieces of bodies that are none, or are too many, dropped");
      pieces.clear();
      return;
    }
    pieces.push_back({static_cast<std::uint64_t>(*bytes), *at});
  }
}

template <class Message>
void read_side(const Node* side, Message& message, const Place& place) {
  if (side == nullptr) return;
  if (const std::string_view version = side->text_of("version"); !version.empty()) {
    message.minor_version = minor_version_of(version, place);
  }
  if (const Node* trailers = side->find("trailers", Node::Type::kList)) message.trailers = fields_of(*trailers, place);
}

}  // namespace

const Node* own_side(const Node* own, std::string_view side) {
  return own == nullptr ? nullptr : own->find(side, Node::Type::kMap);
}

void take_own_fields(const Node* side, http::Fields& fields, const Place& place) {
  const Node* list = side == nullptr ? nullptr : side->find("headers", Node::Type::kList);
  if (list == nullptr) return;
  http::Fields own = fields_of(*list, place);
  const auto order = [](const http::Field& a, const http::Field& b) {
    return std::pair(http::to_lower(a.name), a.value) < std::pair(http::to_lower(b.name), b.value);
  };
  http::Fields shown = fields;
  http::Fields kept = own;
  std::ranges::sort(shown, order);
  std::ranges::sort(kept, order);
  if (!std::ranges::includes(kept, shown, order)) {
    return place.lost("headers that cvr export kept dropped: the file shows others");
  }
  fields = std::move(own);
}

std::optional<BodyDigest> own_omission(const Node* side, const Place& place) {
  if (side == nullptr || side->find("omitted", Node::Type::kText) == nullptr) return std::nullopt;
  const auto bytes = side->integer_of("bytes");
  return missing_body(bytes && *bytes > 0 ? static_cast<std::uint64_t>(*bytes) : 0, place);
}

std::optional<std::string> own_body(const Node* side) {
  const Node* body = side == nullptr ? nullptr : side->find("body", Node::Type::kMap);
  const Node* text = body == nullptr ? nullptr : body->find("text", Node::Type::kText);
  if (text == nullptr) return std::nullopt;
  if (body->text_of("encoding") == "base64") return bytes_of_base64(text->text);
  return text->text;
}

void finish_with_own(const Node* own, const Place& place, Interaction& out) {
  if (own == nullptr) return set_framing_and_time(out, place);
  if (const auto arrival = arrival_from(own->text_of("arrival"))) out.arrival = *arrival;
  if (const std::string_view step = own->text_of("step"); !step.empty()) {
    if (step.size() <= kMostWord && step == printable(step) && !step.contains(' ')) {
      out.step = step;
    } else {
      place.lost("tags of steps that are no word dropped");
    }
  }
  read_words(*own, "flags", out.flags, place);
  read_words(*own, "notes", out.notes, place);
  read_pieces(*own, out.pieces, place);
  read_side(own_side(own, "request"), out.request, place);
  if (out.response) read_side(own_side(own, "response"), *out.response, place);
  if (const Node* failure = own->find("failure", Node::Type::kMap)) {
    const auto kind = failure_kind_from(failure->text_of("kind"));
    if (kind) out.failure = Failure{*kind, shortened(printable(failure->text_of("detail")), kMostWord)};
  }
  // As cvr export wrote it once.
  if (const auto kind = failure_kind_from(own->text_of("failure")); kind && out.failure) out.failure->kind = *kind;
  read_times(*own, out.timing);
  set_framing_and_time(out, place);
  if (const auto framing = framing_from(own->text_of("framing"))) out.response_framing = *framing;
}

}  // namespace cvr::importers
