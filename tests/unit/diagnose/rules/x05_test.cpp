// What the rule finds, what it does not, what it leaves open, and what could fool it.
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(X05, SixtyDaysWithoutASuccess) {
  const auto since = [](const char* start) {
    Tape before(start);
    before.add(get("/rfqs", new_pair()));
    return tell(on_monday({get("/rfqs", new_pair()).error(401, "X")}), &before);
  };
  EXPECT_HIT(since("2026-01-14T10:00:00Z"), "X05");
  EXPECT_HIT(since("2026-01-15T09:00:00Z"), "X05");
  EXPECT_CLEAN(since("2026-01-15T09:00:01Z"), "X05");
  EXPECT_CLEAN(since(kFriday), "X05");
}

TEST(X05, NoRefusalOrNoSuccess) {
  EXPECT_CLEAN(tell(on_monday({get("/rfqs", new_pair())})), "X05");
  EXPECT_OPEN(tell(on_monday({get("/rfqs", new_pair()).error(401, "X")})), "X05");
}

}  // namespace
}  // namespace cvr::diagnose::test
