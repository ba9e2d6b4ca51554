#include "sandbox/store.h"

#include <algorithm>

#include "base/escape.h"
#include "sandbox/pairs.h"
#include "sandbox/reference.h"
#include "sandbox/timestamps.h"

namespace cvr::sandbox {
namespace {

constexpr std::string_view kDisplayAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr std::int64_t kDay = 86'400'000'000;

// Nine digits for centuries, and room for 50,000 of a kind before the next rebuild's begin.
std::uint64_t base_of(const Derivation& derivation, std::int64_t epoch) {
  return 100'000'000 + static_cast<std::uint64_t>(std::max<std::int64_t>(epoch, 0)) * 100'000 +
         derivation.number("id base", epoch, 0, 50'000);
}

Trip sample_trip(std::int64_t epoch) {
  const std::string date = format_date(rebuild_start(epoch) + 21 * kDay);
  Trip trip;
  trip.external_id = "SAMPLE-1";
  trip.sourcing = true;
  trip.segments.push_back({"KTEB", "KVNY", date, "10:00", "4", false});
  return trip;
}

}  // namespace

Store::Store(const Derivation& derivation, std::int64_t epoch, bool with_sample)
    : derivation_(derivation), epoch_(epoch), base_(base_of(derivation, epoch)) {
  if (with_sample) source(add_trip(sample_trip(epoch), rebuild_start(epoch)), rebuild_start(epoch));
}

std::string Store::free_display_id(std::uint64_t number) const {
  for (std::uint64_t attempt = 0;; ++attempt) {
    // Begins with a letter: never to be taken for a number without its prefix.
    std::string id = derivation_.text("display", epoch_, number * 64 + attempt, 1, kDisplayAlphabet.substr(0, 26)) +
                     derivation_.text("display rest", epoch_, number * 64 + attempt, 5, kDisplayAlphabet);
    if (!display_ids_.contains(id)) return id;
  }
}

Trip& Store::add_trip(Trip draft, std::int64_t now_utc_us) {
  if (trips_.size() >= kMaxTrips) erase_trip(trips_.begin()->first);
  draft.number = next(trip_count_);
  draft.display_id = free_display_id(draft.number);
  draft.external_id = shortened(draft.external_id, kMaxText);
  draft.created_utc_us = now_utc_us;
  display_ids_[draft.display_id] = draft.number;
  return trips_[draft.number] = std::move(draft);
}

Lift Store::make_lift() {
  Lift lift;
  lift.number = next(lift_count_);
  const auto types = aircraft_types();
  const AircraftType& type = types[derivation_.number("lift", epoch_, lift.number, types.size())];
  lift.type = type.name;
  lift.category = type.category;
  lift.max_pax = type.max_pax;
  lift.speed_kt = type.speed_kt;
  lift.tail = "N" + std::to_string(100 + derivation_.number("tail", epoch_, lift.number, 900)) + "SB";
  lift.status = "Unanswered";
  return lift;
}

Rfq& Store::add_rfq(Trip& trip, std::int64_t now_utc_us) {
  if (trip.rfqs.size() >= kMaxRfqsOfTrip) {
    erase_rfq(trip.rfqs.front());
    trip.rfqs.erase(trip.rfqs.begin());
  }
  Rfq rfq;
  rfq.number = next(rfq_count_);
  rfq.trip = trip.number;
  rfq.created_utc_us = now_utc_us;
  for (int i = 0; i < 2; ++i) {
    rfq.lifts.push_back(make_lift());
    rfq_of_lift_[rfq.lifts.back().number] = rfq.number;
  }
  trip.rfqs.push_back(rfq.number);
  return rfqs_[rfq.number] = std::move(rfq);
}

Quote& Store::add_quote(Rfq& rfq, Lift& lift, Quote draft, std::int64_t now_utc_us) {
  if (lift.quotes.size() >= kMaxOfRfq) {
    quotes_.erase(lift.quotes.front());
    lift.quotes.erase(lift.quotes.begin());
  }
  draft.number = next(quote_count_);
  draft.rfq = rfq.number;
  draft.lift = lift.number;
  draft.message = shortened(draft.message, kMaxText);
  draft.created_utc_us = now_utc_us;
  lift.status = "Accepted";
  lift.quotes.push_back(draft.number);
  return quotes_[draft.number] = std::move(draft);
}

Message& Store::add_message(Rfq& rfq, Message draft, std::int64_t now_utc_us) {
  if (rfq.messages.size() >= kMaxOfRfq) {
    messages_.erase(rfq.messages.front());
    rfq.messages.erase(rfq.messages.begin());
  }
  draft.number = next(message_count_);
  draft.rfq = rfq.number;
  draft.text = shortened(draft.text, kMaxText);
  draft.created_utc_us = now_utc_us;
  rfq.messages.push_back(draft.number);
  return messages_[draft.number] = std::move(draft);
}

void Store::source(Trip& trip, std::int64_t now_utc_us) {
  Rfq& rfq = add_rfq(trip, now_utc_us);
  double miles = 0;
  for (const Segment& segment : trip.segments) miles += distance_nm(segment.start_icao, segment.end_icao);
  Quote quote;
  quote.price = 4'500 + 10 * static_cast<std::int64_t>(miles) +
                static_cast<std::int64_t>(100 * derivation_.number("price", epoch_, rfq.number, 50));
  quote.message = "Crew and catering are included.";
  const std::uint64_t quoted = add_quote(rfq, rfq.lifts.front(), quote, now_utc_us).number;
  Message message;
  message.from_seller = true;
  message.quote = quoted;
  message.text = "Thank you for your request. Our quote is attached.";
  add_message(rfq, message, now_utc_us);
}

void Store::erase_rfq(std::uint64_t number) {
  const auto found = rfqs_.find(number);
  if (found == rfqs_.end()) return;
  for (const Lift& lift : found->second.lifts) {
    for (const std::uint64_t quote : lift.quotes) quotes_.erase(quote);
    rfq_of_lift_.erase(lift.number);
  }
  for (const std::uint64_t message : found->second.messages) messages_.erase(message);
  rfqs_.erase(found);
}

void Store::erase_trip(std::uint64_t number) {
  const auto found = trips_.find(number);
  if (found == trips_.end()) return;
  for (const std::uint64_t rfq : found->second.rfqs) erase_rfq(rfq);
  display_ids_.erase(found->second.display_id);
  trips_.erase(found);
}

template <class Map>
static auto* find_in(Map& map, std::uint64_t number) {
  const auto found = map.find(number);
  return found == map.end() ? nullptr : &found->second;
}

Trip* Store::trip(std::uint64_t number) { return find_in(trips_, number); }
Rfq* Store::rfq(std::uint64_t number) { return find_in(rfqs_, number); }
Quote* Store::quote(std::uint64_t number) { return find_in(quotes_, number); }

Trip* Store::trip_by_display_id(std::string_view id) {
  const auto found = display_ids_.find(id);
  return found == display_ids_.end() ? nullptr : trip(found->second);
}

Rfq* Store::rfq_of_lift(std::uint64_t lift_number) {
  const auto found = rfq_of_lift_.find(lift_number);
  return found == rfq_of_lift_.end() ? nullptr : rfq(found->second);
}

Message* Store::message(std::uint64_t number, bool from_seller) {
  Message* found = find_in(messages_, number);
  return found != nullptr && found->from_seller == from_seller ? found : nullptr;
}

Samples samples_of(Store& fresh) {
  const Trip& trip = fresh.trips().begin()->second;
  const Rfq& rfq = *fresh.rfq(trip.rfqs.front());
  const Lift& lift = rfq.lifts.front();
  return {id_of(kTripPrefix, trip.number),
          trip.display_id,
          id_of(kRfqPrefix, rfq.number),
          id_of(kLiftPrefix, lift.number),
          id_of(kQuotePrefix, lift.quotes.front()),
          id_of(kSellerMessagePrefix, rfq.messages.front())};
}

std::optional<std::uint64_t> parse_id(std::string_view text, std::string_view prefix, bool bare) {
  if (text.starts_with(prefix)) {
    text.remove_prefix(prefix.size());
  } else if (!bare) {
    return std::nullopt;
  }
  if (text.empty() || text.front() == '0') return std::nullopt;  // ids have one spelling
  const auto number = parse_number(text, 1, 999'999'999'999'999);
  return number ? std::optional<std::uint64_t>(static_cast<std::uint64_t>(*number)) : std::nullopt;
}

bool is_display_id(std::string_view text) {
  return text.size() == 6 && std::all_of(text.begin(), text.end(),
                                         [](char c) { return kDisplayAlphabet.find(c) != std::string_view::npos; });
}

std::string id_of(std::string_view prefix, std::uint64_t number) {
  return std::string(prefix) + std::to_string(number);
}

}  // namespace cvr::sandbox
