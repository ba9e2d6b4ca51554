#include "diagnose/report_text.h"

#include "kit.h"
#include "support/golden.h"

namespace cvr::diagnose::test {
namespace {

std::string text_of(const Told& told) { return to_text(told.diagnosis, {}); }

TEST(ReportText, AccountFault) {
  const Tape before = good_friday(new_pair());
  cvr::test::expect_golden("diagnose/account.txt", text_of(tell(lost_permissions(new_pair()), &before)));
}

TEST(ReportText, MixedFaults) {
  const Pair old = new_pair();
  const Tape before = good_friday(old);
  Tape after = lost_permissions(new_pair());
  after.add(post("/trips", old, kLegacyTrip).error(500, "ERR_INTERNAL_CRITICAL"));
  after.add(get("/rfqs/77", new_pair()).without("X-Avinode-SentTimestamp").error(400, "ERR_INPUT_MISSING"));
  cvr::test::expect_golden("diagnose/mixed.txt", text_of(tell(after, &before)));
}

TEST(ReportText, NothingOnRecord) { cvr::test::expect_golden("diagnose/empty.txt", text_of(tell(on_monday({})))); }

// What is recorded is hostile: nothing of it moves the cursor.
TEST(ReportText, ControlCharactersAreEscaped) {
  Tape before(kFriday);
  before.add(post("/rfqs", new_pair(), R"({"a\u001b[31m":1})")).add(get("/x%1b[2J", new_pair()));
  const Told told = tell(on_monday({post("/rfqs", new_pair(), R"({"b\u001b[31m":1})").error(500, "X"),
                                    get("/x%1b[2J", new_pair()).error(500, "X")}),
                         &before);
  EXPECT_EQ(text_of(told).find('\x1b'), std::string::npos);
  EXPECT_NE(to_text(told.diagnosis, {.colour = true}).find("\x1b[1;33mNOT PROVEN"), std::string::npos);
}

}  // namespace
}  // namespace cvr::diagnose::test
