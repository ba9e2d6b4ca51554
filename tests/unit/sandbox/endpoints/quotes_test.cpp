#include "unit/sandbox/client.h"

namespace cvr::sandbox {
namespace {

using test::Client;
using test::Outcome;

TEST(Quotes, Read) {  // FACTS section 6.4
  Client client;
  const Outcome read =
      client.get("/api/quotes/" + client.service.samples().quote_id + "?fields[quotes]=quotebreakdown");
  EXPECT_EQ(read.status(), 200);
  EXPECT_EQ(read.text("/data/type"), "quotes");
  EXPECT_TRUE(read.has("/data/sellerPrice/price"));
  EXPECT_EQ(read.text("/data/sellerPrice/currency"), "USD");
  EXPECT_EQ(read.text("/data/estimatedPrice/amount"), read.text("/data/sellerPrice/price"));
  EXPECT_TRUE(read.has("/data/lift/aircraftTail"));
  EXPECT_TRUE(read.has("/data/segments/0/flightMinutes"));
  EXPECT_EQ(read.size("/data/quoteBreakdown"), 2u);
  EXPECT_EQ(read.text("/data/createdOn"), "2026-03-16T06:00:00.000Z");
  EXPECT_EQ(read.text("/data/validUntil"), "2026-03-19T06:00:00.000Z");
}

TEST(Quotes, IdsNeedTheirPrefix) {
  Client client;
  const std::string id = client.service.samples().quote_id;
  EXPECT_EQ(client.get("/api/quotes/" + id.substr(7)).status(), 404);
  EXPECT_EQ(client.get("/api/quotes/aquote-1").status(), 404);
  Client lax(test::scenario("[gaps]\nids_without_prefix = true"));
  EXPECT_EQ(lax.get("/api/quotes/" + id.substr(7)).status(), 200);
}

}  // namespace
}  // namespace cvr::sandbox
