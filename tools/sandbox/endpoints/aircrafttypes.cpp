// /aircrafttypes: list, search, read (FACTS section 5.1): reference data, for any connection.
#include "cvr/http.h"
#include "sandbox/endpoints/handlers.h"
#include "sandbox/endpoints/render.h"

namespace cvr::sandbox {
namespace {

void render_type(json::Writer& out, const Call& call, const AircraftType& type) {
  out.begin_object();
  render_identity(out, call, "aircrafttypes", type.id);
  out.member("name", type.name).member("manufacturer", type.manufacturer).member("category", type.category);
  if (call.query.wants("aircrafttypes", "typedetails")) {
    out.key("typeDetails").begin_object().member("maxPax", type.max_pax).end_object();
  }
  if (call.query.wants("aircrafttypes", "perfdetails")) {
    out.key("perfDetails").begin_object();
    out.member("rangeNM", type.range_nm).member("speedKT", type.speed_kt).end_object();
  }
  out.end_object();
}

}  // namespace

// With or without a filter: /aircrafttypes and /aircrafttypes/search.
Answer list_aircraft_types(Call& call) {
  const std::string* filter = call.query.find("filter");
  const std::string wanted = filter == nullptr ? std::string() : http::to_lower(*filter);
  std::vector<const AircraftType*> found;
  for (const AircraftType& type : aircraft_types()) {
    const std::string text = http::to_lower(std::string(type.manufacturer) + ' ' + std::string(type.name));
    if (text.find(wanted) != std::string::npos) found.push_back(&type);
  }
  const auto page = page_of(call, found.size());
  if (!page) return call.error(ErrorKind::kMalformedRequest);
  json::Writer data;
  data.begin_array();
  for (std::size_t i = page->begin; i < page->end; ++i) render_type(data, call, *found[i]);
  data.end_array();
  Answer answer;
  answer.body = success_body(call.scenario.errors, data.text(), {}, page->pagination(found.size()));
  return answer;
}

Answer read_aircraft_type(Call& call) {
  const AircraftType* type = find_aircraft_type(call.id);
  if (type == nullptr) return call.error(ErrorKind::kNotFound);
  json::Writer data;
  render_type(data, call, *type);
  return call.success(data.text());
}

}  // namespace cvr::sandbox
