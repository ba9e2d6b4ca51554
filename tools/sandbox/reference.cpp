#include "sandbox/reference.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cvr::sandbox {
namespace {

// clang-format off
constexpr Airport kAirports[] = {
    {"airport-1", "KTEB", "TEB", "TEB", "Teterboro", "Teterboro", "US", "United States", "US-NJ", 40.8501, -74.0608},
    {"airport-2", "KVNY", "VNY", "VNY", "Van Nuys", "Van Nuys", "US", "United States", "US-CA", 34.2098, -118.4900},
    {"airport-3", "KJFK", "JFK", "JFK", "John F Kennedy Intl", "New York", "US", "United States", "US-NY", 40.6398, -73.7789},
    {"airport-4", "KLAX", "LAX", "LAX", "Los Angeles Intl", "Los Angeles", "US", "United States", "US-CA", 33.9425, -118.4081},
    {"airport-5", "KMIA", "MIA", "MIA", "Miami Intl", "Miami", "US", "United States", "US-FL", 25.7932, -80.2906},
    {"airport-6", "KOPF", "OPF", "OPF", "Miami-Opa Locka Executive", "Miami", "US", "United States", "US-FL", 25.9070, -80.2784},
    {"airport-7", "KPBI", "PBI", "PBI", "Palm Beach Intl", "West Palm Beach", "US", "United States", "US-FL", 26.6832, -80.0956},
    {"airport-8", "KDAL", "DAL", "DAL", "Dallas Love Field", "Dallas", "US", "United States", "US-TX", 32.8471, -96.8518},
    {"airport-9", "KHPN", "HPN", "HPN", "Westchester County", "White Plains", "US", "United States", "US-NY", 41.0670, -73.7076},
    {"airport-10", "KLAS", "LAS", "LAS", "Harry Reid Intl", "Las Vegas", "US", "United States", "US-NV", 36.0801, -115.1522},
    {"airport-11", "KASE", "ASE", "ASE", "Aspen-Pitkin County", "Aspen", "US", "United States", "US-CO", 39.2232, -106.8688},
    {"airport-12", "KBED", "BED", "BED", "Laurence G Hanscom Field", "Bedford", "US", "United States", "US-MA", 42.4700, -71.2890},
    {"airport-13", "KMDW", "MDW", "MDW", "Chicago Midway Intl", "Chicago", "US", "United States", "US-IL", 41.7860, -87.7524},
    {"airport-14", "KSFO", "SFO", "SFO", "San Francisco Intl", "San Francisco", "US", "United States", "US-CA", 37.6190, -122.3749},
    {"airport-15", "KMCI", "MCI", "MCI", "Kansas City Intl", "Kansas City", "US", "United States", "US-MO", 39.2976, -94.7139},
    {"airport-16", "KDEN", "DEN", "DEN", "Denver Intl", "Denver", "US", "United States", "US-CO", 39.8617, -104.6732},
    {"airport-17", "CYYZ", "YYZ", "", "Toronto Pearson Intl", "Toronto", "CA", "Canada", "CA-ON", 43.6772, -79.6306},
    {"airport-18", "CYUL", "YUL", "", "Montreal Trudeau Intl", "Montreal", "CA", "Canada", "CA-QC", 45.4706, -73.7408},
    {"airport-19", "EGGW", "LTN", "", "London Luton", "London", "GB", "United Kingdom", "", 51.8747, -0.3683},
    {"airport-20", "EGLF", "FAB", "", "Farnborough", "Farnborough", "GB", "United Kingdom", "", 51.2758, -0.7763},
    {"airport-21", "EGKB", "BQH", "", "London Biggin Hill", "London", "GB", "United Kingdom", "", 51.3308, 0.0325},
    {"airport-22", "LFPB", "LBG", "", "Paris-Le Bourget", "Paris", "FR", "France", "", 48.9694, 2.4414},
    {"airport-23", "LFMN", "NCE", "", "Nice-Cote d'Azur", "Nice", "FR", "France", "", 43.6584, 7.2159},
    {"airport-24", "LSGG", "GVA", "", "Geneva Cointrin", "Geneva", "CH", "Switzerland", "", 46.2381, 6.1089},
    {"airport-25", "LSZH", "ZRH", "", "Zurich", "Zurich", "CH", "Switzerland", "", 47.4647, 8.5492},
    {"airport-26", "EDDM", "MUC", "", "Munich", "Munich", "DE", "Germany", "", 48.3538, 11.7861},
    {"airport-27", "EDDB", "BER", "", "Berlin Brandenburg", "Berlin", "DE", "Germany", "", 52.3667, 13.5033},
    {"airport-28", "ESSB", "BMA", "", "Stockholm-Bromma", "Stockholm", "SE", "Sweden", "", 59.3544, 17.9417},
    {"airport-29", "ESGG", "GOT", "", "Gothenburg-Landvetter", "Gothenburg", "SE", "Sweden", "", 57.6628, 12.2798},
    {"airport-30", "EKCH", "CPH", "", "Copenhagen Kastrup", "Copenhagen", "DK", "Denmark", "", 55.6179, 12.6560},
    {"airport-31", "LIML", "LIN", "", "Milan Linate", "Milan", "IT", "Italy", "", 45.4451, 9.2767},
    {"airport-32", "LEMD", "MAD", "", "Madrid Barajas", "Madrid", "ES", "Spain", "", 40.4719, -3.5626},
    {"airport-33", "LEIB", "IBZ", "", "Ibiza", "Ibiza", "ES", "Spain", "", 38.8729, 1.3731},
    {"airport-34", "OMDW", "DWC", "", "Al Maktoum Intl", "Dubai", "AE", "United Arab Emirates", "", 24.8964, 55.1614},
    {"airport-35", "VHHH", "HKG", "", "Hong Kong Intl", "Hong Kong", "HK", "Hong Kong", "", 22.3089, 113.9146},
    {"airport-36", "TJSJ", "SJU", "SJU", "Luis Munoz Marin Intl", "San Juan", "PR", "Puerto Rico", "", 18.4394, -66.0018},
};

constexpr AircraftType kTypes[] = {
    {"actype-1", "Citation Mustang", "Cessna", "Entry level jet (VLJ)", 4, 1150, 340},
    {"actype-2", "Phenom 100", "Embraer", "Entry level jet (VLJ)", 4, 1178, 390},
    {"actype-3", "Citation CJ3", "Cessna", "Light jet", 7, 1875, 416},
    {"actype-4", "Phenom 300", "Embraer", "Light jet", 8, 1971, 446},
    {"actype-5", "Learjet 60", "Bombardier", "Midsize jet", 7, 2405, 436},
    {"actype-6", "Citation XLS", "Cessna", "Midsize jet", 8, 2100, 433},
    {"actype-7", "Challenger 350", "Bombardier", "Super midsize jet", 9, 3200, 459},
    {"actype-8", "Citation X", "Cessna", "Super midsize jet", 8, 3460, 525},
    {"actype-9", "Falcon 2000LX", "Dassault", "Heavy jet", 10, 4000, 459},
    {"actype-10", "Challenger 604", "Bombardier", "Heavy jet", 10, 3756, 459},
    {"actype-11", "Gulfstream G550", "Gulfstream", "Ultra long range", 14, 6750, 488},
    {"actype-12", "Global 6000", "Bombardier", "Ultra long range", 13, 6000, 499},
};
// clang-format on

bool is_upper_or_digit(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

}  // namespace

std::span<const Airport> airports() { return kAirports; }

const Airport* find_airport(std::string_view icao_or_id) {
  const auto found = std::find_if(std::begin(kAirports), std::end(kAirports), [&](const Airport& airport) {
    return airport.icao == icao_or_id || airport.id == icao_or_id;
  });
  return found == std::end(kAirports) ? nullptr : &*found;
}

bool is_airport_code(std::string_view icao) {
  return icao.size() == 4 && icao != "ZZZZ" &&
         std::string_view("IJQX0123456789").find(icao[0]) == std::string_view::npos &&
         std::all_of(icao.begin(), icao.end(), is_upper_or_digit);
}

// Great circle, by the haversine formula.
double distance_nm(std::string_view from_icao, std::string_view to_icao) {
  const Airport* from = find_airport(from_icao);
  const Airport* to = find_airport(to_icao);
  if (from == nullptr || to == nullptr) return 500;
  const auto radians = [](double degrees) { return degrees * std::numbers::pi / 180; };
  const double a = std::sin(radians(to->latitude - from->latitude) / 2);
  const double b = std::sin(radians(to->longitude - from->longitude) / 2);
  const double h = a * a + std::cos(radians(from->latitude)) * std::cos(radians(to->latitude)) * b * b;
  return 2 * 3440.065 * std::asin(std::sqrt(std::min(1.0, h)));
}

std::span<const AircraftType> aircraft_types() { return kTypes; }

const AircraftType* find_aircraft_type(std::string_view id) {
  const auto found =
      std::find_if(std::begin(kTypes), std::end(kTypes), [&](const AircraftType& type) { return type.id == id; });
  return found == std::end(kTypes) ? nullptr : &*found;
}

}  // namespace cvr::sandbox
