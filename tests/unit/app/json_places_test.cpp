#include "app/json_places.h"

namespace cvr::app {
namespace {

std::string found(std::string_view text, std::string_view pointer, std::size_t most = 10) {
  std::string out;
  for (const JsonPlace& place : json_places(text, pointer, most)) {
    out += place.pointer + "@" + std::to_string(place.at) + "=" + place.text + "\n";
  }
  return out;
}

TEST(JsonPlaces, FindsValuesOfEveryKind) {
  const std::string_view text = R"({"a":{"b":"x\ny","c":[1,{"d":null}]}})";
  EXPECT_EQ(found(text, "/a/b"), "/a/b@11=x\ny\n");
  EXPECT_EQ(found(text, "/a/c/0"), "/a/c/0@22=1\n");
  EXPECT_EQ(found(text, "/a/c/1/d"), "/a/c/1/d@29=null\n");
  EXPECT_EQ(found(text, "/a/c/1"), "/a/c/1@24={\"d\":null}\n");
  EXPECT_EQ(found(text, "/a/c/2"), "");
  EXPECT_EQ(found(text, "/a/b/c"), "");
}

TEST(JsonPlaces, AStarIsAnyKeyOrIndex) {
  EXPECT_EQ(found(R"([{"id":1},{"no":2},{"id":3}])", "/*/id"), "/0/id@7=1\n/2/id@25=3\n");
  EXPECT_EQ(found(R"([[1,2],[3]])", "/*/*", 2), "/0/0@2=1\n/0/1@4=2\n");
}

TEST(JsonPlaces, EscapesOfPointers) {
  EXPECT_EQ(found(R"({"a/b":{"~":1,"":2}})", "/a~1b/~0"), "/a~1b/~0@12=1\n");
  EXPECT_EQ(found(R"({"":2})", "/"), "/@4=2\n");
}

TEST(JsonPlaces, WhatIsNoJsonHasNone) {
  for (const std::string text : {"", "{\"a\":1", "{\"a\":1}x", "[1,]", "\xff"})
    EXPECT_EQ(found(text, "/a"), "") << text;
  EXPECT_EQ(found(std::string(100'000, '['), "/0"), "");
}

}  // namespace
}  // namespace cvr::app
