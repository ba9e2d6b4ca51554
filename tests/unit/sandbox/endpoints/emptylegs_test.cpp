#include "unit/sandbox/client.h"

namespace cvr::sandbox {
namespace {

using test::Client;
using test::Outcome;

TEST(EmptyLegs, SearchAndRead) {
  Client client;
  const Outcome all = client.post("/api/emptylegs/search", "{}");
  EXPECT_EQ(all.size("/data"), 12u);
  EXPECT_TRUE(all.text("/data/0/id").starts_with("el-"));
  EXPECT_EQ(all.text("/data/0/date"), "2026-03-19");
  EXPECT_EQ(client.get("/api/emptylegs/" + all.text("/data/3/id")).text("/data/date"), "2026-03-22");
  const std::string from = all.text("/data/0/startAirport/icao");
  const Outcome some = client.post(
      "/api/emptylegs/search", R"({"startAirport":")" + from + R"(","numberOfDaysFlexibility":"3","passengers":"4"})");
  EXPECT_GE(some.size("/data"), 1u);
  EXPECT_EQ(some.text("/data/0/startAirport/icao"), from);
  EXPECT_EQ(client.post("/api/emptylegs/search", R"({"endAirport":{"icao":"LFXX"}})").size("/data"), 0u);
  EXPECT_EQ(client.post("/api/emptylegs/search", R"({"endAirport":7})").status(), 500);
  EXPECT_EQ(client.post("/api/emptylegs/search", R"({"passengers":[]})").status(), 500);
  EXPECT_EQ(client.post("/api/emptylegs/search", "x").status(), 400);
  EXPECT_EQ(client.get("/api/emptylegs/el-1").status(), 404);
}

}  // namespace
}  // namespace cvr::sandbox
