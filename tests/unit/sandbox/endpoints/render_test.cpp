#include "sandbox/endpoints/render.h"

namespace cvr::sandbox {
namespace {

TEST(Render, Airports) {
  json::Writer known, unknown;
  render_airport(known, "KTEB");
  EXPECT_EQ(known.text(),
            R"({"icao":"KTEB","iata":"TEB","faa":"TEB","unofficialICAO":null,"name":"Teterboro","city":"Teterboro",)"
            R"("country":{"code":"US","name":"United States"},"province":{"code":"US-NJ"}})");
  render_airport(unknown, "LFXX");
  EXPECT_EQ(unknown.text(), R"({"icao":"LFXX"})");
}

TEST(Render, LinksAndSegmentsOfALegacyTrip) {
  http::Request request;
  Scenario scenario;
  Store store(Derivation(1), 2'932, false);
  Documents documents(1);
  Call call{request, "", Pairs(), scenario, store, documents, "https://x.example", 0};
  json::Writer link, rfq;
  render_link(link, call, "quotes", "aquote-1");
  EXPECT_EQ(link.text(), R"({"id":"aquote-1","href":"https://x.example/api/quotes/aquote-1","type":"quotes"})");
  render_rfq(rfq, call, store.add_rfq(store.add_trip({}, 0), 0));
  EXPECT_NE(rfq.text().find(R"("segments":[])"), std::string::npos);
  EXPECT_NE(rfq.text().find(R"("createdOn":"1970-01-01T00:00:00.000Z")"), std::string::npos);
}

}  // namespace
}  // namespace cvr::sandbox
