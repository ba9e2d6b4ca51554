#include "sandbox/endpoints/call.h"

#include <algorithm>

namespace cvr::sandbox {

std::optional<Page> page_of(const Call& call, std::size_t total) {
  constexpr std::int64_t kLargest = 1'000'000;
  const std::int64_t first = call.scenario.gaps.first_page_number;
  const auto number = call.query.number("page[number]", first, first, kLargest);
  const auto size = call.query.number("page[size]", call.scenario.gaps.default_page_size, 1, 1'000);
  if (!number || !size) return std::nullopt;
  Page page{*number, *size, 0, 0};
  page.begin = std::min(total, static_cast<std::size_t>((*number - first) * *size));
  page.end = std::min(total, page.begin + static_cast<std::size_t>(*size));
  return page;
}

Trip* find_trip(Call& call, std::string_view id) {
  if (is_display_id(id)) {
    if (Trip* trip = call.store.trip_by_display_id(id)) return trip;
  }
  const auto number = parse_id(id, kTripPrefix, call.scenario.gaps.ids_without_prefix);
  return number ? call.store.trip(*number) : nullptr;
}

Rfq* find_rfq(Call& call, std::string_view id) {
  const auto number = parse_id(id, kRfqPrefix, call.scenario.gaps.ids_without_prefix);
  return number ? call.store.rfq(*number) : nullptr;
}

RequestTarget find_request(Call& call, std::string_view id) {
  RequestTarget target;
  if (const auto number = parse_id(id, kLiftPrefix, false)) {
    target.rfq = call.store.rfq_of_lift(*number);
    if (target.rfq == nullptr) return target;
    for (Lift& lift : target.rfq->lifts) {
      if (lift.number == *number) target.lift = &lift;
    }
    return target;
  }
  target.rfq = find_rfq(call, id);
  if (target.rfq != nullptr) target.lift = &target.rfq->lifts.front();
  return target;
}

}  // namespace cvr::sandbox
