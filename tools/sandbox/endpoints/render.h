// Resources as JSON (FACTS sections 6.1 to 6.4), appended to a writer as one object each.
#pragma once

#include "base/json_writer.h"
#include "sandbox/endpoints/call.h"
#include "sandbox/reference.h"

namespace cvr::sandbox {

// {id, href, type}, as it stands in links.
void render_link(json::Writer& out, const Call& call, std::string_view type, std::string_view id);
// Members id, href, type of an object that is open.
void render_identity(json::Writer& out, const Call& call, std::string_view type, std::string_view id);

enum class TripDetail : std::uint8_t { kCreated, kRead };  // kRead has rfqs[] and links too
void render_trip(json::Writer& out, Call& call, const Trip& trip, TripDetail detail);
void render_rfq(json::Writer& out, Call& call, const Rfq& rfq);
void render_quote(json::Writer& out, Call& call, const Quote& quote);
void render_message(json::Writer& out, Call& call, const Message& message);

// {icao, iata, faa, unofficialICAO, name, city, country, province}; only icao when it is not known.
void render_airport(json::Writer& out, std::string_view icao);

}  // namespace cvr::sandbox
