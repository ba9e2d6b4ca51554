#include "unit/sandbox/client.h"

namespace cvr::sandbox {
namespace {

using test::Client;
using test::Outcome;

TEST(Leads, CreateAndRead) {
  Client client;
  const Outcome made =
      client.post("/api/leads",
                  R"({"leadContactInfo":{"name":"A","emails":["a@b.example"],"phone":"+1"},"segments":[],"extra":1})");
  EXPECT_EQ(made.status(), 201);
  EXPECT_EQ(made.text("/data/type"), "leads");
  EXPECT_FALSE(made.has("/data/extra"));
  const Outcome read = client.get("/api/leads/" + made.text("/data/id"));
  EXPECT_EQ(read.text("/data/leadContactInfo/emails/0"), "a@b.example");
  client.now += 7 * test::kDay;
  client.send(client.request("GET", "/api/leads"));
  client.credentials = client.service.valid_credentials();
  EXPECT_EQ(client.get("/api/leads/" + made.text("/data/id")).status(), 404);
}

TEST(Leads, WrongBodies) {
  Client client;
  for (const char* body : {"{}", R"({"leadContactInfo":[]})", R"({"leadContactInfo":{},"segments":{}})",
                           R"({"leadContactInfo":{},"message":1})"}) {
    EXPECT_EQ(client.post("/api/leads", body).status(), 500) << body;
  }
  EXPECT_EQ(client.post("/api/leads", "x").status(), 400);
  EXPECT_EQ(
      client.post("/api/leads", R"({"leadContactInfo":{},"message":")" + std::string(100'000, 'x') + "\"}").status(),
      413);
  EXPECT_EQ(client.get("/api/leads/alead-1").status(), 404);
}

}  // namespace
}  // namespace cvr::sandbox
