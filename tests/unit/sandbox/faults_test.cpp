#include "sandbox/faults.h"

#include "unit/sandbox/client.h"

namespace cvr::sandbox {
namespace {

using test::Client;
using test::Outcome;

constexpr const char* kAirports = "/api/airports/search?filter=KTEB";

// Every row of the catalogue can be forced, and then stands in the answer as it stands in the table.
TEST(Faults, EveryRowOfTheCatalogueCanBeForced) {
  for (std::size_t i = 0; i < kErrorKinds; ++i) {
    const auto kind = static_cast<ErrorKind>(i);
    Client client(test::scenario("[[force]]\nerror = \"" + std::string(name_of(kind)) + "\""));
    const Outcome outcome = client.get(kAirports);
    const Catalogue catalogue = default_catalogue();
    EXPECT_EQ(outcome.status(), row(catalogue, kind).status) << name_of(kind);
    EXPECT_EQ(outcome.code(), row(catalogue, kind).code) << name_of(kind);
    EXPECT_FALSE(outcome.reply.response.reason.empty());
    EXPECT_FALSE(outcome.has("/data"));
  }
}

TEST(Faults, RulesCountTheirRequests) {
  Client client(
      test::scenario("[[force]]\noperation = \"airports.search\"\nerror = \"conflict\"\nafter = 1\ntimes = 2"));
  std::vector<int> statuses;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(client.get("/api/aircrafttypes").status(), 200);
    statuses.push_back(client.get(kAirports).status());
  }
  EXPECT_EQ(statuses, (std::vector<int>{200, 409, 409, 200, 200}));
}

TEST(Faults, TheFirstRuleInTurnAnswers) {
  Client client(test::scenario(
      "[[force]]\npath = \"/api/trips\"\nmethod = \"POST\"\nstatus = 418\ncode = \"TEA\"\ntitle = \"pot\"\ntimes = 1\n"
      "[[force]]\npath = \"/api/\"\nstatus = 200\nbody = \"<html>\"\ncontent_type = \"text/html\""));
  const Outcome first = client.post("/api/trips", "{}");
  EXPECT_EQ(first.status(), 418);
  EXPECT_EQ(first.code(), "TEA");
  const Outcome second = client.post("/api/trips", "{}");
  EXPECT_EQ(second.reply.response.body, "<html>");
  EXPECT_EQ(second.header("Content-Type"), "text/html");
  EXPECT_EQ(client.get("/other").status(), 404);
}

TEST(Faults, NetworkActionsAndDelays) {
  Client client(
      test::scenario("[[force]]\npath = \"/api/trips\"\naction = \"close\"\ndelay_ms = 7\n"
                     "[[force]]\npath = \"/api/airports\"\ndelay_ms = 250"));
  const Outcome closed = client.get("/api/trips/atrip-1");
  EXPECT_EQ(closed.reply.action, Action::kClose);
  EXPECT_EQ(closed.reply.delay_ms, 7);
  const Outcome late = client.get(kAirports);
  EXPECT_EQ(late.status(), 200);
  EXPECT_EQ(late.reply.delay_ms, 250);
  EXPECT_EQ(client.get("/api/aircrafttypes").reply.delay_ms, 0);
}

TEST(Faults, AnswersWithoutABody) {
  Client client(test::scenario("[[force]]\nstatus = 204"));
  const Outcome outcome = client.get(kAirports);
  EXPECT_EQ(outcome.status(), 204);
  EXPECT_TRUE(outcome.reply.response.body.empty());
  EXPECT_EQ(outcome.header("Content-Length"), "");
}

}  // namespace
}  // namespace cvr::sandbox
