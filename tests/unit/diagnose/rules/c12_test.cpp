// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(C12, WhatTheGateRefusedIsAFault) {
  EXPECT_HIT(tell(on_monday({get("/rfqs", new_pair()).flag(kFlagGateRefused)})), "C12");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair())})), "C12");
  EXPECT_OPEN(tell(on_monday({})), "C12");
}

TEST(C12, ImportedRecordingsDidNotPassIt) {
  Tape tape = on_monday({get("/rfqs", new_pair())});
  EXPECT_CLEAN(tell(tape), "C12");
  Tape imported(kMonday);
  imported.arrival = Arrival::kImport;
  imported.add(get("/rfqs", new_pair()));
  EXPECT_MEANINGLESS(tell(imported), "C12");
}

Tape refused_by_gate(std::string host, std::string_view kind = cassette::kRefusedByGate) {
  Tape out = on_monday({get("/rfqs", new_pair()).error(403, "NOT_AUTHORIZED")});
  out.refusals.push_back({us(kMonday), std::string(kind), std::move(host), "a line ends in LF without CR"});
  return out;
}

TEST(C12, WhatIsOnRecordAsARefusalOnlyIsAFaultToo) {
  const Told told = tell(refused_by_gate("sandbox.avinode.com"));
  EXPECT_EQ(told.outcome("C12"), Outcome::kFail);
  EXPECT_NE(told.of("C12").message.find("1 message for sandbox.avinode.com (2026-03-16T09:00:00"), std::string::npos)
      << told.of("C12").message;
  EXPECT_NE(told.of("C12").message.find("a line ends in LF"), std::string::npos);
  EXPECT_EQ(told.verdict().level, Level::kNotProven);
  // With nothing else on record as well.
  Tape alone = on_monday({});
  alone.refusals = refused_by_gate("sandbox.avinode.com").refusals;
  EXPECT_HIT(tell(alone), "C12");
}

TEST(C12, AHostThatCouldNotBeReadIsAWarning) { EXPECT_EQ(tell(refused_by_gate("")).outcome("C12"), Outcome::kWarn); }

TEST(C12, OtherHostsOtherKindsAndEarlierRecordingsAreNotMeant) {
  EXPECT_CLEAN(tell(refused_by_gate("api.github.com")), "C12");
  EXPECT_CLEAN(tell(refused_by_gate("sandbox.avinode.com", "of tomorrow")), "C12");
  const Tape before = refused_by_gate("sandbox.avinode.com");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair())}), &before), "C12");
}

TEST(C12, WhatARefusalSaysIsPrintable) {
  Tape tape = refused_by_gate("sandbox.avinode.com");
  tape.refusals[0].reason = "\x1b[31m" + std::string(5000, 'x');
  const std::string message = tell(tape).of("C12").message;
  EXPECT_EQ(message.find('\x1b'), std::string::npos);
  EXPECT_LT(message.size(), 400U);
}

}  // namespace
}  // namespace cvr::diagnose::test
