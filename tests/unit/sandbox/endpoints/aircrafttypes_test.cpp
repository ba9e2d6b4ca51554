#include "unit/sandbox/client.h"

namespace cvr::sandbox {
namespace {

using test::Client;
using test::Outcome;

TEST(AircraftTypes, ListSearchRead) {
  Client client;
  const Outcome all = client.get("/api/aircrafttypes");
  EXPECT_EQ(all.size("/data"), 12u);
  EXPECT_FALSE(all.has("/data/0/perfDetails"));
  EXPECT_EQ(client.get("/api/aircrafttypes?page[size]=5&page[number]=2").size("/data"), 2u);
  EXPECT_EQ(client.get("/api/aircrafttypes/search?filter=cessna").size("/data"), 4u);
  const Outcome one = client.get("/api/aircrafttypes/actype-11?fields[aircrafttypes]=perfdetails,typedetails");
  EXPECT_EQ(one.text("/data/name"), "Gulfstream G550");
  EXPECT_TRUE(one.has("/data/perfDetails/rangeNM"));
  EXPECT_TRUE(one.has("/data/typeDetails/maxPax"));
  EXPECT_EQ(client.get("/api/aircrafttypes/actype-99").status(), 404);
  EXPECT_EQ(client.get("/api/aircrafttypes?page[size]=100000").status(), 400);
}

}  // namespace
}  // namespace cvr::sandbox
