#include "sandbox/json_body.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace cvr::sandbox {
namespace {

TEST(JsonBody, RefusesWhatIsNotJson) {
  for (const char* text : {"", " ", "{", "}", "{\"a\":}", "[1,]", "nul", "{\"a\":1}x", "'a'", "\"\xff\"",
                           "\"\\ud800\"x", "{\"a\" 1}", "[1 2]", "01", "\x01"}) {
    EXPECT_FALSE(parse_json(text)) << text;
  }
  EXPECT_TRUE(parse_json("{}"));
  EXPECT_TRUE(parse_json(" [1] "));
}

TEST(JsonBody, BoundsDepth) {
  EXPECT_TRUE(parse_json(std::string(kMaxJsonDepth, '[') + std::string(kMaxJsonDepth, ']')));
  EXPECT_FALSE(parse_json(std::string(kMaxJsonDepth + 1, '[') + std::string(kMaxJsonDepth + 1, ']')));
  EXPECT_FALSE(parse_json(std::string(1'000'000, '[')));
  EXPECT_FALSE(parse_json(std::string(1'000'000, '{')));
}

TEST(JsonBody, MembersRememberWrongTypes) {
  const auto value = parse_json(R"({"t":"x","n":4,"f":true,"o":{},"a":[],"z":null,"d":1.5})").value();
  const auto& object = value.get_object();
  Members good(object);
  EXPECT_EQ(good.text("t"), "x");
  EXPECT_EQ(good.text_or_number("n"), "4");
  EXPECT_EQ(good.text_or_number("t"), "x");
  EXPECT_EQ(good.flag("f"), true);
  EXPECT_NE(good.object("o"), nullptr);
  EXPECT_NE(good.array("a"), nullptr);
  EXPECT_FALSE(good.text("z"));
  EXPECT_FALSE(good.has("z"));
  EXPECT_EQ(good.object("missing"), nullptr);
  EXPECT_TRUE(good.ok());

  const auto wrong = [&](auto read) {
    Members members(object);
    read(members);
    return !members.ok();
  };
  EXPECT_TRUE(wrong([](Members& m) { m.text("n"); }));
  EXPECT_TRUE(wrong([](Members& m) { m.text_or_number("f"); }));
  EXPECT_TRUE(wrong([](Members& m) { m.flag("t"); }));
  EXPECT_TRUE(wrong([](Members& m) { m.object("a"); }));
  EXPECT_TRUE(wrong([](Members& m) { m.array("o"); }));
}

}  // namespace
}  // namespace cvr::sandbox
