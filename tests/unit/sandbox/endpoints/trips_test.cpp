#include "unit/sandbox/client.h"

namespace cvr::sandbox {
namespace {

using test::Client;
using test::Outcome;

TEST(Trips, CreatedAsSeen) {  // FACTS section 6.3
  Client client;
  const Outcome made = client.post("/api/trips", test::trip_body());
  EXPECT_EQ(made.status(), 201);
  EXPECT_EQ(made.size("/meta/errors"), 0u);
  const std::string id = made.text("/data/id");
  EXPECT_TRUE(id.starts_with("atrip-"));
  EXPECT_EQ(made.text("/data/type"), "trips");
  EXPECT_EQ(made.text("/data/href"), "https://sandbox.avinode.com/api/trips/" + id);
  EXPECT_EQ(made.text("/data/tripId").size(), 6u);
  EXPECT_EQ(made.text("/data/actions/searchInAvinode/href"),
            "https://sandbox.avinode.com/marketplace/mvc/search/load/" + id + "?source=api&origin=api_action");
  EXPECT_EQ(made.text("/data/actions/viewInAvinode/href"),
            "https://sandbox.avinode.com/marketplace/mvc/trips/buying/" + id + "?source=api");
  EXPECT_EQ(made.text("/data/actions/cancel/href"), "https://sandbox.avinode.com/api/trips/" + id + "/cancel");
  EXPECT_EQ(made.text("/data/actions/cancel/httpMethod"), "PUT");
  EXPECT_FALSE(made.has("/data/rfqs"));
  EXPECT_FALSE(made.has("/data/criteria"));
}

TEST(Trips, WrongBodies) {
  Client client;
  const auto answer = [&](std::string_view body) {
    const Outcome outcome = client.post("/api/trips", body);
    return std::to_string(outcome.status()) + ' ' + outcome.code();
  };
  EXPECT_EQ(answer("{"), "400 ERR_INPUT_MISSING");
  EXPECT_EQ(answer(R"({"legs":[],"passengers":4})"), "500 ERR_INTERNAL_CRITICAL");
  EXPECT_EQ(answer(test::trip_body(R"(,"postToTripBoard":true)")), "500 ERR_INTERNAL_CRITICAL");
  EXPECT_EQ(answer(R"({"criteria":{"requiredLift":[{"aircraftTail":""}]}})"), "422 LIFT_INVALID");
  EXPECT_EQ(answer(R"({"criteria":{"legs":[],"pax":4}})"), "201 (none)");
}

TEST(Trips, SoftErrorsAreSuccesses) {  // FACTS sections 1.8 and 7
  Client client;
  std::string body = test::trip_body();
  body.replace(body.find("KTEB"), 4, "ZZZZ");
  const Outcome made = client.post("/api/trips", body);
  EXPECT_EQ(made.status(), 200);
  EXPECT_EQ(made.code(), "START_AIRPORT_INVALID");
  EXPECT_EQ(made.text("/meta/errors/0/path"), "segments[0].startAirport");
  EXPECT_TRUE(made.has("/data/id"));
  EXPECT_EQ(client.get("/api/trips/" + made.text("/data/id")).status(), 200);
  Client other(test::scenario("[gaps]\nsoft_error_status = 201"));
  EXPECT_EQ(other.post("/api/trips", body).status(), 201);
}

TEST(Trips, ReadByEveryIdThatIsTaken) {
  Client client;
  const Outcome made = client.post("/api/trips", test::trip_body());
  const std::string id = made.text("/data/id");
  const Outcome read = client.get("/api/trips/" + id);
  EXPECT_EQ(read.status(), 200);
  EXPECT_EQ(read.size("/data/rfqs"), 1u);
  EXPECT_EQ(read.text("/data/links/tripmsgs/0/type"), "tripmsgs");
  EXPECT_TRUE(read.text("/data/links/tripmsgs/0/id").starts_with("asellermsg-"));
  EXPECT_EQ(client.get("/api/trips/" + made.text("/data/tripId")).text("/data/id"), id);
  EXPECT_EQ(client.get("/api/trips/" + id.substr(6)).code(), "NOT_FOUND");  // stripped by the client
  EXPECT_EQ(client.get("/api/trips/atrip-1").status(), 404);
  Client lax(test::scenario("[gaps]\nids_without_prefix = true"));
  const std::string bare = lax.service.samples().trip_id.substr(6);
  EXPECT_EQ(lax.get("/api/trips/" + bare).status(), 200);
}

TEST(Trips, TheListIsRefused) {  // FACTS section 5.2
  Client client;
  for (const char* target :
       {"/api/trips", "/api/trips?limit=5", "/api/trips?limit=5&status=open", "/api/trips?sort=x"}) {
    const Outcome outcome = client.get(target);
    EXPECT_EQ(outcome.status(), 405) << target;
    EXPECT_EQ(outcome.code(), "ERR_INTERNAL_CRITICAL");
  }
}

TEST(Trips, Search) {
  Client client;
  client.post("/api/trips", test::trip_body());
  const Outcome found = client.get("/api/trips?externalTripId=EXT-1");
  EXPECT_EQ(found.size("/data"), 1u);
  EXPECT_EQ(found.text("/meta/pagination/totalCount"), "1");
  EXPECT_EQ(client.get("/api/trips?externalTripId=other").size("/data"), 0u);
  EXPECT_EQ(client.get("/api/trips?tripId=" + client.service.samples().display_id).size("/data"), 1u);
  EXPECT_EQ(client.get("/api/trips?filter=x&page[size]=1&page[number]=1").size("/data"), 1u);
  EXPECT_EQ(client.get("/api/trips?filter=x&page[size]=0").status(), 400);
}

TEST(Trips, Update) {
  Client client;
  const std::string target = "/api/trips/" + client.post("/api/trips", test::trip_body()).text("/data/id");
  EXPECT_EQ(client.put(target, test::trip_body()).status(), 200);
  EXPECT_EQ(client.put(target, "{}").status(), 500);
  std::string soft = test::trip_body();
  soft.replace(soft.find("KVNY"), 4, "XXXX");
  EXPECT_EQ(client.put(target, soft).code(), "END_AIRPORT_INVALID");
  EXPECT_EQ(client.put("/api/trips/atrip-1", test::trip_body()).status(), 404);
}

TEST(Trips, CancelTakesTheRfqsAlong) {
  Client client;
  const std::string id = client.post("/api/trips", test::trip_body()).text("/data/id");
  const std::string target = "/api/trips/" + id + "/cancel";
  for (const char* body :
       {"{}", R"({"reason":"BORED"})", R"({"reason":1})", R"({"reason":"OTHER","messageToSeller":1})"}) {
    EXPECT_EQ(client.put(target, body).status(), 500) << body;
  }
  EXPECT_EQ(client.put(target, "").status(), 400);
  for (const char* reason : {"BY_CLIENT", "CHANGED", "BOOKED", "OTHER"}) {
    const Outcome outcome =
        client.put(target, R"({"id":")" + id + R"(","messageToSeller":"sorry","reason":")" + reason + R"("})");
    EXPECT_EQ(outcome.status(), 200);
    EXPECT_EQ(outcome.text("/data/canceled"), "true");
    EXPECT_EQ(outcome.text("/data/rfqs/0/canceled"), "true");
    EXPECT_FALSE(outcome.has("/data/actions/cancel"));
  }
  EXPECT_EQ(client.put("/api/trips/atrip-1/cancel", R"({"reason":"OTHER"})").status(), 404);
}

TEST(Trips, SourcingCanBeOff) {
  Client client(test::scenario("[gaps]\nsource_trips = false"));
  const Outcome made = client.post("/api/trips", test::trip_body());
  EXPECT_EQ(client.get("/api/trips/" + made.text("/data/id")).size("/data/rfqs"), 0u);
}

TEST(Trips, HostileTextComesBackAsJson) {
  Client client;
  std::string body = test::trip_body();
  body.replace(body.find("EXT-1"), 5, R"(\u0000\"<script>\ud83d\ude00)" + std::string(10'000, 'x'));
  const Outcome made = client.post("/api/trips", body);
  EXPECT_EQ(made.status(), 201);
  EXPECT_LE(made.text("/data/externalTripId").size(), kMaxText);
}

}  // namespace
}  // namespace cvr::sandbox
