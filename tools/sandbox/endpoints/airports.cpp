// /airports/search and /airports/{id} (FACTS section 5.1): reference data, for any connection.
#include "cvr/http.h"
#include "sandbox/endpoints/handlers.h"
#include "sandbox/endpoints/render.h"

namespace cvr::sandbox {
namespace {

enum class Match : std::uint8_t { kContains, kStartsWith };

bool text_matches(std::string_view text, const std::string& wanted, Match match) {
  const std::size_t at = http::to_lower(text).find(wanted);
  return match == Match::kStartsWith ? at == 0 : at != std::string::npos;
}

bool airport_matches(const Airport& airport, const std::string& wanted, Match match) {
  for (const std::string_view text : {airport.icao, airport.iata, airport.faa, airport.name, airport.city}) {
    if (!text.empty() && text_matches(text, wanted, match)) return true;
  }
  return false;
}

void render_entry(json::Writer& out, const Call& call, const Airport& airport) {
  out.begin_object();
  render_identity(out, call, "airports", airport.id);
  out.member("icao", airport.icao).member("iata", airport.iata).member("faa", airport.faa);
  out.member("name", airport.name).member("city", airport.city);
  out.key("country").begin_object().member("code", airport.country_code).member("name", airport.country).end_object();
  if (!airport.province.empty()) out.key("province").begin_object().member("code", airport.province).end_object();
  out.member("latitude", airport.latitude).member("longitude", airport.longitude).end_object();
}

}  // namespace

Answer search_airports(Call& call) {
  const std::string* kind = call.query.find("filterMatchType");
  if (kind != nullptr && *kind != "contains" && *kind != "starts_with") return call.error(ErrorKind::kMalformedRequest);
  const Match match = kind != nullptr && *kind == "starts_with" ? Match::kStartsWith : Match::kContains;
  const std::string* filter = call.query.find("filter");
  const std::string wanted = filter == nullptr ? std::string() : http::to_lower(*filter);
  std::vector<const Airport*> found;
  for (const Airport& airport : airports()) {
    if (airport_matches(airport, wanted, match)) found.push_back(&airport);
  }
  const auto page = page_of(call, found.size());
  if (!page) return call.error(ErrorKind::kMalformedRequest);
  json::Writer data;
  data.begin_array();
  for (std::size_t i = page->begin; i < page->end; ++i) render_entry(data, call, *found[i]);
  data.end_array();
  Answer answer;
  answer.body = success_body(call.scenario.errors, data.text(), {}, page->pagination(found.size()));
  return answer;
}

Answer read_airport(Call& call) {
  const Airport* airport = find_airport(call.id);
  if (airport == nullptr) return call.error(ErrorKind::kNotFound);
  json::Writer data;
  render_entry(data, call, *airport);
  return call.success(data.text());
}

}  // namespace cvr::sandbox
