#include "diagnose/normal_form.h"

#include "kit.h"

namespace cvr::diagnose::test {
namespace {

NormalForm form(const Try& one) {
  Tape tape(kMonday);
  const Recording r = tape.add(one).recording();
  const RedactedParts& parts = *r.interactions.front();
  return normal_form(parts.request, read_credential(parts, profiles::avinode().diagnosis), profiles::avinode());
}
Sameness same(const Try& a, const Try& b) { return compare(form(a), form(b)).sameness; }

TEST(NormalForm, IdenticalVolatileOrDifferent) {
  const Pair pair = new_pair();
  const Try call = get("/trips/atrip-1?limit=2", pair);
  EXPECT_EQ(same(call, call), Sameness::kIdentical);
  EXPECT_EQ(same(call, Try(call).header("User-Agent", "x")), Sameness::kVolatileOnly);
  EXPECT_EQ(same(call, get("/trips/atrip-2?limit=2", pair)), Sameness::kVolatileOnly);
  EXPECT_EQ(same(call, get("/trips/atrip-1?limit=2", new_pair())), Sameness::kVolatileOnly);
  EXPECT_EQ(same(call, get("/trips/atrip-1?limit=3", pair)), Sameness::kDifferent);
  EXPECT_EQ(same(call, get("/trips/1?limit=2", pair)), Sameness::kDifferent);
  EXPECT_EQ(same(call, Try(call).host("services.avinode.com")), Sameness::kDifferent);
  EXPECT_EQ(same(call, Try(call).header("Accept", "text/html")), Sameness::kDifferent);
  EXPECT_EQ(same(call, Try(call).without("X-Avinode-ApiToken")), Sameness::kDifferent);
}

TEST(NormalForm, CredentialsByKindAndClaims) {
  EXPECT_EQ(same(get("/rfqs", new_pair("1")), get("/rfqs", new_pair("2"))), Sameness::kDifferent);
  EXPECT_EQ(same(get("/rfqs", new_pair("1", 15)), get("/rfqs", new_pair("1", 16))), Sameness::kDifferent);
  EXPECT_EQ(same(get("/rfqs", new_pair("1")), get("/rfqs", new_pair("1"))), Sameness::kVolatileOnly);
}

TEST(NormalForm, JsonInCanonicalOrderWithNumbersUntouched) {
  const Pair pair = new_pair();
  const auto body = [&](const char* text) { return post("/rfqs", pair, text); };
  EXPECT_EQ(same(body(R"({"a":1,"b":2})"), body(R"({ "b":2, "a":1 })")), Sameness::kIdentical);
  EXPECT_EQ(same(body(R"({"a":1})"), body(R"({"a":1.0})")), Sameness::kDifferent);
  EXPECT_EQ(same(body(R"({"a":1})"), body(R"({"a":"1"})")), Sameness::kDifferent);
  EXPECT_EQ(same(body(R"({"a":[1,2]})"), body(R"({"a":[2,1]})")), Sameness::kDifferent);
  EXPECT_EQ(same(body(R"({"date":"2026-05-01"})"), body(R"({"date":"2026-06-01"})")), Sameness::kVolatileOnly);
  EXPECT_EQ(same(body(R"({"externalTripId":"J-1"})"), body(R"({"externalTripId":"J-2"})")), Sameness::kVolatileOnly);
  EXPECT_EQ(same(body(R"({"a":{}})"), body(R"({"a":[]})")), Sameness::kDifferent);
}

// Which of two ids stands where counts, though not which ids they are.
TEST(NormalForm, AnObjectOfNumbersIsNoArray) {
  const Pair pair = new_pair();
  const auto body = [&](const char* text) { return post("/trips", pair, text); };
  EXPECT_EQ(same(body(R"({"segments":[{"a":"x"}]})"), body(R"({"segments":{"0":{"a":"x"}}})")), Sameness::kDifferent);
  EXPECT_EQ(same(body(R"({"segments":{"0":{"a":"x"}}})"), body(R"({"segments":{"0":{"a":"x"}}})")),
            Sameness::kIdentical);
}

TEST(NormalForm, IdsByFirstOccurrence) {
  const Pair pair = new_pair();
  const auto two = [&](const char* a, const char* b) {
    return post("/trips/" + std::string(a), pair, R"({"of":")" + std::string(b) + "\"}");
  };
  EXPECT_EQ(same(two("atrip-1", "atrip-1"), two("atrip-2", "atrip-2")), Sameness::kVolatileOnly);
  EXPECT_EQ(same(two("atrip-1", "atrip-1"), two("atrip-2", "atrip-3")), Sameness::kDifferent);
}

TEST(NormalForm, DifferencesAreToldAndBounded) {
  const Pair pair = new_pair();
  std::string many = "{";
  for (int i = 0; i < 200; ++i) many += "\"k" + std::to_string(i) + "\":1,";
  const Comparison c = compare(form(post("/rfqs", pair, R"({"old":1})")), form(post("/rfqs", pair, many + "\"z\":1}")));
  EXPECT_EQ(c.count, 202u);
  EXPECT_EQ(c.differences.size(), kMostDifferences);
  EXPECT_NE(places_text(c).find("and 199 more"), std::string::npos) << places_text(c);
}

TEST(NormalForm, HostileRequests) {
  const Pair pair = new_pair();
  std::string pairs;
  for (int i = 0; i < 50'000; ++i) pairs += "a=1&";
  EXPECT_LT(form(get("/rfqs?" + pairs, pair)).parts.size(), 50u);
  EXPECT_LT(form(post("/x", pair, "").body("application/x-www-form-urlencoded", pairs)).parts.size(), 50u);
  EXPECT_LT(form(get(std::string(10'000, '/'), pair)).parts.size(), 300u);
}

TEST(NormalForm, WhatIsNotHopByHopCounts) {
  const Try call = get("/rfqs", new_pair());
  EXPECT_EQ(same(call, Try(call).header("Host", "services.avinode.com")), Sameness::kDifferent);
  EXPECT_EQ(same(call, Try(call).header("Cookie", "AVI_JWT=x; a=1")), Sameness::kDifferent);
  EXPECT_EQ(same(Try(call).header("Cookie", "a=1; b=2"), Try(call).header("Cookie", "b=3;a=4")), Sameness::kIdentical);
  EXPECT_EQ(same(call, Try(call).header("Content-Encoding", "gzip")), Sameness::kDifferent);
}

TEST(NormalForm, AnEmptyTextIsNoOtherText) {
  const Pair pair = new_pair();
  const auto body = [&](const char* text) { return post("/trips", pair, text); };
  EXPECT_EQ(same(body(R"({"externalTripId":""})"), body(R"({"externalTripId":"J-1"})")), Sameness::kDifferent);
  EXPECT_EQ(same(body(R"({"externalTripId":null})"), body(R"({"externalTripId":7})")), Sameness::kDifferent);
  EXPECT_EQ(same(body(R"({"externalTripId":8})"), body(R"({"externalTripId":7})")), Sameness::kVolatileOnly);
}

// What volatile fields hold, of which the client's choice is a part: ids, but neither clock nor credentials.
TEST(NormalForm, ValuesAreTheClientsChoice) {
  const Try call = get("/trips/atrip-1", new_pair());
  EXPECT_EQ(form(call).values, form(get("/trips/atrip-1", new_pair())).values);
  EXPECT_EQ(form(call).values, form(Try(call).header("X-Avinode-SentTimestamp", "2026-03-16T09:00:01Z")).values);
  EXPECT_NE(form(call).values, form(get("/trips/atrip-2", new_pair())).values);
  const auto on = [](const char* day) {
    return form(post("/trips", kNobody, R"({"date":")" + std::string(day) + R"(","externalTripId":"J"})"));
  };
  EXPECT_EQ(on("2026-05-01").values, on("2026-05-02").values);
  EXPECT_EQ(on("2026-05-01").dates, std::vector<std::int64_t>{us("2026-05-01T00:00Z")});
}

}  // namespace
}  // namespace cvr::diagnose::test
