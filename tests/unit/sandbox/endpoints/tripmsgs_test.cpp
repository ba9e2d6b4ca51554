#include "unit/sandbox/client.h"

namespace cvr::sandbox {
namespace {

using test::Client;
using test::Outcome;

Scenario seller() { return test::scenario("[connection]\nseller = true"); }

TEST(Tripmsgs, ReadOne) {
  Client client;
  const Samples samples = client.service.samples();
  const Outcome read = client.get("/api/tripmsgs/" + samples.seller_message_id);
  EXPECT_EQ(read.status(), 200);
  EXPECT_EQ(read.text("/data/tripId"), samples.display_id);
  EXPECT_EQ(read.text("/data/links/rfqs/0/id"), samples.rfq_id);
  EXPECT_EQ(read.text("/data/links/quotes/0/id"), samples.quote_id);
  for (const std::string& id :
       {samples.trip_id, samples.display_id, samples.rfq_id, samples.seller_message_id.substr(11),
        "abuyermsg-" + samples.seller_message_id.substr(11)}) {
    EXPECT_EQ(client.get("/api/tripmsgs/" + id).code(), "NOT_FOUND") << id;
  }
}

TEST(Tripmsgs, ThreePathsToWriteAMessage) {
  Client client;
  const Samples samples = client.service.samples();
  const Outcome one = client.post("/api/tripmsgs/" + samples.rfq_id + "/chat", R"({"message":"hello"})");
  EXPECT_EQ(one.status(), 201);
  EXPECT_TRUE(one.text("/data/id").starts_with("abuyermsg-"));
  EXPECT_EQ(one.text("/data/message"), "hello");
  EXPECT_EQ(client.get("/api/tripmsgs/" + one.text("/data/id")).status(), 200);
  EXPECT_EQ(client.post("/api/tripmsgs/" + samples.lift_id + "/sendMessage", R"({"message":{"content":"x"}})").status(),
            201);
  EXPECT_EQ(client.post("/api/tripmsgs", R"({"rfqId":")" + samples.rfq_id + R"(","message":"x"})").status(), 201);
  EXPECT_EQ(client.post("/api/tripmsgs/arfq-1/chat", R"({"message":"x"})").status(), 404);
  EXPECT_EQ(client.post("/api/tripmsgs/" + samples.rfq_id + "/chat", R"({"message":7})").status(), 500);
  EXPECT_EQ(client.post("/api/tripmsgs/" + samples.rfq_id + "/chat", "").status(), 400);
  EXPECT_EQ(client.post("/api/tripmsgs", R"({"message":"x"})").status(), 500);
}

TEST(Tripmsgs, Chats) {
  Client client(test::scenario("undocumented = [\"trips.messages\"]"));
  const Samples samples = client.service.samples();
  client.post("/api/tripmsgs/" + samples.rfq_id + "/chat", R"({"message":"hello"})");
  EXPECT_EQ(client.get("/api/trips/" + samples.trip_id + "/messages").size("/data"), 2u);
  EXPECT_EQ(client.get("/api/trips/" + samples.trip_id).size("/data/links/tripmsgs"), 2u);
}

TEST(Tripmsgs, SubmitQuote) {
  Client client(seller());
  const Samples samples = client.service.samples();
  const std::string target = "/api/tripmsgs/" + samples.lift_id + "/submitQuote";
  const Outcome made = client.post(
      target, R"({"message":"here","quote":{"segments":[],"lift":{"aircraftTail":"N1"},"messageForBuyer":"hi",)"
              R"("currencyCode":"EUR","totalPrice":12345,"lineItems":[],"attachments":[]}})");
  EXPECT_EQ(made.status(), 201);
  EXPECT_TRUE(made.text("/data/id").starts_with("asellermsg-"));
  const Outcome quote = client.get("/api/quotes/" + made.text("/data/links/quotes/0/id"));
  EXPECT_EQ(quote.text("/data/sellerPrice/price"), "12345");
  EXPECT_EQ(quote.text("/data/sellerPrice/currency"), "EUR");
  EXPECT_EQ(quote.text("/data/sellerMessage"), "hi");
  for (const char* price : {"\"500\"", "{\"amount\":7}", "0.4"}) {
    EXPECT_EQ(client.post(target, R"({"quote":{"totalPrice":)" + std::string(price) + "}}").status(), 201) << price;
  }
  for (const char* body :
       {"{}", R"({"quote":{}})", R"({"quote":[]})", R"({"quote":{"totalPrice":-1}})",
        R"({"quote":{"totalPrice":1e300}})", R"({"quote":{"totalPrice":"x"}})", R"({"quote":{"totalPrice":null}})",
        R"({"quote":{"totalPrice":1,"currencyCode":"EURO"}})", R"({"message":1,"quote":{"totalPrice":1}})",
        R"({"quote":{"totalPrice":1,"segments":{}}})"}) {
    EXPECT_EQ(client.post(target, body).status(), 500) << body;
  }
  EXPECT_EQ(client.post("/api/tripmsgs/asellerlift-1/submitQuote", "{}").status(), 404);
}

TEST(Tripmsgs, Decline) {
  Client client(seller());
  const Samples samples = client.service.samples();
  const std::string target = "/api/tripmsgs/" + samples.rfq_id + "/decline";
  for (const char* reason : {"AIRCRAFT_NOT_AVAILABLE", "CABOTAGE", "CREW_NOT_AVAILABLE", "OWNER_DECLINED",
                             "UNATTRACTIVE_TRIP", "UNKNOWN", "OTHER"}) {
    const Outcome made = client.post(target, R"({"message":"no","declineReason":")" + std::string(reason) + R"("})");
    EXPECT_EQ(made.status(), 201) << reason;
  }
  EXPECT_EQ(client.get("/api/rfqs/" + samples.rfq_id).text("/data/sellerLift/0/sourcingDisplayStatus"), "Declined");
  EXPECT_EQ(client.post(target, R"({"declineReason":"WHIM"})").status(), 500);
  EXPECT_EQ(client.post(target, "[]").status(), 400);
  EXPECT_EQ(client.post("/api/tripmsgs/arfq-1/decline", "{}").status(), 404);
}

TEST(Tripmsgs, Book) {
  Client client;
  const std::string target = "/api/tripmsgs/" + client.service.samples().rfq_id + "/book";
  EXPECT_EQ(client.post(target, "{}").status(), 201);
  EXPECT_EQ(client.post(target, "x").status(), 400);
}

}  // namespace
}  // namespace cvr::sandbox
