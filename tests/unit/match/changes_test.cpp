#include "match/changes.h"

#include "kit.h"
#include "match/json_walk.h"

namespace cvr::match {
namespace {

Changes between(std::string_view asked, std::string_view recorded) {
  Outline a, r;
  EXPECT_TRUE(walk_json(marked(asked), test_rules(), PartRules{}, a));
  EXPECT_TRUE(walk_json(marked(recorded), test_rules(), PartRules{}, r));
  return changes_between(a, r);
}

Changes between_queries(std::string_view asked, std::string_view recorded) {
  Outline a, r;
  walk_query(get("/?" + std::string(asked)), test_rules(), PartRules{}, a);
  walk_query(get("/?" + std::string(recorded)), test_rules(), PartRules{}, r);
  return changes_between(a, r);
}

void expect(const Changes& changes, int count, std::string_view asked, std::string_view recorded) {
  EXPECT_EQ(changes.count, count);
  EXPECT_EQ(changes.asked, asked);
  EXPECT_EQ(changes.recorded, recorded);
}

TEST(Changes, NameThePointer) {
  expect(between(R"({"segments":[{"startAirport":{"icao":"KTEB"}}]})",
                 R"({"segments":[{"startAirport":{"icao":"KVNY"}}]})"),
         1, "/segments/0/startAirport/icao: \"KTEB\"", "/segments/0/startAirport/icao: \"KVNY\"");
  expect(between(R"({"a/b~c":1})", R"({"a/b~c":2})"), 1, "/a~1b~0c: 1", "/a~1b~0c: 2");
  expect(between("1", "\"1\""), 1, "1", "\"1\"");
}

TEST(Changes, TellTheFirstInAskedOrder) {
  expect(between(R"({"z":1,"a":1,"m":1})", R"({"a":2,"z":2,"m":1})"), 2, "/z: 1", "/z: 2");
}

TEST(Changes, TellMembersThatOneSideLacks) {
  expect(between(R"({"a":1,"b":{"c":1}})", R"({"a":1})"), 1, "/b: an object of 1", "/b: absent");
  expect(between(R"({"a":1})", R"({"x":{},"a":1,"y":[1,2]})"), 2, "/x: absent", "/x: {}");
  expect(between("[1,2,3]", "[1]"), 2, "/1: 2", "/1: absent");
  expect(between("[]", "[[7]]"), 1, "/0: absent", "/0: an array of 1");
  expect(between(R"({"a":{}})", R"({"a":[]})"), 1, "/a: {}", "/a: an array of 0");
}

TEST(Changes, CompareValuesOfOneNameInOrder) {
  expect(between(R"({"a":1,"a":2})", R"({"a":2,"a":1})"), 2, "/a: 1", "/a: 2");
  expect(between(R"({"a":1,"a":2})", R"({"a":1})"), 1, "/a: 2", "/a: absent");
}

TEST(Changes, AreNoneWhereOnlyPseudonymsDiffer) {
  expect(between(R"({"a":"<<token:x>>"})", R"({"a":"<<jwt:y>>"})"), 0, "", "");
  expect(between(R"({"a":"<<token:x>>"})", R"({"a":"plain"})"), 1, "/a: \"<secret>\"", "/a: \"plain\"");
}

TEST(Changes, OfPairsIgnoreOrder) {
  expect(between_queries("a=1&b=2&a=3", "a=3&a=1&b=2"), 0, "", "");
  expect(between_queries("a=1&b=2", "b=3&a=1"), 1, "b: 2", "b: 3");
  expect(between_queries("a=1&a=2", "a=2&a=5"), 1, "a: 1", "a: 5");
  expect(between_queries("a=1", "b=1"), 2, "a: 1", "a: absent");
  expect(between_queries("", "b="), 1, "b: absent", "b: (empty)");
  expect(between_queries("a&a&a", "a"), 2, "a: (empty)", "a: absent");
}

TEST(Changes, ShowLongTextsWhereTheyDiffer) {
  const std::string same(300, 's');
  const Changes changes = between('"' + same + "one\"", '"' + same + "two\"");
  EXPECT_EQ(changes.asked, "..." + std::string(20, 's') + "one\"");
  EXPECT_EQ(changes.recorded, "..." + std::string(20, 's') + "two\"");
}

TEST(Changes, AreHarmlessText) {
  const Changes changes = between(R"({"\u001b[31m":"a\nb\u0000"})", R"({"\u001b[31m":"é"})");
  EXPECT_EQ(changes.asked, R"(/\x1b[31m: "a\nb\x00")");
  EXPECT_EQ(changes.recorded, "/\\x1b[31m: \"é\"");
}

TEST(Changes, AreSeenBeyondTheOutline) {
  const auto list = [](char last) {
    std::string text = "[";
    for (std::size_t i = 0; i < Outline::kMostNodes; ++i) text += "0,";
    return text + last + "]";
  };
  const Changes changes = between(list('1'), list('2'));
  EXPECT_EQ(changes.count, 1);
  EXPECT_EQ(changes.asked, "differs beyond the first 20000 values");
}

TEST(Changes, AreCountedToABound) {
  std::string a = "[0", b = "[1";
  for (int i = 0; i < 5000; ++i) a += ",0", b += ",1";
  EXPECT_EQ(between(a + "]", b + "]").count, kMostCounted);
}

TEST(Changes, OfManyPairsOfOneNameTakeNoTime) {
  std::string a, b;
  for (int i = 0; i < 19'000; ++i) a += "a=" + std::to_string(i) + "&", b += "a=" + std::to_string(i + 1) + "&";
  expect(between_queries(a, b), 1, "a: 0", "a: 19000");
}

TEST(Changes, OfNothingAreNone) { EXPECT_EQ(changes_between(Outline(), Outline()).count, 0); }

}  // namespace
}  // namespace cvr::match
