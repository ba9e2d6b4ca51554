#include "unit/sandbox/client.h"

namespace cvr::sandbox {
namespace {

using test::Client;

TEST(Others, SearchesAreForEndClients) {
  Client client(test::scenario("[connection]\nend_client = true"));
  EXPECT_EQ(client.post("/api/searches", "{}").status(), 201);
  EXPECT_EQ(client.post("/api/searches", "x").status(), 400);
}

TEST(Others, UndocumentedPathsAnswerWhenSwitchedOn) {
  Client off;
  EXPECT_EQ(off.get("/api/account").code(), "NOT_FOUND");
  Client client(test::scenario("undocumented = [\"all\"]"));
  EXPECT_EQ(client.get("/api/account").text("/data/company/displayName"), "Sandbox Broker");
  EXPECT_EQ(client.get("/api/airports?filter=KTEB").size("/data"), 1u);
  for (const char* path : {"/api/flights/search", "/api/emptyLeg/search", "/api/watches"}) {
    EXPECT_EQ(client.post(path, "{}").status(), 200) << path;
    EXPECT_EQ(client.post(path, "{").status(), 400) << path;
  }
}

}  // namespace
}  // namespace cvr::sandbox
