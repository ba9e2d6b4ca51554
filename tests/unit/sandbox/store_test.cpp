#include "sandbox/store.h"

#include <set>

#include "sandbox/timestamps.h"

namespace cvr::sandbox {
namespace {

constexpr std::int64_t kEpoch = 2'932;

TEST(Store, IdsHaveTheirShape) {
  Store store(Derivation(1), kEpoch, true);
  const Samples samples = samples_of(store);
  EXPECT_TRUE(samples.trip_id.starts_with("atrip-"));
  EXPECT_TRUE(samples.rfq_id.starts_with("arfq-"));
  EXPECT_TRUE(samples.lift_id.starts_with("asellerlift-"));
  EXPECT_TRUE(samples.quote_id.starts_with("aquote-"));
  EXPECT_TRUE(samples.seller_message_id.starts_with("asellermsg-"));
  const std::size_t digits = samples.trip_id.size() - 6;
  EXPECT_TRUE(digits >= 8 && digits <= 10) << samples.trip_id;
  EXPECT_TRUE(is_display_id(samples.display_id));
  EXPECT_GE(samples.display_id[0], 'A');
  EXPECT_EQ(store.trips().begin()->second.created_utc_us, rebuild_start(kEpoch));
}

TEST(Store, IdsOfTwoWeeksAreApart) {
  Store old(Derivation(1), kEpoch - 1, true);
  Store fresh(Derivation(1), kEpoch, true);
  Store again(Derivation(1), kEpoch - 1, true);
  EXPECT_NE(samples_of(old).trip_id, samples_of(fresh).trip_id);
  EXPECT_NE(samples_of(old).display_id, samples_of(fresh).display_id);
  EXPECT_EQ(samples_of(old).trip_id, samples_of(again).trip_id);
}

TEST(Store, ParsesIds) {
  EXPECT_EQ(parse_id("atrip-123", kTripPrefix, false), 123u);
  EXPECT_EQ(parse_id("123", kTripPrefix, true), 123u);
  for (const char* text : {"123", "atrip-", "atrip-0", "atrip-01", "atrip-1x", "ATRIP-1", "atrip--1", "atrip-+1", "",
                           "arfq-1", "atrip-99999999999999999999", "atrip-1 "}) {
    EXPECT_FALSE(parse_id(text, kTripPrefix, false)) << text;
  }
  EXPECT_TRUE(is_display_id("A1B2C3"));
  for (const char* text : {"A1B2C", "A1B2C34", "a1B2C3", "A1B2-3", ""}) EXPECT_FALSE(is_display_id(text)) << text;
}

TEST(Store, FindsWhatItMade) {
  Store store(Derivation(3), kEpoch, false);
  Trip& trip = store.add_trip({}, 5);
  store.source(trip, 6);
  EXPECT_EQ(store.trip(trip.number), &trip);
  EXPECT_EQ(store.trip_by_display_id(trip.display_id), &trip);
  Rfq* rfq = store.rfq(trip.rfqs.at(0));
  ASSERT_NE(rfq, nullptr);
  EXPECT_EQ(rfq->lifts.size(), 2u);
  EXPECT_EQ(rfq->lifts[0].status, "Accepted");
  EXPECT_EQ(rfq->lifts[1].status, "Unanswered");
  EXPECT_EQ(store.rfq_of_lift(rfq->lifts[1].number), rfq);
  EXPECT_NE(store.quote(rfq->lifts[0].quotes.at(0)), nullptr);
  EXPECT_NE(store.message(rfq->messages.at(0), true), nullptr);
  EXPECT_EQ(store.message(rfq->messages.at(0), false), nullptr);
  EXPECT_EQ(store.trip(1), nullptr);
  EXPECT_EQ(store.rfq(1), nullptr);
  EXPECT_EQ(store.quote(1), nullptr);
  EXPECT_EQ(store.rfq_of_lift(1), nullptr);
  EXPECT_EQ(store.trip_by_display_id("NOBODY"), nullptr);
}

TEST(Store, IsBounded) {
  Store store(Derivation(3), kEpoch, false);
  const std::uint64_t first = store.add_trip({}, 0).number;
  store.source(*store.trip(first), 0);
  const std::uint64_t first_rfq = store.trip(first)->rfqs.at(0);
  const std::string first_display = store.trip(first)->display_id;
  std::set<std::string> displays;
  for (std::size_t i = 0; i < kMaxTrips; ++i) displays.insert(store.add_trip({}, 0).display_id);
  EXPECT_EQ(displays.size(), kMaxTrips);
  EXPECT_EQ(store.trips().size(), kMaxTrips);
  EXPECT_EQ(store.trip(first), nullptr);
  EXPECT_EQ(store.rfq(first_rfq), nullptr);
  EXPECT_EQ(store.trip_by_display_id(first_display), nullptr);

  Trip& trip = store.add_trip({}, 0);
  for (int i = 0; i < 100; ++i) store.add_rfq(trip, 0);
  EXPECT_EQ(trip.rfqs.size(), kMaxRfqsOfTrip);
  EXPECT_EQ(store.rfqs().size(), kMaxRfqsOfTrip);
  Rfq& rfq = *store.rfq(trip.rfqs.back());
  Message message;
  message.text = std::string(100'000, 'x');
  for (int i = 0; i < 200; ++i) EXPECT_LE(store.add_message(rfq, message, 0).text.size(), kMaxText);
  EXPECT_EQ(rfq.messages.size(), kMaxOfRfq);
  for (int i = 0; i < 200; ++i) store.add_quote(rfq, rfq.lifts[0], {}, 0);
  EXPECT_EQ(rfq.lifts[0].quotes.size(), kMaxOfRfq);
}

}  // namespace
}  // namespace cvr::sandbox
