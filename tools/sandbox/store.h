// What exists between two weekly rebuilds: trips, RFQs with their lifts, quotes and messages, under
// the ids of FACTS section 5.3.  Ids are unique over all rebuilds, so an id of last week is never
// an id of this week.  Memory is bounded: the oldest trip goes with everything that hangs on it
// when there are kMaxTrips, the oldest RFQ, quote or message when one parent has too many.
// One thread at a time.  Pointers are valid until the next call that adds.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/derivation.h"

namespace cvr::sandbox {

inline constexpr std::size_t kMaxTrips = 1'000;
inline constexpr std::size_t kMaxRfqsOfTrip = 20;
inline constexpr std::size_t kMaxOfRfq = 50;    // quotes; messages
inline constexpr std::size_t kMaxText = 4'096;  // bytes of any stored text; longer ones are cut

struct Segment {
  std::string start_icao, end_icao;
  std::string date, time;
  std::string pax_count;
  bool time_tbd = false;
};

struct Trip {
  std::uint64_t number = 0;
  std::string display_id;  // 6 characters [A-Z0-9]
  std::string external_id;
  std::vector<Segment> segments;  // empty: a legacy form, its deep link opens an empty search
  bool sourcing = false;
  bool canceled = false;
  std::string cancel_reason;
  std::int64_t created_utc_us = 0;
  std::vector<std::uint64_t> rfqs;
};

struct Lift {
  std::uint64_t number = 0;
  std::string type, tail, category;
  int max_pax = 0;
  int speed_kt = 400;
  std::string status;  // Accepted, Declined, Unanswered
  std::vector<std::uint64_t> quotes;
};

struct Rfq {
  std::uint64_t number = 0;
  std::uint64_t trip = 0;
  bool canceled = false;
  std::int64_t created_utc_us = 0;
  std::vector<Lift> lifts;
  std::vector<std::uint64_t> messages;
};

struct Quote {
  std::uint64_t number = 0;
  std::uint64_t rfq = 0;
  std::uint64_t lift = 0;
  std::int64_t price = 0;  // whole units of the currency
  std::string currency = "USD";
  std::string message;
  std::int64_t created_utc_us = 0;
};

struct Message {
  std::uint64_t number = 0;
  bool from_seller = false;
  std::uint64_t rfq = 0;
  std::uint64_t quote = 0;  // 0: none
  std::string text;
  std::int64_t created_utc_us = 0;
};

class Store {
 public:
  // A fresh database of the rebuild `epoch`, with one sourced trip in it when `with_sample`.
  Store(const Derivation& derivation, std::int64_t epoch, bool with_sample);

  Trip& add_trip(Trip draft, std::int64_t now_utc_us);  // number, display id and time are set
  Rfq& add_rfq(Trip& trip, std::int64_t now_utc_us);    // with two unanswered lifts
  Quote& add_quote(Rfq& rfq, Lift& lift, Quote draft, std::int64_t now_utc_us);
  Message& add_message(Rfq& rfq, Message draft, std::int64_t now_utc_us);
  // As if a person had sourced the trip on the website: an RFQ, a quote, a message of the seller.
  void source(Trip& trip, std::int64_t now_utc_us);

  Trip* trip(std::uint64_t number);
  Trip* trip_by_display_id(std::string_view id);
  Rfq* rfq(std::uint64_t number);
  Rfq* rfq_of_lift(std::uint64_t lift_number);
  Quote* quote(std::uint64_t number);
  Message* message(std::uint64_t number, bool from_seller);

  const std::map<std::uint64_t, Trip>& trips() const { return trips_; }
  const std::map<std::uint64_t, Rfq>& rfqs() const { return rfqs_; }
  std::int64_t epoch() const { return epoch_; }
  std::uint64_t base() const { return base_; }  // the first number of every kind of id

 private:
  std::uint64_t next(std::uint64_t& counter) { return base_ + counter++; }
  std::string free_display_id(std::uint64_t number) const;
  Lift make_lift();
  void erase_trip(std::uint64_t number);
  void erase_rfq(std::uint64_t number);

  Derivation derivation_;
  std::int64_t epoch_;
  std::uint64_t base_;
  std::uint64_t trip_count_ = 0, rfq_count_ = 0, lift_count_ = 0, quote_count_ = 0, message_count_ = 0;
  std::map<std::uint64_t, Trip> trips_;
  std::map<std::uint64_t, Rfq> rfqs_;
  std::map<std::uint64_t, std::uint64_t> rfq_of_lift_;
  std::map<std::uint64_t, Quote> quotes_;
  std::map<std::uint64_t, Message> messages_;
  std::map<std::string, std::uint64_t, std::less<>> display_ids_;
};

// The ids of what a fresh database holds, for demonstrations and for "last week's trip".
struct Samples {
  std::string trip_id, display_id, rfq_id, lift_id, quote_id, seller_message_id;
};
Samples samples_of(Store& fresh);

// "atrip-123" -> 123.  `bare`: "123" too.
std::optional<std::uint64_t> parse_id(std::string_view text, std::string_view prefix, bool bare);
bool is_display_id(std::string_view text);
std::string id_of(std::string_view prefix, std::uint64_t number);

inline constexpr std::string_view kTripPrefix = "atrip-";
inline constexpr std::string_view kRfqPrefix = "arfq-";
inline constexpr std::string_view kLiftPrefix = "asellerlift-";
inline constexpr std::string_view kQuotePrefix = "aquote-";
inline constexpr std::string_view kBuyerMessagePrefix = "abuyermsg-";
inline constexpr std::string_view kSellerMessagePrefix = "asellermsg-";

}  // namespace cvr::sandbox
