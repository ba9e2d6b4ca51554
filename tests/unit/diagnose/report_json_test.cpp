#include "diagnose/report_json.h"

#include <algorithm>

#include "diagnose/json_leaves.h"
#include "kit.h"

namespace cvr::diagnose::test {
namespace {

// tests/e2e validates the whole by the schema; here is what its readers rely on.
TEST(ReportJson, OneObjectWithEveryRuleOnce) {
  const Tape before = good_friday(new_pair());
  const std::string text = to_json(tell(lost_permissions(new_pair()), &before).diagnosis);
  const JsonLeaves read = read_json(text);
  ASSERT_EQ(read.read, JsonRead::kGood);
  EXPECT_EQ(std::ranges::count(text, '\n'), 1);
  const auto value = [&](std::string_view pointer) {
    const auto found = std::ranges::find(read.leaves, pointer, &JsonLeaf::pointer);
    return found == read.leaves.end() ? std::string("absent") : found->text;
  };
  EXPECT_EQ(value("/schema"), "cvr.diagnosis/1");
  EXPECT_EQ(value("/inputs/after/interactions"), "9");
  EXPECT_EQ(value("/inputs/before/from"), "2026-03-13T10:00:00.000Z");
  EXPECT_EQ(value("/verdict/level"), "ESTABLISHED");
  EXPECT_EQ(value("/verdict/side"), "account");
  EXPECT_EQ(value("/sides/account/uncapped"), "ESTABLISHED");
  EXPECT_EQ(value("/findings/59/rule"), "M07");
  EXPECT_EQ(value("/findings/60/rule"), "absent");
  EXPECT_EQ(value("/findings/28/interactions/0/in"), "after");
}

TEST(ReportJson, NothingIsNull) {
  const std::string text = to_json(tell(on_monday({})).diagnosis);
  EXPECT_NE(text.find(R"("before":null)"), std::string::npos);
  EXPECT_NE(text.find(R"("side":null)"), std::string::npos);
  EXPECT_NE(text.find(R"("from":"","to":"")"), std::string::npos);
}

}  // namespace
}  // namespace cvr::diagnose::test
