#include "evidence_kit.h"

#include "base/base64.h"
#include "support/golden.h"

namespace cvr::bundle::test {
namespace {

using namespace diagnose::test;

constexpr const char* kCase = CVR_SOURCE_DIR "/tests/e2e/bundle/case.toml";

Pair fixed_pair(char mark) {
  constexpr std::string_view claims = R"({"avitype":16,"avitenant":4711,"iss":"avinode"})";
  std::string token = base64url_encode(R"({"alg":"RS256","typ":"JWT"})");
  token.append(".").append(base64url_encode(claims)).append(".").append(base64url_encode(std::string(64, mark)));
  std::string api = "00000000-0000-4000-8000-000000000000";
  for (const std::size_t at : {0UL, 9UL, 24UL}) api[at] = mark;
  return {token, api};
}

}  // namespace

Made make_evidence(Monday which, bool with_case) {
  const Pair friday_pair = fixed_pair('a'), monday_pair = fixed_pair('b');
  const Tape friday = good_friday(friday_pair);
  Tape monday(kMonday);
  if (which == Monday::kOnceForbidden) monday.add(post("/trips", monday_pair, kGoodTrip).error(403, "NOT_AUTHORIZED"));
  if (which != Monday::kNothing && which != Monday::kOnceForbidden) monday = lost_permissions(monday_pair);
  if (which == Monday::kOurFault) monday.add(post("/trips", monday_pair, kLegacyTrip).error(403, "NOT_AUTHORIZED"));
  if (which == Monday::kRecovered) {
    monday.wait(600).add(post("/trips", monday_pair, kGoodTrip)).add(get("/rfqs/arfq-77", monday_pair));
  }
  Made out;
  out.told = tell(monday, which == Monday::kNothing ? nullptr : &friday);
  if (with_case) {
    auto read = diagnose::parse_case(cvr::test::read_file(kCase), "case.toml");
    EXPECT_TRUE(read);
    out.the_case = std::make_unique<diagnose::Case>(*std::move(read));
  }
  Evidence& e = out.evidence;
  e.after = out.told.after.get();
  e.before = out.told.before.get();
  e.diagnosis = &out.told.diagnosis;
  e.profile = &profiles::avinode();
  e.the_case = out.the_case.get();
  e.sources = {{"monday.cvr", diagnose::In::kAfter, out.told.after->interactions.size(), std::string(64, '0')}};
  e.attachments = {{"notes.txt", "We tried.\n", "Notes | of the <test>", "text, searched for known secrets", true}};
  e.now_us = us("2026-03-17T12:00:00Z");
  e.id = "0123456789abcdef";
  return out;
}

}  // namespace cvr::bundle::test
