// Reference data that survives every rebuild: airports and aircraft types.  Real places and types,
// a small selection; tables in reference.cpp.  Immutable.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cvr::sandbox {

struct Airport {
  std::string_view id;  // gap: the shape of an airport's id
  std::string_view icao, iata, faa;
  std::string_view name, city;
  std::string_view country_code, country;
  std::string_view province;  // code; empty outside North America
  double latitude = 0, longitude = 0;
};
std::span<const Airport> airports();
const Airport* find_airport(std::string_view icao_or_id);  // nullptr: not in the table

// The code of an airport that may exist: in the table, or four characters of which the first is
// used by ICAO (I, J, Q and X are not; ZZZZ means "none").  The real service knows more airports
// than the table.
bool is_airport_code(std::string_view icao);

double distance_nm(std::string_view from_icao, std::string_view to_icao);  // 500 when one is unknown

struct AircraftType {
  std::string_view id;
  std::string_view name, manufacturer, category;
  int max_pax = 0;
  int range_nm = 0;
  int speed_kt = 0;
};
std::span<const AircraftType> aircraft_types();
const AircraftType* find_aircraft_type(std::string_view id);

}  // namespace cvr::sandbox
