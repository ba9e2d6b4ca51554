// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(G09, ARefusedCertificateIsAFault) {
  EXPECT_HIT(tell(on_monday({get("/rfqs", new_pair()).flag(kFlagCertificateRefused)})), "G09");
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair())})), "G09");
  EXPECT_OPEN(tell(on_monday({})), "G09");
  Tape imported(kMonday);
  imported.arrival = Arrival::kImport;
  imported.add(get("/rfqs", new_pair()));
  EXPECT_MEANINGLESS(tell(imported), "G09");
}

Tape with_refusal(std::string host, std::string_view kind) {
  Tape out = lost_permissions(new_pair());
  out.refusals.push_back({us(kMonday), std::string(kind), std::move(host), "tlsv1 alert unknown ca"});
  return out;
}

TEST(G09, AClientThatNeverGotSoFarAsACallIsAFault) {
  const Tape before = good_friday(new_pair());
  const Told told = tell(with_refusal("sandbox.avinode.com", cassette::kRefusedCertificate), &before);
  EXPECT_EQ(told.outcome("G09"), Outcome::kFail);
  EXPECT_NE(told.of("G09").message.find("unknown ca"), std::string::npos);
  EXPECT_EQ(told.verdict().level, Level::kNotProven);
  EXPECT_EQ(told.verdict().capped_by, std::vector<std::string_view>{"G09"});
}

TEST(G09, OneThatLeftWithoutAWordLeavesItOpen) {
  EXPECT_OPEN(tell(with_refusal("sandbox.avinode.com", cassette::kLeftHandshake)), "G09");
  EXPECT_CLEAN(tell(with_refusal("api.github.com", cassette::kLeftHandshake)), "G09");
  EXPECT_CLEAN(tell(with_refusal("api.github.com", cassette::kRefusedCertificate)), "G09");
  EXPECT_CLEAN(tell(with_refusal("sandbox.avinode.com", cassette::kRefusedByGate)), "G09");
}

}  // namespace
}  // namespace cvr::diagnose::test
