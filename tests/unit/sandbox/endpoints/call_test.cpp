#include "sandbox/endpoints/call.h"

namespace cvr::sandbox {
namespace {

struct World {
  http::Request request;
  Scenario scenario;
  Store store{Derivation(1), 2'932, true};
  Documents documents{1};
  Call call(std::string_view query) {
    return {request, "", Pairs(query), scenario, store, documents, "https://x.example", 0};
  }
};

TEST(Call, Pages) {
  World world;
  const auto page = page_of(world.call("page[number]=1&page[size]=4"), 6).value();
  EXPECT_EQ(page.begin, 4u);
  EXPECT_EQ(page.end, 6u);
  EXPECT_EQ(page.pagination(6).total_count, 6);
  EXPECT_EQ(page_of(world.call(""), 100)->end, 20u);
  EXPECT_EQ(page_of(world.call("page[number]=1000000&page[size]=1000"), 6)->begin, 6u);
  for (const char* query :
       {"page[number]=-1", "page[number]=1000001", "page[size]=0", "page[size]=1001", "page[size]=x"}) {
    EXPECT_FALSE(page_of(world.call(query), 6)) << query;
  }
}

TEST(Call, FindsById) {
  World world;
  const Samples samples = samples_of(world.store);
  Call call = world.call("");
  EXPECT_NE(find_trip(call, samples.trip_id), nullptr);
  EXPECT_EQ(find_trip(call, samples.trip_id), find_trip(call, samples.display_id));
  EXPECT_EQ(find_trip(call, ""), nullptr);
  const RequestTarget by_lift = find_request(call, samples.lift_id);
  const RequestTarget by_rfq = find_request(call, samples.rfq_id);
  EXPECT_NE(by_lift.lift, nullptr);
  EXPECT_EQ(by_lift.lift, by_rfq.lift);
  EXPECT_EQ(find_request(call, "asellerlift-1").lift, nullptr);
  EXPECT_EQ(find_request(call, samples.trip_id).lift, nullptr);
}

}  // namespace
}  // namespace cvr::sandbox
