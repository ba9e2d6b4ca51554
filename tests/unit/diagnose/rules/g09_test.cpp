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

}  // namespace
}  // namespace cvr::diagnose::test
