// /trips: create, search, read, update, cancel (FACTS sections 5.1, 6.2, 6.3).
#include <algorithm>

#include "base/escape.h"
#include "sandbox/endpoints/handlers.h"
#include "sandbox/endpoints/render.h"
#include "sandbox/endpoints/trip_request.h"
#include "sandbox/json_body.h"

namespace cvr::sandbox {
namespace {

Answer trip_answer(Call& call, const Trip& trip, TripDetail detail, int status,
                   const std::vector<SoftError>& soft_errors = {}) {
  json::Writer data;
  render_trip(data, call, trip, detail);
  Answer answer;
  answer.status = soft_errors.empty() ? status : static_cast<int>(call.scenario.gaps.soft_error_status);
  answer.body = success_body(call.scenario.errors, data.text(), soft_errors);
  return answer;
}

bool is_cancel_reason(std::string_view reason) {
  constexpr std::string_view kReasons[] = {"BY_CLIENT", "CHANGED", "BOOKED", "OTHER"};
  return std::find(std::begin(kReasons), std::end(kReasons), reason) != std::end(kReasons);
}

}  // namespace

Answer create_trip(Call& call) {
  auto request = parse_trip_request(call.request.body, call.scenario.gaps);
  if (!request) return call.error(request.error());
  Trip& trip = call.store.add_trip(std::move(request->draft), call.now_utc_us);
  if (call.scenario.gaps.source_trips && trip.sourcing && !trip.segments.empty()) {
    call.store.source(trip, call.now_utc_us);
  }
  return trip_answer(call, trip, TripDetail::kCreated, 201, request->soft_errors);
}

// A plain list was answered with 405.  gap: the parameters of the real search.
Answer search_trips(Call& call) {
  constexpr std::string_view kListing[] = {"limit", "offset", "sort", "status"};
  const bool listing = std::any_of(std::begin(kListing), std::end(kListing),
                                   [&](std::string_view name) { return call.query.has(name); });
  if (call.query.empty() || listing) return call.error(ErrorKind::kTripListRefused);

  const std::string* display_id = call.query.find("tripId");
  const std::string* external_id = call.query.find("externalTripId");
  std::vector<const Trip*> found;
  for (const auto& [number, trip] : call.store.trips()) {
    if (display_id != nullptr && trip.display_id != *display_id) continue;
    if (external_id != nullptr && trip.external_id != *external_id) continue;
    found.push_back(&trip);
  }
  const auto page = page_of(call, found.size());
  if (!page) return call.error(ErrorKind::kMalformedRequest);
  json::Writer data;
  data.begin_array();
  for (std::size_t i = page->begin; i < page->end; ++i) render_trip(data, call, *found[i], TripDetail::kCreated);
  data.end_array();
  Answer answer;
  answer.body = success_body(call.scenario.errors, data.text(), {}, page->pagination(found.size()));
  return answer;
}

Answer read_trip(Call& call) {
  const Trip* trip = find_trip(call, call.id);
  return trip == nullptr ? call.error(ErrorKind::kNotFound) : trip_answer(call, *trip, TripDetail::kRead, 200);
}

Answer update_trip(Call& call) {
  Trip* trip = find_trip(call, call.id);
  if (trip == nullptr) return call.error(ErrorKind::kNotFound);
  auto request = parse_trip_request(call.request.body, call.scenario.gaps);
  if (!request) return call.error(request.error());
  trip->segments = std::move(request->draft.segments);
  trip->sourcing = request->draft.sourcing;
  if (!request->draft.external_id.empty()) trip->external_id = shortened(request->draft.external_id, kMaxText);
  return trip_answer(call, *trip, TripDetail::kRead, 200, request->soft_errors);
}

Answer cancel_trip(Call& call) {
  Trip* trip = find_trip(call, call.id);
  if (trip == nullptr) return call.error(ErrorKind::kNotFound);
  const auto parsed = parse_json(call.request.body);
  if (!parsed || !parsed->is_object()) return call.error(ErrorKind::kMalformedRequest);
  Members members(parsed->get_object());
  const auto reason = members.text("reason");
  members.text("messageToSeller");
  members.text("id");
  if (!members.ok() || !reason || !is_cancel_reason(*reason)) return call.error(ErrorKind::kWrongBody);
  trip->canceled = true;
  trip->cancel_reason = *reason;
  for (const std::uint64_t number : trip->rfqs) {
    if (Rfq* rfq = call.store.rfq(number)) rfq->canceled = true;
  }
  return trip_answer(call, *trip, TripDetail::kRead, 200);
}

}  // namespace cvr::sandbox
