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

}  // namespace
}  // namespace cvr::diagnose::test
