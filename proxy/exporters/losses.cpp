#include "exporters/losses.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "exporters/common.h"

namespace cvr::exporters::losses {
namespace {

// Of the request's and, when there is one, of the response's.
template <class Tell>
bool in_bodies(const RedactedParts& parts, const Tell& tell) {
  return tell(parts.request.body) || (parts.response && tell(parts.response->body));
}

template <class Tell>
bool in_texts(const RedactedParts& parts, const Tell& tell) {
  const auto fields = [&](const std::vector<RedactedField>& all) {
    return std::ranges::any_of(all, [&](const RedactedField& field) { return tell(field.name) || tell(field.value); });
  };
  if (tell(parts.request.path) || tell(parts.request.query) || fields(parts.request.fields)) return true;
  if (fields(parts.request.trailers)) return true;
  if (!parts.response) return false;
  return tell(parts.response->reason) || fields(parts.response->fields) || fields(parts.response->trailers);
}

bool is_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const Utf8 decoded = decode_utf8(bytes.substr(i));
    if (!decoded.valid) return false;
    i += decoded.size;
  }
  return true;
}

bool has_trailers(const RedactedParts& parts) {
  return !parts.request.trailers.empty() || (parts.response && !parts.response->trailers.empty());
}

bool has_fine_times(const RedactedParts& parts) {
  const Timing& t = parts.timing;
  const auto fine = [](std::int64_t us) { return us % 1000 != 0; };
  return fine(t.started_utc_us) ||
         std::ranges::any_of(parts.pieces, [&](const Piece& piece) { return fine(piece.at_us); });
}

bool has_short_span(const std::vector<Span>& spans) {
  return std::ranges::any_of(spans, [](const Span& span) { return span.size < 8; });
}

struct Teller {
  std::string_view name;
  bool (*holds)(const RedactedParts& parts);
};

constexpr std::array kTellers = {
    Teller{kWireSizes,
           [](const RedactedParts& p) {
             return in_bodies(p, [](const RedactedBody& b) { return b.wire_size != b.content.text.size(); });
           }},
    Teller{kRules,
           [](const RedactedParts& p) {
             return in_texts(p, [](const RedactedText& t) { return !t.spans.empty(); }) ||
                    in_bodies(p, [](const RedactedBody& b) { return !b.content.spans.empty(); });
           }},
    Teller{kShort,
           [](const RedactedParts& p) {
             return in_texts(p, [](const RedactedText& t) { return has_short_span(t.spans); }) ||
                    in_bodies(p, [](const RedactedBody& b) { return has_short_span(b.content.spans); });
           }},
    Teller{kWhyOmitted,
           [](const RedactedParts& p) {
             return in_bodies(p, [](const RedactedBody& b) { return b.omitted.has_value(); });
           }},
    Teller{kOmitted,
           [](const RedactedParts& p) {
             return in_bodies(p, [](const RedactedBody& b) { return b.omitted.has_value(); });
           }},
    Teller{kNoUtf8,
           [](const RedactedParts& p) { return in_texts(p, [](const RedactedText& t) { return !is_utf8(t.text); }); }},
    Teller{kBinary,
           [](const RedactedParts& p) {
             return in_bodies(p, [](const RedactedBody& b) { return !is_text(b.content.text); });
           }},
    Teller{kFineTimes, has_fine_times},
    Teller{kTimes, [](const RedactedParts&) { return true; }},
    Teller{kFailureAlone, [](const RedactedParts& p) { return p.failure.has_value() && !p.response.has_value(); }},
    Teller{kFailures, [](const RedactedParts& p) { return p.failure.has_value(); }},
    Teller{kResponses, [](const RedactedParts& p) { return p.response.has_value(); }},
    Teller{kTrailers, has_trailers},
    Teller{kPieces, [](const RedactedParts& p) { return !p.pieces.empty(); }},
    Teller{kFraming, [](const RedactedParts& p) { return p.response_framing != Framing::kNone; }},
    Teller{kNotes, [](const RedactedParts& p) { return !p.notes.empty() || !p.flags.empty(); }},
};

}  // namespace

bool holds(std::string_view name, const RedactedParts& parts) {
  const auto* const teller = std::ranges::find(kTellers, name, &Teller::name);
  return teller != kTellers.end() && teller->holds(parts);
}

}  // namespace cvr::exporters::losses
