#include "diagnose/named_ids.h"

#include "kit.h"

namespace cvr::diagnose::test {
namespace {

std::vector<std::string> ids_of(const Try& one) {
  const Told told = tell(on_monday({one}));
  return named_ids(*told.diagnosis.facts->after().front(), profiles::avinode());
}

TEST(NamedIds, PathQueryAndBodyEachOnce) {
  const Pair pair = new_pair();
  EXPECT_EQ(ids_of(get("/trips/atrip-1", pair)).size(), 1u);
  EXPECT_EQ(ids_of(get("/rfqs?tripId=atrip-1&x=atrip-1", pair)).size(), 1u);
  EXPECT_EQ(ids_of(post("/rfqs", pair, R"({"a":{"b":["arfq-1","aquote-22"]},"tripId":"A1B2C3"})")).size(), 3u);
  EXPECT_TRUE(ids_of(post("/rfqs", pair, R"({"tail":"A1B2C3","n":17,"broken)")).empty());
  EXPECT_TRUE(ids_of(post("/rfqs", pair, "")).empty());
}

TEST(NamedIds, MoreThanAnybodyCountsAreCut) {
  std::string body = "[";
  for (int i = 0; i < 5'000; ++i) body += "\"atrip-" + std::to_string(i) + "\",";
  EXPECT_LE(ids_of(post("/rfqs", new_pair(), body + "1]")).size(), 200u);
}

}  // namespace
}  // namespace cvr::diagnose::test
