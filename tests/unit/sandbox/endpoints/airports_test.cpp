#include "unit/sandbox/client.h"

namespace cvr::sandbox {
namespace {

using test::Client;
using test::Outcome;

TEST(Airports, Search) {
  Client client;
  const Outcome found = client.get("/api/airports/search?filter=teterboro");
  EXPECT_EQ(found.status(), 200);
  EXPECT_EQ(found.size("/data"), 1u);
  EXPECT_EQ(found.text("/data/0/icao"), "KTEB");
  EXPECT_EQ(found.text("/data/0/country/code"), "US");
  EXPECT_EQ(found.text("/meta/pagination/pageNumber"), "0");
  EXPECT_EQ(client.get("/api/airports/search?filter=ondon&filterMatchType=starts_with").size("/data"), 0u);
  EXPECT_EQ(client.get("/api/airports/search?filter=ondon&filterMatchType=contains").size("/data"), 2u);
  EXPECT_EQ(client.get("/api/airports/search?filterMatchType=ends_with").status(), 400);
  EXPECT_EQ(client.get("/api/airports/search?filter=nowhere").size("/data"), 0u);
}

TEST(Airports, PagesBothWays) {
  Client client;
  const Outcome page = client.get("/api/airports/search?page%5Bnumber%5D=1&page%5Bsize%5D=10");
  EXPECT_EQ(page.size("/data"), 10u);
  EXPECT_EQ(page.text("/meta/pagination/pageNumber"), "1");
  EXPECT_EQ(page.text("/meta/pagination/batchSize"), "10");
  Client from_one(test::scenario("[gaps]\nfirst_page_number = 1"));
  EXPECT_EQ(from_one.get("/api/airports/search?page[number]=2&page[size]=10").text("/data/0/id"),
            page.text("/data/0/id"));
  EXPECT_EQ(from_one.get("/api/airports/search?page[number]=0").status(), 400);
}

TEST(Airports, Read) {
  Client client;
  EXPECT_EQ(client.get("/api/airports/airport-1").text("/data/icao"), "KTEB");
  EXPECT_EQ(client.get("/api/airports/KTEB").text("/data/id"), "airport-1");
  EXPECT_EQ(client.get("/api/airports/nowhere").status(), 404);
}

TEST(Airports, TheWrongPathIsNotFound) {  // FACTS section 5.2
  Client client;
  EXPECT_EQ(client.get("/api/airports?query=KTEB").code(), "NOT_FOUND");
}

}  // namespace
}  // namespace cvr::sandbox
