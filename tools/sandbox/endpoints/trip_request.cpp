#include "sandbox/endpoints/trip_request.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "sandbox/json_body.h"
#include "sandbox/pairs.h"
#include "sandbox/reference.h"
#include "sandbox/timestamps.h"

namespace cvr::sandbox {
namespace {

using boost::json::object;
using boost::json::value;

// An airport by its ICAO code; other codes are looked up in the table.  nullopt: wrong shape.
std::optional<std::string> read_airport(const object* airport) {
  if (airport == nullptr) return std::nullopt;
  Members members(*airport);
  const auto icao = members.text("icao");
  const auto iata = members.text("iata");
  const auto faa = members.text("faa");
  const auto id = members.text_or_number("id");
  if (!members.ok()) return std::nullopt;
  if (icao) return *icao;
  for (const Airport& known : airports()) {
    if ((iata && known.iata == *iata) || (faa && !faa->empty() && known.faa == *faa) || (id && known.id == *id)) {
      return std::string(known.icao);
    }
  }
  return iata || faa || id ? std::optional<std::string>("") : std::nullopt;
}

bool read_pax(Members& members, const Gaps& gaps, std::string& pax) {
  const auto text = gaps.pax_count_must_be_text ? members.text("paxCount") : members.text_or_number("paxCount");
  const bool undecided = members.flag("paxTBD").value_or(false);
  members.flag("paxSegment");
  if (!text) return undecided || !members.has("paxCount");
  pax = *text;
  return parse_number(pax, 0, 1'000).has_value();
}

bool read_date_time(const object* date_time, Segment& segment) {
  if (date_time == nullptr) return false;
  Members members(*date_time);
  const auto date = members.text("date");
  const auto time = members.text("time");
  members.flag("departure");
  members.flag("local");
  if (!members.ok() || !date || !is_date(*date) || (time && !is_time(*time))) return false;
  segment.date = *date;
  segment.time = time.value_or("");
  return true;
}

// False: the shape is wrong.
bool read_segment(const value& item, const Gaps& gaps, std::size_t index, TripRequest& out) {
  if (!item.is_object()) return false;
  Members members(item.get_object());
  Segment segment;
  const auto start = read_airport(members.object("startAirport"));
  const auto end = read_airport(members.object("endAirport"));
  if (!start || !end || !read_date_time(members.object("dateTime"), segment)) return false;
  if (!read_pax(members, gaps, segment.pax_count)) return false;
  segment.time_tbd = members.flag("timeTBD").value_or(false);
  if (!members.ok()) return false;
  const std::string place = "segments[" + std::to_string(index) + "].";
  if (!is_airport_code(*start)) out.soft_errors.push_back({ErrorKind::kStartAirportInvalid, place + "startAirport"});
  if (!is_airport_code(*end)) out.soft_errors.push_back({ErrorKind::kEndAirportInvalid, place + "endAirport"});
  segment.start_icao = is_airport_code(*start) ? *start : "";
  segment.end_icao = is_airport_code(*end) ? *end : "";
  out.draft.segments.push_back(std::move(segment));
  return true;
}

std::optional<ErrorKind> read_criteria(const object& criteria) {
  Members members(criteria);
  const auto* lifts = members.array("requiredLift");
  members.array("requiredPartnerships");
  if (!members.ok()) return ErrorKind::kWrongBody;
  if (lifts == nullptr) return std::nullopt;
  for (const value& lift : *lifts) {
    if (!lift.is_object()) return ErrorKind::kWrongBody;
    for (const auto& [name, member] : lift.get_object()) {
      if (member.is_string() && member.get_string().empty()) return ErrorKind::kLiftInvalid;
    }
  }
  return std::nullopt;
}

std::optional<ErrorKind> read_members(const object& body, const Gaps& gaps, TripRequest& out) {
  Members members(body);
  if (members.flag("postToTripBoard").value_or(false)) return ErrorKind::kUnsupportedFlag;
  members.text("tripBoardPostMessage");
  out.draft.external_id = members.text_or_number("externalTripId").value_or("");
  const auto sourcing = members.flag("sourcing");
  const object* criteria = members.object("criteria");
  const auto* segments = members.array("segments");
  if (!members.ok()) return ErrorKind::kWrongBody;
  if ((gaps.sourcing_required && !sourcing) || (gaps.criteria_required && criteria == nullptr)) {
    return ErrorKind::kWrongBody;
  }
  out.draft.sourcing = sourcing.value_or(false);
  if (segments == nullptr) {
    const bool legacy = criteria != nullptr && !criteria->empty();
    return legacy ? read_criteria(*criteria) : ErrorKind::kWrongBody;
  }
  if (segments->empty() || segments->size() > kMaxSegments) return ErrorKind::kWrongBody;
  for (std::size_t i = 0; i < segments->size(); ++i) {
    if (!read_segment((*segments)[i], gaps, i, out)) return ErrorKind::kWrongBody;
  }
  return criteria == nullptr ? std::nullopt : read_criteria(*criteria);
}

}  // namespace

std::expected<TripRequest, ErrorKind> parse_trip_request(std::string_view body, const Gaps& gaps) {
  const auto parsed = parse_json(body);
  if (!parsed || !parsed->is_object()) return std::unexpected(ErrorKind::kMalformedRequest);
  TripRequest request;
  if (const auto error = read_members(parsed->get_object(), gaps, request)) return std::unexpected(*error);
  return request;
}

}  // namespace cvr::sandbox
