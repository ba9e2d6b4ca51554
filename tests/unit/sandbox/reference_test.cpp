#include "sandbox/reference.h"

#include <set>

namespace cvr::sandbox {
namespace {

TEST(Reference, TablesAreSound) {
  std::set<std::string_view> ids, codes;
  for (const Airport& airport : airports()) {
    EXPECT_TRUE(is_airport_code(airport.icao)) << airport.icao;
    EXPECT_EQ(airport.iata.size(), 3u);
    EXPECT_TRUE(airport.latitude >= -90 && airport.latitude <= 90 && airport.longitude >= -180 &&
                airport.longitude <= 180);
    ids.insert(airport.id);
    codes.insert(airport.icao);
    EXPECT_EQ(find_airport(airport.icao), &airport);
    EXPECT_EQ(find_airport(airport.id), &airport);
  }
  EXPECT_EQ(ids.size(), airports().size());
  EXPECT_EQ(codes.size(), airports().size());
  for (const AircraftType& type : aircraft_types()) {
    EXPECT_EQ(find_aircraft_type(type.id), &type);
    EXPECT_GT(type.max_pax, 0);
  }
  EXPECT_EQ(find_airport(""), nullptr);
  EXPECT_EQ(find_aircraft_type("x"), nullptr);
}

TEST(Reference, AirportCodes) {
  for (const char* code : {"KTEB", "EGGW", "K1G4", "ZBAA"}) EXPECT_TRUE(is_airport_code(code)) << code;
  for (const char* code : {"", "KTE", "KTEBX", "kteb", "ZZZZ", "XXXX", "QQQQ", "1234", "KT B", "K\xc3\xa9"}) {
    EXPECT_FALSE(is_airport_code(code)) << code;
  }
}

TEST(Reference, Distances) {
  EXPECT_NEAR(distance_nm("KTEB", "KVNY"), 2'130, 30);
  EXPECT_EQ(distance_nm("KTEB", "KTEB"), 0);
  EXPECT_EQ(distance_nm("KTEB", "LFXX"), 500);
}

}  // namespace
}  // namespace cvr::sandbox
