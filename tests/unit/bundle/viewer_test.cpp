#include "bundle/viewer.h"

#include "evidence_kit.h"

namespace cvr::bundle {
namespace {

using namespace diagnose::test;

TEST(Viewer, HostileBodiesAreText) {
  const Pair pair = new_pair();
  Tape tape(kMonday);
  tape.add(get("/trips/%3Cscript%3E", pair).answer(200, "</div><script>alert(1)</script><img src=x>", "text/html"));
  const auto told = tell(tape);
  Evidence evidence;
  evidence.after = told.after.get();
  evidence.diagnosis = &told.diagnosis;
  const std::string html = viewer_html(evidence, cited(evidence));
  EXPECT_EQ(html.find("<script>alert"), std::string::npos);
  EXPECT_EQ(html.find("<img"), std::string::npos);
  EXPECT_NE(html.find("&lt;script&gt;alert(1)"), std::string::npos);
  EXPECT_NE(html.find("default-src 'none'"), std::string::npos);
}

TEST(Viewer, HoldsEveryCitedInteraction) {
  const auto made = test::make_evidence(test::Monday::kPermissionLost);
  const Cited numbers = cited(made.evidence);
  const std::string html = viewer_html(made.evidence, numbers);
  for (const std::uint64_t n : numbers.after) {
    EXPECT_NE(html.find("&quot;in&quot;:&quot;after&quot;,&quot;n&quot;:" + std::to_string(n) + ","), std::string::npos)
        << n;
  }
}

// A page's data that is no JSON shows nothing at all: what steers a terminal is escaped as JSON does it.
TEST(Viewer, CharactersThatSteerLeaveTheDataJson) {
  for (const char* one : {"\u202a", "\u202e", "\u2066", "\u2069", "\u0085", "\u2028", "\u2029", "\x7f", "\xff"}) {
    Tape tape(kMonday);
    tape.add(get("/rfqs", new_pair()).error(500, "X", std::string("a") + one + "b"));
    const auto told = tell(tape);
    Evidence evidence;
    evidence.after = told.after.get();
    evidence.diagnosis = &told.diagnosis;
    const std::string html = viewer_html(evidence, cited(evidence));
    const std::size_t begin = html.find("<div id=\"data\" hidden>");
    ASSERT_NE(begin, std::string::npos);
    const std::string data = html.substr(begin, html.find("</div>", begin) - begin);
    EXPECT_EQ(data.find("\\x"), std::string::npos) << data;
    // The others are gone before: a body of such bytes is shown in base64, or repaired.
    const bool marks = std::string_view(one).size() > 1;
    EXPECT_EQ(data.find("\\u") != std::string::npos, marks) << data;
  }
}

}  // namespace
}  // namespace cvr::bundle
