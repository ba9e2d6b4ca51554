// Recordings made by hand: raw exchanges with credentials made up at run time, redacted by the real redactor,
// so that what the rules see is what they will see.  The clock of a tape is the vendor's too, unless told.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/redactor.h"
#include "diagnose/diagnosis.h"
#include "diagnose/times.h"
#include "profiles/profile.h"

namespace cvr::diagnose::test {

// Fridays and Mondays of the story; the sandbox is rebuilt on Mondays from 06:00 to 08:00 UTC.
inline constexpr const char* kFriday = "2026-03-13T10:00:00Z";
inline constexpr const char* kMonday = "2026-03-16T09:00:00Z";
inline constexpr const char* kGoodTrip =
    R"({"externalTripId":"J-1","sourcing":true,"criteria":{},"segments":[{"startAirport":{"icao":"KTEB"},)"
    R"("endAirport":{"icao":"KVNY"},"dateTime":{"date":"2026-05-01","time":"10:00"},"paxCount":"4"}]})";
inline constexpr const char* kLegacyTrip =
    R"({"legs":[{"from":"KTEB","to":"KVNY"}],"passengers":4,"externalId":"J-1"})";

std::int64_t us(std::string_view timestamp);

struct Pair {
  std::string token, api;
};
// A JWT of this vendor's claims and a UUID, all random.  `more`: further claims, ",\"exp\":1".
Pair new_pair(std::string_view tenant = "4711", int type = 16, std::string_view more = {});
std::string secret_like(std::string_view tail = {});  // of an OAuth client

// One exchange in the making.
struct Try {
  Interaction raw;
  bool stamped = true;  // gets the timestamp header and the Date of the tape's clock
  bool dated = true;

  Try& header(std::string_view name, std::string_view value);  // in the place of one of that name
  Try& without(std::string_view name);
  Try& body(std::string_view type, std::string_view text);
  Try& answer(int status, std::string_view body = R"({"data":{}})", std::string_view type = "application/json");
  Try& error(int status, std::string_view code, std::string_view title = "Refused");
  Try& answer_header(std::string_view name, std::string_view value);
  Try& fails(FailureKind kind, std::string_view detail = {});
  Try& step(std::string_view name);
  Try& host(std::string_view name);
  Try& flag(std::string_view name);
  Try& took(std::int64_t ms);
};
Try get(std::string_view path_and_query, const Pair& pair);  // below /api; answered 200
Try post(std::string_view path, const Pair& pair, std::string_view json);
// Of the token endpoint, as client_secret_post; answered 200 with `access` when it is not empty, else 401.
Try token_call(std::string_view client, std::string_view secret, std::string_view access, int lifetime_s = 1799);

class Tape {
 public:
  explicit Tape(std::string_view start) : now_us_(us(start)) {}
  Tape& wait(std::int64_t seconds);
  Tape& add(Try one);                                   // and a second goes by
  Tape& again(const Try& one, int times, int seconds);  // with so many seconds between
  Recording recording() const;

  std::uint64_t gaps = 0;
  std::string key;
  std::vector<cassette::Refusal> refusals;
  Arrival arrival = Arrival::kConnect;
  profiles::Privacy privacy = profiles::Privacy::kPii;
  const profiles::Profile* profile = &profiles::avinode();
  std::int64_t offset_us = 0;  // of the recorder's clock against the vendor's

 private:
  std::int64_t now_us_;
  std::vector<Interaction> raw_;
};

// Monday's calls, a second apart.
Tape on_monday(const std::vector<Try>& calls);
inline const Pair kNobody;

// A diagnosis that owns what it points into.
struct Told {
  std::unique_ptr<Recording> after, before;
  Diagnosis diagnosis;

  const Finding& of(std::string_view rule) const;
  bool hit(std::string_view rule) const { return of(rule).is_hit(); }
  Outcome outcome(std::string_view rule) const { return of(rule).outcome; }
  std::vector<std::uint64_t> cited(std::string_view rule) const;  // of the after recording
  const Verdict& verdict() const { return diagnosis.verdict; }
};
Told tell(const Tape& after, const Tape* before = nullptr, const Account* account = nullptr,
          const profiles::Profile& profile = profiles::avinode());

// The Friday on which everything worked, with these credentials.
Tape good_friday(const Pair& pair);
// Monday's calls of the same forms: reference data answers, what a buyer needs is forbidden, over 12 minutes.
Tape lost_permissions(const Pair& pair);

}  // namespace cvr::diagnose::test

// The four answers that a rule's test expects.
#define EXPECT_HIT(told, rule) EXPECT_TRUE((told).hit(rule)) << rule << ": " << (told).of(rule).message
#define EXPECT_CLEAN(told, rule) \
  EXPECT_EQ((told).of(rule).hit, std::optional<bool>(false)) << rule << ": " << (told).of(rule).message
#define EXPECT_OPEN(told, rule) \
  EXPECT_EQ((told).outcome(rule), Outcome::kUnknown) << rule << ": " << (told).of(rule).message
#define EXPECT_MEANINGLESS(told, rule) \
  EXPECT_EQ((told).outcome(rule), Outcome::kNotApplicable) << rule << ": " << (told).of(rule).message
