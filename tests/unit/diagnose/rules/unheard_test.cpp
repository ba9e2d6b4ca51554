#include "diagnose/rules/unheard.h"

#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(Unheard, ByKindAndHostAndInAFewWords) {
  Tape tape = on_monday({get("/rfqs", new_pair())});
  const std::string gate(cassette::kRefusedByGate);
  tape.refusals = {{us(kMonday), gate, "", "a"},
                   {us(kMonday), gate, "sandbox.avinode.com", "b"},
                   {us(kFriday), gate, "sandbox.avinode.com", "c"},
                   {us(kFriday), "another", "sandbox.avinode.com", "d"},
                   {us(kFriday), gate, "elsewhere.test", "e"}};
  const Told all = tell(tape);
  const Facts& facts = *all.diagnosis.facts;
  EXPECT_EQ(facts.refusals().size(), 4U);
  ASSERT_EQ(refusals_of(facts, gate, Host::kKnown).size(), 2U);
  EXPECT_EQ(refusals_of(facts, gate, Host::kUnknown).size(), 1U);
  EXPECT_EQ(told(refusals_of(facts, gate, Host::kKnown), "message"),
            "2 messages for sandbox.avinode.com (" + utc_text(us(kMonday)) + ": b)");
}

}  // namespace
}  // namespace cvr::diagnose::test
