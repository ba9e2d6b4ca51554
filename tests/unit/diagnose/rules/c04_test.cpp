// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

Try stamped(const char* timestamp) { return get("/rfqs", new_pair()).header("X-Avinode-SentTimestamp", timestamp); }

TEST(C04, FiveMinutesAreAllowedAndNoSecondMore) {
  EXPECT_CLEAN(tell(on_monday({stamped("2026-03-16T09:05:00Z")})), "C04");
  EXPECT_CLEAN(tell(on_monday({stamped("2026-03-16T08:55:00Z")})), "C04");
  EXPECT_HIT(tell(on_monday({stamped("2026-03-16T09:05:01Z")})), "C04");
  EXPECT_HIT(tell(on_monday({stamped("2026-03-16T08:54:59Z")})), "C04");
}

TEST(C04, OffsetsAreHonoured) {
  for (const char* good :
       {"2026-03-16T10:00:00+01:00", "2026-03-16T01:00-0800", "2026-03-16T09:00Z", "2026-03-16T09:00:00.000Z"}) {
    EXPECT_CLEAN(tell(on_monday({stamped(good)})), "C04");
  }
  EXPECT_HIT(tell(on_monday({stamped("2026-03-16T09:00:00+01:00")})), "C04");
}

TEST(C04, MissingAndBadForms) {
  for (const char* bad : {"", "2026-03-16T09:00:00", "16.03.2026 09:00", "1773651600", "2026-13-16T09:00:00Z"}) {
    EXPECT_HIT(tell(on_monday({stamped(bad)})), "C04");
  }
  EXPECT_HIT(tell(on_monday({get("/rfqs", new_pair()).without("X-Avinode-SentTimestamp")})), "C04");
}

TEST(C04, WithoutADateNothingCanBeCompared) {
  EXPECT_OPEN(tell(on_monday({get("/rfqs", new_pair()).without("Date")})), "C04");
  EXPECT_HIT(tell(on_monday({stamped("nonsense").without("Date")})), "C04");
}

// The vendor's clock counts, however wrong the recorder's is.
TEST(C04, ARecorderWithAWrongClockChangesNothing) {
  Tape tape(kMonday);
  tape.offset_us = -7 * kHour;
  tape.add(get("/rfqs", new_pair()));
  EXPECT_CLEAN(tell(tape), "C04");
}

// The recorder's clock, set right by the Dates of other answers, does for those without.
TEST(C04, AnAnswerWithoutADateIsJudgedByTheOthers) {
  const Pair pair = new_pair();
  for (const std::int64_t offset : {std::int64_t{0}, -7 * kHour}) {
    const auto told = [&](const char* timestamp) {
      Tape tape(kMonday);
      tape.offset_us = offset;
      tape.add(get("/rfqs", pair));
      tape.add(stamped(timestamp).error(403, "X").without("Date"));
      return tell(tape);
    };
    EXPECT_HIT(told("2026-03-16T06:00:00Z"), "C04");
    EXPECT_HIT(told("2026-03-16T09:06:00Z"), "C04");
    EXPECT_CLEAN(told("2026-03-16T09:00:03Z"), "C04");
  }
}

TEST(C04, TwoTimestampsAreNone) {
  Try twice = stamped("2026-03-16T09:00:00Z");
  twice.raw.request.fields.push_back({"X-Avinode-SentTimestamp", "2025-01-01T00:00:00Z"});
  EXPECT_HIT(tell(on_monday({twice})), "C04");
}

}  // namespace
}  // namespace cvr::diagnose::test
