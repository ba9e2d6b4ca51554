// /emptylegs/search and /emptylegs/{id} (FACTS section 5.1).  A dozen empty legs exist between two
// rebuilds; they are derived, not stored.  gap: the answer's members, and how offering, changing
// and watching empty legs works (those operations do not exist here).
#include <boost/json/object.hpp>

#include "sandbox/endpoints/handlers.h"
#include "sandbox/endpoints/render.h"
#include "sandbox/json_body.h"
#include "sandbox/timestamps.h"

namespace cvr::sandbox {
namespace {

constexpr std::string_view kPrefix = "el-";
constexpr std::uint64_t kLegs = 12;
constexpr std::int64_t kDay = 86'400'000'000;

struct EmptyLeg {
  std::uint64_t number = 0;
  std::string_view from, to;
  std::string date;
};

EmptyLeg leg(const Call& call, std::uint64_t index) {
  const std::uint64_t number = call.store.base() + index;
  const std::uint64_t start = (number * 7) % airports().size();
  const std::uint64_t end = (start + 1 + number % (airports().size() - 1)) % airports().size();
  const std::int64_t day = rebuild_start(call.store.epoch()) + (3 + static_cast<std::int64_t>(index)) * kDay;
  return {number, airports()[start].icao, airports()[end].icao, format_date(day)};
}

void render_leg(json::Writer& out, const Call& call, const EmptyLeg& found) {
  out.begin_object();
  render_identity(out, call, "emptylegs", id_of(kPrefix, found.number));
  out.key("startAirport");
  render_airport(out, found.from);
  out.key("endAirport");
  render_airport(out, found.to);
  out.member("date", found.date).member("aircraftCategory", "Midsize jet").end_object();
}

// An airport is text or {icao}.  nullopt: neither.
std::optional<std::string> read_place(const boost::json::object& body, std::string_view name) {
  const auto* value = body.if_contains(name);
  if (value == nullptr || value->is_null()) return "";
  if (value->is_string()) return std::string(value->get_string());
  return value->is_object() ? Members(value->get_object()).text("icao") : std::nullopt;
}

}  // namespace

Answer search_empty_legs(Call& call) {
  const auto parsed = parse_json(call.request.body);
  if (!parsed || !parsed->is_object()) return call.error(ErrorKind::kMalformedRequest);
  const auto from = read_place(parsed->get_object(), "startAirport");
  const auto to = read_place(parsed->get_object(), "endAirport");
  Members members(parsed->get_object());
  for (const std::string_view name : {"date", "numberOfDaysFlexibility", "passengers"}) members.text_or_number(name);
  if (!from || !to || !members.ok()) return call.error(ErrorKind::kWrongBody);
  json::Writer data;
  data.begin_array();
  for (std::uint64_t i = 0; i < kLegs; ++i) {
    const EmptyLeg found = leg(call, i);
    if ((from->empty() || *from == found.from) && (to->empty() || *to == found.to)) render_leg(data, call, found);
  }
  data.end_array();
  return call.success(data.text());
}

Answer read_empty_leg(Call& call) {
  const auto number = parse_id(call.id, kPrefix, call.scenario.gaps.ids_without_prefix);
  if (!number || *number < call.store.base() || *number >= call.store.base() + kLegs) {
    return call.error(ErrorKind::kNotFound);
  }
  json::Writer data;
  render_leg(data, call, leg(call, *number - call.store.base()));
  return call.success(data.text());
}

}  // namespace cvr::sandbox
