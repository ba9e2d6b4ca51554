#include "unit/sandbox/client.h"

namespace cvr::sandbox {
namespace {

using test::Client;
using test::Outcome;

TEST(Webhooks, CreateListDeactivate) {  // FACTS section 10
  Client client;
  const Outcome made = client.post(
      "/api/webhooks/settings",
      R"({"targetURI":"https://hooks.example/a","displayName":"mine","active":true,"clientIdentifier":"user",)"
      R"("clientSecret":"not to be told","clientAuthenticationType":"BASIC","eventTypes":["TripRequestMine","TripChatFromSeller"]})");
  EXPECT_EQ(made.status(), 201);
  EXPECT_TRUE(made.text("/data/id").starts_with("whs-"));
  EXPECT_EQ(made.text("/data/active"), "true");
  EXPECT_FALSE(made.has("/data/clientSecret"));
  const Outcome off = client.put("/api/webhooks/settings/" + made.text("/data/id"), R"({"active":false})");
  EXPECT_EQ(off.status(), 200);
  EXPECT_EQ(off.text("/data/active"), "false");
  EXPECT_EQ(off.text("/data/targetURI"), "https://hooks.example/a");
  const Outcome list = client.get("/api/webhooks/settings");
  EXPECT_EQ(list.size("/data"), 1u);
  EXPECT_EQ(list.text("/data/0/active"), "false");
  EXPECT_EQ(list.reply.response.body.find("not to be told"), std::string::npos);
}

TEST(Webhooks, WrongBodies) {
  Client client;
  for (const char* body :
       {"{}", R"({"targetURI":"https://a.example"})", R"({"targetURI":"http://a.example","eventTypes":[]})",
        R"({"targetURI":"https://a.example","eventTypes":["TripChatSeller"]})",
        R"({"targetURI":"https://a.example","eventTypes":[1]})", R"({"targetURI":1,"eventTypes":[]})",
        R"({"targetURI":"https://a.example","eventTypes":[],"active":"yes"})"}) {
    EXPECT_EQ(client.post("/api/webhooks/settings", body).status(), 500) << body;
  }
  EXPECT_EQ(client.post("/api/webhooks/settings", "[]").status(), 400);
  EXPECT_EQ(client.put("/api/webhooks/settings/whs-1", "{}").status(), 404);
  const std::string huge = R"({"targetURI":"https://)" + std::string(kMaxDocument, 'a') + R"(","eventTypes":[]})";
  EXPECT_EQ(client.post("/api/webhooks/settings", huge).status(), 413);
}

}  // namespace
}  // namespace cvr::sandbox
