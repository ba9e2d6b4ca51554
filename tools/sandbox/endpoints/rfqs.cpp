// /rfqs (FACTS sections 5.1 and 6.4).  The list is the *seller's* view.
#include <iterator>

#include "sandbox/endpoints/handlers.h"
#include "sandbox/endpoints/render.h"
#include "sandbox/json_body.h"

namespace cvr::sandbox {
namespace {

Answer rfq_answer(Call& call, const Rfq& rfq, int status) {
  json::Writer data;
  render_rfq(data, call, rfq);
  return call.success(data.text(), status);
}

Answer rfqs_of_trip(Call& call, const Trip& trip) {
  json::Writer data;
  data.begin_array();
  for (const std::uint64_t number : trip.rfqs) {
    if (const Rfq* rfq = call.store.rfq(number)) render_rfq(data, call, *rfq);
  }
  data.end_array();
  return call.success(data.text());
}

}  // namespace

Answer list_rfqs(Call& call) {
  const auto page = page_of(call, call.store.rfqs().size());
  if (!page) return call.error(ErrorKind::kMalformedRequest);
  json::Writer data;
  data.begin_array();
  auto at = std::next(call.store.rfqs().begin(), static_cast<std::ptrdiff_t>(page->begin));
  for (std::size_t i = page->begin; i < page->end; ++i, ++at) render_rfq(data, call, at->second);
  data.end_array();
  Answer answer;
  answer.body = success_body(call.scenario.errors, data.text(), {}, page->pagination(call.store.rfqs().size()));
  return answer;
}

// gap: the body's members; a trip's id in either form is taken under tripId.
Answer create_rfq(Call& call) {
  const auto parsed = parse_json(call.request.body);
  if (!parsed || !parsed->is_object()) return call.error(ErrorKind::kMalformedRequest);
  Members members(parsed->get_object());
  const auto trip_id = members.text("tripId");
  if (!members.ok() || !trip_id) return call.error(ErrorKind::kWrongBody);
  Trip* trip = find_trip(call, *trip_id);
  if (trip == nullptr) return call.error(ErrorKind::kNotFound);
  return rfq_answer(call, call.store.add_rfq(*trip, call.now_utc_us), 201);
}

// arfq-<n> is one RFQ; a display trip id is the list of that trip's.
Answer read_rfq(Call& call) {
  const bool by_resource_id = call.scenario.gaps.rfqs_by_trip_resource_id && call.id.starts_with(kTripPrefix);
  if (is_display_id(call.id) || by_resource_id) {
    if (const Trip* trip = find_trip(call, call.id)) return rfqs_of_trip(call, *trip);
  }
  const Rfq* rfq = find_rfq(call, call.id);
  return rfq == nullptr ? call.error(ErrorKind::kNotFound) : rfq_answer(call, *rfq, 200);
}

Answer cancel_rfq(Call& call) {
  Rfq* rfq = find_rfq(call, call.id);
  if (rfq == nullptr) return call.error(ErrorKind::kNotFound);
  rfq->canceled = true;
  return rfq_answer(call, *rfq, 200);
}

Answer list_trip_rfqs(Call& call) {
  const Trip* trip = find_trip(call, call.id);
  return trip == nullptr ? call.error(ErrorKind::kNotFound) : rfqs_of_trip(call, *trip);
}

}  // namespace cvr::sandbox
