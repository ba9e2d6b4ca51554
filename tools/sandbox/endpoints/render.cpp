#include "sandbox/endpoints/render.h"

#include <algorithm>

#include "sandbox/timestamps.h"

namespace cvr::sandbox {
namespace {

constexpr std::string_view kUi = "/marketplace/mvc";

std::string api_href(const Call& call, std::string_view type, std::string_view id) {
  return std::string(call.base_url) + "/api/" + std::string(type) + '/' + std::string(id);
}

std::string message_id(const Message& message) {
  return id_of(message.from_seller ? kSellerMessagePrefix : kBuyerMessagePrefix, message.number);
}

void render_action(json::Writer& out, std::string_view name, std::string_view type, std::string_view description,
                   std::string_view method, const std::string& href) {
  out.key(name).begin_object().member("type", type).member("description", description);
  out.member("httpMethod", method).member("href", href).end_object();
}

// The deep links of a trip (FACTS section 6.3).
void render_deep_links(json::Writer& out, const Call& call, const std::string& trip_id) {
  const std::string ui = std::string(call.base_url) + std::string(kUi);
  render_action(out, "searchInAvinode", "deeplink", "Search in Avinode", "GET",
                ui + "/search/load/" + trip_id + "?source=api&origin=api_action");
  render_action(out, "viewInAvinode", "deeplink", "View in Avinode", "GET",
                ui + "/trips/buying/" + trip_id + "?source=api");
}

void render_messages(json::Writer& out, Call& call, const Rfq& rfq) {
  for (const std::uint64_t number : rfq.messages) {
    for (const bool from_seller : {true, false}) {
      const Message* message = call.store.message(number, from_seller);
      if (message != nullptr) render_link(out, call, "tripmsgs", message_id(*message));
    }
  }
}

void render_segment(json::Writer& out, const Segment& segment, const Lift* lift) {
  out.begin_object();
  out.key("startAirport");
  render_airport(out, segment.start_icao);
  out.key("endAirport");
  render_airport(out, segment.end_icao);
  out.key("dateTime").begin_object().member("date", segment.date);
  if (!segment.time.empty()) out.member("time", segment.time);
  out.end_object();
  if (!segment.pax_count.empty()) out.member("paxCount", segment.pax_count);
  out.member("timeTBD", segment.time_tbd);
  if (lift != nullptr) {
    const auto miles = static_cast<std::int64_t>(distance_nm(segment.start_icao, segment.end_icao));
    const std::int64_t flight = miles * 60 / std::max(1, lift->speed_kt) + 10;
    out.member("distanceNM", miles).member("flightMinutes", flight).member("blockTimeMinutes", flight + 12);
  }
  out.end_object();
}

void render_segments(json::Writer& out, Call& call, const Rfq& rfq, const Lift* lift) {
  const Trip* trip = call.store.trip(rfq.trip);
  out.key("segments").begin_array();
  if (trip != nullptr) {
    for (const Segment& segment : trip->segments) render_segment(out, segment, lift);
  }
  out.end_array();
}

void render_company(json::Writer& out, std::string_view key, std::string_view id, std::string_view name) {
  out.key(key).begin_object().member("id", id).member("displayName", name).end_object();
}

void render_seller(json::Writer& out, const Call& call, std::string_view type) {
  render_company(out, "sellerCompany", "acomp-1002", "Sandbox Dev Operator");
  if (!call.query.wants(type, "sellercontactinfo")) return;
  out.key("sellerContactInfo").begin_object().member("name", "Sandbox Seller");
  out.member("email", "seller@operator.example").member("phone", "+1 555 0100").end_object();
}

void render_quote_data(json::Writer& out, Call& call, const Quote& quote);

void render_lift(json::Writer& out, Call& call, const Lift& lift) {
  const int status = lift.status == "Accepted" ? 2 : lift.status == "Declined" ? 3 : 1;
  out.begin_object().member("id", id_of(kLiftPrefix, lift.number));
  out.member("aircraftType", lift.type).member("aircraftTail", lift.tail);
  out.member("aircraftCategory", lift.category).member("maxPax", lift.max_pax);
  out.member("sourcingStatus", status).member("sourcingDisplayStatus", lift.status);
  if (call.query.wants("rfqs", "taildetails")) {
    out.key("tailDetails").begin_object().member("yearOfManufacture", "2015").member("wifi", true).end_object();
  }
  if (call.query.wants("rfqs", "typedetails")) {
    out.key("typeDetails").begin_object().member("name", lift.type).member("category", lift.category).end_object();
  }
  const Quote* latest = lift.quotes.empty() ? nullptr : call.store.quote(lift.quotes.back());
  if (latest != nullptr && call.query.wants("rfqs", "latestquote")) {
    out.key("latestQuote");
    render_quote_data(out, call, *latest);
  }
  out.key("links").begin_object().key("quotes").begin_array();
  for (const std::uint64_t number : lift.quotes) render_link(out, call, "quotes", id_of(kQuotePrefix, number));
  out.end_array().end_object().end_object();
}

void render_price(json::Writer& out, std::string_view key, std::string_view amount, std::int64_t price,
                  const std::string& currency) {
  out.key(key).begin_object().member(amount, price).member("currency", currency).end_object();
}

const Lift* lift_of(Call& call, const Quote& quote) {
  const Rfq* rfq = call.store.rfq(quote.rfq);
  if (rfq == nullptr) return nullptr;
  const auto found =
      std::find_if(rfq->lifts.begin(), rfq->lifts.end(), [&](const Lift& lift) { return lift.number == quote.lift; });
  return found == rfq->lifts.end() ? nullptr : &*found;
}

void render_breakdown(json::Writer& out, const Quote& quote) {
  out.key("quoteBreakdown").begin_array();
  const std::int64_t fees = quote.price / 10;
  out.begin_object().member("displayName", "Flight").member("price", quote.price - fees).end_object();
  out.begin_object().member("displayName", "Fees").member("price", fees).end_object();
  out.end_array();
}

void render_quote_data(json::Writer& out, Call& call, const Quote& quote) {
  const std::string id = id_of(kQuotePrefix, quote.number);
  out.begin_object();
  render_identity(out, call, "quotes", id);
  render_price(out, "sellerPrice", "price", quote.price, quote.currency);
  render_price(out, "sellerPriceWithoutCommission", "price", quote.price - quote.price / 20, quote.currency);
  render_price(out, "estimatedPrice", "amount", quote.price, quote.currency);
  out.member("sellerMessage", quote.message);
  render_seller(out, call, "quotes");
  const Lift* lift = lift_of(call, quote);
  if (lift != nullptr) {
    out.key("lift").begin_object().member("aircraftType", lift->type).member("aircraftTail", lift->tail);
    out.member("aircraftCategory", lift->category).member("maxPax", lift->max_pax).end_object();
  }
  if (const Rfq* rfq = call.store.rfq(quote.rfq)) render_segments(out, call, *rfq, lift);
  if (call.query.wants("quotes", "quotebreakdown") || call.query.wants("rfqs", "quotebreakdown")) {
    render_breakdown(out, quote);
  }
  out.member("createdOn", format_timestamp(quote.created_utc_us));
  out.member("validUntil", format_timestamp(quote.created_utc_us + 3 * 86'400'000'000));
  out.end_object();
}

}  // namespace

void render_identity(json::Writer& out, const Call& call, std::string_view type, std::string_view id) {
  out.member("id", id).member("href", api_href(call, type, id)).member("type", type);
}

void render_link(json::Writer& out, const Call& call, std::string_view type, std::string_view id) {
  out.begin_object();
  render_identity(out, call, type, id);
  out.end_object();
}

void render_airport(json::Writer& out, std::string_view icao) {
  const Airport* airport = find_airport(icao);
  out.begin_object().member("icao", icao);
  if (airport != nullptr) {
    out.member("iata", airport->iata);
    if (!airport->faa.empty()) out.member("faa", airport->faa);
    out.key("unofficialICAO").null();
    out.member("name", airport->name).member("city", airport->city);
    out.key("country")
        .begin_object()
        .member("code", airport->country_code)
        .member("name", airport->country)
        .end_object();
    if (!airport->province.empty()) {
      out.key("province").begin_object().member("code", airport->province).end_object();
    }
  }
  out.end_object();
}

void render_trip(json::Writer& out, Call& call, const Trip& trip, TripDetail detail) {
  const std::string id = id_of(kTripPrefix, trip.number);
  out.begin_object();
  render_identity(out, call, "trips", id);
  out.member("tripId", trip.display_id);
  if (!trip.external_id.empty()) out.member("externalTripId", trip.external_id);
  if (trip.canceled) out.member("canceled", true).member("cancelReason", trip.cancel_reason);
  if (detail == TripDetail::kRead) {
    out.key("rfqs").begin_array();
    for (const std::uint64_t number : trip.rfqs) {
      if (const Rfq* rfq = call.store.rfq(number)) render_rfq(out, call, *rfq);
    }
    out.end_array().key("links").begin_object().key("tripmsgs").begin_array();
    for (const std::uint64_t number : trip.rfqs) {
      if (const Rfq* rfq = call.store.rfq(number)) render_messages(out, call, *rfq);
    }
    out.end_array().end_object();
    if (call.query.wants("trips", "timestamps")) out.member("createdOn", format_timestamp(trip.created_utc_us));
  }
  out.key("actions").begin_object();
  render_deep_links(out, call, id);
  if (!trip.canceled)
    render_action(out, "cancel", "api", "Cancel the trip", "PUT", api_href(call, "trips", id) + "/cancel");
  out.end_object().end_object();
}

void render_rfq(json::Writer& out, Call& call, const Rfq& rfq) {
  const std::string id = id_of(kRfqPrefix, rfq.number);
  const Trip* trip = call.store.trip(rfq.trip);
  out.begin_object();
  render_identity(out, call, "rfqs", id);
  out.member("tripId", trip == nullptr ? std::string() : trip->display_id).member("canceled", rfq.canceled);
  out.member("createdOn", format_timestamp(rfq.created_utc_us));
  render_segments(out, call, rfq, nullptr);
  render_seller(out, call, "rfqs");
  render_company(out, "buyerCompany", "acomp-1001", "Sandbox Broker");
  out.key("buyerAccount").begin_object().member("id", "aaccount-2001");
  if (call.query.wants("rfqs", "accountnames")) out.member("firstName", "Sandbox").member("lastName", "Buyer");
  out.end_object().key("sellerLift").begin_array();
  for (const Lift& lift : rfq.lifts) render_lift(out, call, lift);
  out.end_array().key("links").begin_object().key("tripmsgs").begin_array();
  render_messages(out, call, rfq);
  out.end_array().end_object().key("actions").begin_object();
  render_deep_links(out, call, id_of(kTripPrefix, rfq.trip));
  const std::string messages = api_href(call, "tripmsgs", id);
  if (call.scenario.connection.buyer) render_action(out, "book", "api", "Book", "POST", messages + "/book");
  if (call.scenario.connection.seller) {
    render_action(out, "submitQuote", "api", "Submit a quote", "POST", messages + "/submitQuote");
    render_action(out, "decline", "api", "Decline the request", "POST", messages + "/decline");
  }
  out.end_object().end_object();
}

void render_quote(json::Writer& out, Call& call, const Quote& quote) { render_quote_data(out, call, quote); }

void render_message(json::Writer& out, Call& call, const Message& message) {
  const Rfq* rfq = call.store.rfq(message.rfq);
  const Trip* trip = rfq == nullptr ? nullptr : call.store.trip(rfq->trip);
  out.begin_object();
  render_identity(out, call, "tripmsgs", message_id(message));
  out.member("tripId", trip == nullptr ? std::string() : trip->display_id);
  out.member("message", message.text).member("createdOn", format_timestamp(message.created_utc_us));
  render_company(out, message.from_seller ? "sellerCompany" : "buyerCompany",
                 message.from_seller ? "acomp-1002" : "acomp-1001",
                 message.from_seller ? "Sandbox Dev Operator" : "Sandbox Broker");
  out.key("links").begin_object();
  out.key("rfqs").begin_array();
  render_link(out, call, "rfqs", id_of(kRfqPrefix, message.rfq));
  out.end_array();
  if (message.quote != 0) {
    out.key("quotes").begin_array();
    render_link(out, call, "quotes", id_of(kQuotePrefix, message.quote));
    out.end_array();
  }
  out.end_object().end_object();
}

}  // namespace cvr::sandbox
