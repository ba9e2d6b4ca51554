#include "unit/sandbox/client.h"

namespace cvr::sandbox {
namespace {

using test::Client;
using test::Outcome;

TEST(Rfqs, ReadOne) {  // FACTS section 6.4
  Client client;
  const Samples samples = client.service.samples();
  const Outcome read = client.get("/api/rfqs/" + samples.rfq_id);
  EXPECT_EQ(read.status(), 200);
  EXPECT_EQ(read.text("/data/type"), "rfqs");
  EXPECT_EQ(read.text("/data/tripId"), samples.display_id);
  EXPECT_EQ(read.text("/data/canceled"), "false");
  EXPECT_EQ(read.text("/data/segments/0/startAirport/icao"), "KTEB");
  EXPECT_EQ(read.text("/data/segments/0/paxCount"), "4");
  EXPECT_EQ(read.size("/data/sellerLift"), 2u);
  EXPECT_EQ(read.text("/data/sellerLift/0/id"), samples.lift_id);
  EXPECT_EQ(read.text("/data/sellerLift/0/sourcingDisplayStatus"), "Accepted");
  EXPECT_EQ(read.text("/data/sellerLift/0/links/quotes/0/id"), samples.quote_id);
  EXPECT_EQ(read.text("/data/links/tripmsgs/0/id"), samples.seller_message_id);
  EXPECT_FALSE(read.has("/data/sellerLift/0/latestQuote"));
  EXPECT_FALSE(read.has("/data/buyerAccount/firstName"));
}

TEST(Rfqs, FlagsInTwoDialects) {
  Client client;
  const std::string target = "/api/rfqs/" + client.service.samples().rfq_id;
  for (const char* query :
       {"?latestquote=true&taildetails=true&accountnames=true", "?fields[rfqs]=latestquote,taildetails,accountnames",
        "?fields%5Brfqs%5D=latestquote,taildetails,accountnames"}) {
    const Outcome read = client.get(target + query);
    EXPECT_TRUE(read.has("/data/sellerLift/0/latestQuote/sellerPrice/price")) << query;
    EXPECT_TRUE(read.has("/data/sellerLift/0/tailDetails")) << query;
    EXPECT_TRUE(read.has("/data/buyerAccount/firstName")) << query;
    EXPECT_FALSE(read.has("/data/sellerContactInfo")) << query;
  }
}

TEST(Rfqs, ThoseOfATrip) {
  Client client;
  const Samples samples = client.service.samples();
  const Outcome list = client.get("/api/rfqs/" + samples.display_id + "?taildetails=true");
  EXPECT_EQ(list.size("/data"), 1u);
  EXPECT_EQ(list.text("/data/0/id"), samples.rfq_id);
  EXPECT_EQ(client.get("/api/rfqs/" + samples.trip_id).status(), 404);
  Client lax(test::scenario("[gaps]\nrfqs_by_trip_resource_id = true"));
  EXPECT_EQ(lax.get("/api/rfqs/" + samples.trip_id).size("/data"), 1u);
  EXPECT_EQ(lax.get("/api/trips/" + samples.trip_id + "/rfqs").status(), 404);
  Client more(test::scenario("undocumented = [\"trips.rfqs\"]"));
  EXPECT_EQ(more.get("/api/trips/" + samples.trip_id + "/rfqs").size("/data"), 1u);
}

TEST(Rfqs, IdsNeedTheirPrefix) {
  Client client;
  const std::string id = client.service.samples().rfq_id;
  EXPECT_EQ(client.get("/api/rfqs/" + id.substr(5)).code(), "NOT_FOUND");
  EXPECT_EQ(client.get("/api/rfqs/1").status(), 404);
  EXPECT_EQ(client.get("/api/rfqs/NOBODY").status(), 404);
  Client lax(test::scenario("[gaps]\nids_without_prefix = true"));
  EXPECT_EQ(lax.get("/api/rfqs/" + id.substr(5)).status(), 200);
}

TEST(Rfqs, ListOfASeller) {
  Client client(test::scenario("[connection]\nseller = true"));
  client.post("/api/trips", test::trip_body());
  const Outcome list = client.get("/api/rfqs");
  EXPECT_EQ(list.size("/data"), 2u);
  EXPECT_EQ(list.text("/meta/pagination/totalCount"), "2");
  EXPECT_TRUE(list.has("/data/0/actions/submitQuote"));
  EXPECT_EQ(client.get("/api/rfqs?page[size]=1&page[number]=1").size("/data"), 1u);
  EXPECT_EQ(client.get("/api/rfqs?page[size]=1&page[number]=9").size("/data"), 0u);
  EXPECT_EQ(client.get("/api/rfqs?page[number]=x").status(), 400);
}

TEST(Rfqs, CreateAndCancel) {
  Client client;
  const Samples samples = client.service.samples();
  const Outcome made = client.post("/api/rfqs", R"({"tripId":")" + samples.display_id + R"("})");
  EXPECT_EQ(made.status(), 201);
  const std::string target = "/api/rfqs/" + made.text("/data/id");
  EXPECT_EQ(client.get(target).status(), 200);
  EXPECT_EQ(client.put(target + "/cancel", "{}").text("/data/canceled"), "true");
  EXPECT_EQ(client.put("/api/rfqs/arfq-1/cancel", "{}").status(), 404);
  EXPECT_EQ(client.post("/api/rfqs", R"({"tripId":"NOBODY"})").status(), 404);
  EXPECT_EQ(client.post("/api/rfqs", R"({"tripId":7})").status(), 500);
  EXPECT_EQ(client.post("/api/rfqs", "[]").status(), 400);
}

}  // namespace
}  // namespace cvr::sandbox
