#include "sandbox/endpoints/trip_request.h"

#include "unit/sandbox/client.h"

namespace cvr::sandbox {
namespace {

std::string kind_of(std::string_view body, const Gaps& gaps = {}) {
  const auto request = parse_trip_request(body, gaps);
  return request ? "ok" : std::string(name_of(request.error()));
}

// One segment with some of its text replaced.
std::string segment(std::string_view from, std::string_view to) {
  std::string text = test::trip_body();
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(TripRequest, TheWorkingForm) {
  const auto request = parse_trip_request(test::trip_body(), {});
  ASSERT_TRUE(request);
  EXPECT_EQ(request->draft.external_id, "EXT-1");
  EXPECT_TRUE(request->draft.sourcing);
  ASSERT_EQ(request->draft.segments.size(), 1u);
  const Segment& first = request->draft.segments[0];
  EXPECT_EQ(first.start_icao, "KTEB");
  EXPECT_EQ(first.end_icao, "KVNY");
  EXPECT_EQ(first.date, "2026-04-01");
  EXPECT_EQ(first.time, "10:00");
  EXPECT_EQ(first.pax_count, "4");
  EXPECT_TRUE(request->soft_errors.empty());
}

TEST(TripRequest, WrongFormsThatClientsSent) {  // FACTS section 6.2
  EXPECT_EQ(kind_of(R"({"legs":[],"passengers":4,"externalId":"x","notes":""})"), "wrong_body");
  EXPECT_EQ(kind_of(R"({"departure":"KTEB","arrival":"KVNY","pax":4,"postToTripBoard":false})"), "wrong_body");
  EXPECT_EQ(kind_of(R"({"departure":"KTEB","arrival":"KVNY","pax":4,"postToTripBoard":true})"), "unsupported_flag");
  EXPECT_EQ(kind_of(R"({"route":["KTEB","KVNY"],"passengers":4})"), "wrong_body");
  EXPECT_EQ(kind_of(R"({"sourcing":true,"criteria":{"startAirport":"KTEB","endAirport":"KVNY","passengers":4}})"),
            "ok");
  EXPECT_EQ(kind_of(R"({"criteria":{"legs":[],"pax":4}})"), "ok");
  EXPECT_EQ(kind_of(test::trip_body(R"(,"postToTripBoard":true)")), "unsupported_flag");
  EXPECT_EQ(kind_of("{}"), "wrong_body");
  EXPECT_EQ(kind_of(R"({"sourcing":true,"criteria":{}})"), "wrong_body");
}

TEST(TripRequest, EmptyTextInRequiredLift) {
  const auto with = [](const char* lift) {
    return segment(R"("criteria":{})", R"("criteria":{"requiredLift":)" + std::string(lift) + "}");
  };
  EXPECT_EQ(kind_of(with(R"([{"aircraftCategory":"","aircraftType":"","aircraftTail":""}])")), "lift_invalid");
  EXPECT_EQ(kind_of(with(R"([{"aircraftCategory":"Heavy jet"},{"aircraftTail":""}])")), "lift_invalid");
  EXPECT_EQ(kind_of(with(R"([{"aircraftCategory":"Heavy jet"}])")), "ok");
  EXPECT_EQ(kind_of(with("[]")), "ok");
  EXPECT_EQ(kind_of(with("{}")), "wrong_body");
  EXPECT_EQ(kind_of(with("[1]")), "wrong_body");
}

TEST(TripRequest, NotJson) {
  for (const char* body : {"", "x", "[]", "1", "null", "\"x\"", "{", R"({"a":})"}) {
    EXPECT_EQ(kind_of(body), "malformed_request") << body;
  }
  EXPECT_EQ(kind_of(R"({"segments":)" + std::string(1'000, '[') + std::string(1'000, ']') + "}"), "malformed_request");
}

TEST(TripRequest, WrongTypesEverywhere) {
  EXPECT_EQ(kind_of(segment(R"("EXT-1")", "7")), "ok");
  EXPECT_EQ(kind_of(segment(R"("EXT-1")", "{}")), "wrong_body");
  EXPECT_EQ(kind_of(segment(R"("sourcing":true)", R"("sourcing":"yes")")), "wrong_body");
  EXPECT_EQ(kind_of(segment(R"("criteria":{})", R"("criteria":[])")), "wrong_body");
  EXPECT_EQ(kind_of(segment(R"({"icao":"KTEB"})", R"("KTEB")")), "wrong_body");
  EXPECT_EQ(kind_of(segment(R"({"icao":"KTEB"})", "{}")), "wrong_body");
  EXPECT_EQ(kind_of(segment(R"({"icao":"KTEB"})", R"({"icao":7})")), "wrong_body");
  EXPECT_EQ(kind_of(segment(R"("2026-04-01")", R"("01/04/2026")")), "wrong_body");
  EXPECT_EQ(kind_of(segment(R"("2026-04-01")", "20260401")), "wrong_body");
  EXPECT_EQ(kind_of(segment(R"("10:00")", R"("10am")")), "wrong_body");
  EXPECT_EQ(kind_of(segment(R"("departure":true)", R"("departure":1)")), "wrong_body");
  EXPECT_EQ(kind_of(segment(R"("paxCount":"4")", R"("paxCount":"four")")), "wrong_body");
  EXPECT_EQ(kind_of(segment(R"("paxCount":"4")", R"("paxCount":"-4")")), "wrong_body");
  EXPECT_EQ(kind_of(segment(R"("paxCount":"4")", R"("paxCount":true)")), "wrong_body");
  EXPECT_EQ(kind_of(segment(R"("paxCount":"4")", R"("paxCount":4)")), "ok");
  EXPECT_EQ(kind_of(segment(R"("paxCount":"4")", R"("paxCount":4.5)")), "wrong_body");
  EXPECT_EQ(kind_of(segment(R"("paxCount":"4")", R"("paxTBD":true)")), "ok");
  EXPECT_EQ(kind_of(test::trip_body(R"(,"postToTripBoard":"true")")), "wrong_body");
  EXPECT_EQ(kind_of(R"({"segments":[]})"), "wrong_body");
  EXPECT_EQ(kind_of(R"({"segments":{}})"), "wrong_body");
  EXPECT_EQ(kind_of(R"({"segments":[1]})"), "wrong_body");
  std::string many = R"({"segments":[1)";
  for (std::size_t i = 0; i < 300'000; ++i) many += ",1";
  EXPECT_EQ(kind_of(many + "]}"), "wrong_body");
}

TEST(TripRequest, UnknownAirportsAreSoftErrors) {
  const auto request = parse_trip_request(segment("KVNY", "ZZZZ"), {});
  ASSERT_TRUE(request);
  ASSERT_EQ(request->soft_errors.size(), 1u);
  EXPECT_EQ(request->soft_errors[0].kind, ErrorKind::kEndAirportInvalid);
  EXPECT_EQ(request->soft_errors[0].path, "segments[0].endAirport");
  EXPECT_EQ(parse_trip_request(segment("KTEB", ""), {})->soft_errors[0].kind, ErrorKind::kStartAirportInvalid);
  EXPECT_TRUE(parse_trip_request(segment("KVNY", "LFXX"), {})->soft_errors.empty());
  EXPECT_EQ(parse_trip_request(segment(R"({"icao":"KVNY"})", R"({"iata":"VNY"})"), {})->draft.segments[0].end_icao,
            "KVNY");
  EXPECT_EQ(parse_trip_request(segment(R"({"icao":"KVNY"})", R"({"iata":"???"})"), {})->soft_errors.size(), 1u);
}

TEST(TripRequest, Gaps) {
  EXPECT_EQ(kind_of(segment(R"(,"criteria":{})", "")), "ok");
  EXPECT_EQ(kind_of(segment(R"(,"criteria":{})", ""), {.criteria_required = true}), "wrong_body");
  EXPECT_EQ(kind_of(segment(R"("sourcing":true,)", "")), "ok");
  EXPECT_EQ(kind_of(segment(R"("sourcing":true,)", ""), {.sourcing_required = true}), "wrong_body");
  EXPECT_EQ(kind_of(segment(R"("paxCount":"4")", R"("paxCount":4)"), {.pax_count_must_be_text = true}), "wrong_body");
}

}  // namespace
}  // namespace cvr::sandbox
