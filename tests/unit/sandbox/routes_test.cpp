#include "sandbox/routes.h"

#include <set>

#include "unit/sandbox/client.h"

namespace cvr::sandbox {
namespace {

std::string operation(std::string_view method, std::string_view path, const std::vector<std::string>& more = {}) {
  const Routed routed = find_route(method, path, more);
  return routed.route == nullptr ? "-" + routed.allowed : std::string(routed.route->operation) + ' ' + routed.id;
}

TEST(Routes, Finds) {
  EXPECT_EQ(operation("GET", "/api/trips/atrip-1"), "trips.read atrip-1");
  EXPECT_EQ(operation("HEAD", "/api/trips/atrip-1"), "trips.read atrip-1");
  EXPECT_EQ(operation("PUT", "/api/trips/atrip-1/cancel"), "trips.cancel atrip-1");
  EXPECT_EQ(operation("GET", "/api/airports/search"), "airports.search ");
  EXPECT_EQ(operation("GET", "/api/airports/airport-1"), "airports.read airport-1");
  EXPECT_EQ(operation("GET", "/api/trips/a%2Db"), "trips.read a-b");
  for (const char* path : {"/api/tripmsgs/arfq-1/chat", "/api/tripmsgs/arfq-1/sendMessage"}) {
    EXPECT_EQ(operation("POST", path), "tripmsgs.chat arfq-1");
  }
  EXPECT_EQ(operation("POST", "/api/tripmsgs"), "tripmsgs.chat ");
}

TEST(Routes, UnknownMethodsAndPaths) {
  EXPECT_EQ(operation("DELETE", "/api/trips/atrip-1"), "-GET, HEAD, PUT");
  EXPECT_EQ(operation("GET", "/api/trips/atrip-1/cancel"), "-PUT");
  EXPECT_EQ(operation("get", "/api/trips/atrip-1"), "-GET, HEAD, PUT");
  for (const char* path : {"", "/", "/api", "/api/", "/api//", "/api/trips/", "/api/trips//cancel", "/API/trips",
                           "/trips", "/api/nope", "/api/trips/a/b/c", "*", "/apitrips", "/api/v1/trips", "/v1/trips"}) {
    EXPECT_EQ(operation("GET", path), "-") << path;
  }
  EXPECT_EQ(operation("GET", "/api/" + std::string(1'000'000, '/')), "-");
}

TEST(Routes, UndocumentedPathsAreOffUntilNamed) {  // FACTS section 5.2
  const std::pair<const char*, const char*> paths[] = {{"GET", "/api/account"},
                                                       {"GET", "/api/airports"},
                                                       {"GET", "/api/trips/atrip-1/rfqs"},
                                                       {"POST", "/api/flights/search"},
                                                       {"POST", "/api/emptyLeg/search"},
                                                       {"POST", "/api/watches"},
                                                       {"GET", "/api/trips/atrip-1/messages"}};
  for (const auto& [method, path] : paths) {
    EXPECT_EQ(operation(method, path), "-") << path;
    EXPECT_NE(operation(method, path, {"all"}), "-") << path;
  }
  EXPECT_EQ(operation("GET", "/api/account", {"account.read"}), "account.read ");
  EXPECT_EQ(operation("GET", "/api/account", {"trips.rfqs"}), "-");
}

TEST(Routes, EveryOperationIsNamedOnce) {
  std::set<std::string> seen;
  std::string names = operation_names(false) + ", ";
  for (std::size_t at = 0; at < names.size();) {
    const std::size_t end = names.find(", ", at);
    const std::string name = names.substr(at, end - at);
    EXPECT_TRUE(is_operation(name));
    EXPECT_TRUE(seen.insert(name).second) << name;
    at = end + 2;
  }
  EXPECT_EQ(operation_names(true).find("account.read"), std::string::npos);
  EXPECT_FALSE(is_operation("x"));
}

// No handler falls over, whatever stands in the path, the query and the body.
TEST(Routes, EveryHandlerBearsHostileInput) {
  const std::vector<std::string> bodies = {"",
                                           "null",
                                           "[]",
                                           "{}",
                                           "1",
                                           "\"x\"",
                                           "{",
                                           std::string(100'000, '['),
                                           std::string(100'000, 'x'),
                                           R"({"message":1})",
                                           R"({"message":{"content":[]}})",
                                           R"({"quote":[]})",
                                           R"({"quote":{"totalPrice":[]}})",
                                           R"({"quote":{"totalPrice":1e308}})",
                                           R"({"segments":[[],{}]})",
                                           R"({"tripId":{}})",
                                           R"({"reason":7})"};
  for (const Route& route : routes()) {
    test::Client client(test::scenario("undocumented = [\"all\"]\n[connection]\nseller = true\nend_client = true"));
    const Samples samples = client.service.samples();
    for (const std::string& id :
         {std::string("x"), std::string("%00"), std::string("atrip-1"), std::string(10'000, '9'), samples.trip_id,
          samples.rfq_id, samples.lift_id, samples.quote_id, samples.seller_message_id, samples.display_id,
          std::string("%ff%fe")}) {
      std::string path = "/api" + std::string(route.path);
      if (const std::size_t at = path.find("{id}"); at != std::string::npos) path.replace(at, 4, id);
      client.now += 60 * test::kSecond;
      for (const std::string& body : bodies) {
        const test::Outcome outcome =
            client.send(client.request(route.method, path + "?page[number]=-1&page[size]=x&fields[x]=%", body));
        EXPECT_GE(outcome.status(), 200);
        EXPECT_FALSE(outcome.json.is_null()) << path << ' ' << body.substr(0, 40);
      }
    }
  }
}

}  // namespace
}  // namespace cvr::sandbox
