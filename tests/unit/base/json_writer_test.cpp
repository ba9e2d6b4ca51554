#include "base/json_writer.h"

namespace cvr::json {
namespace {

TEST(JsonWriter, WritesOneLine) {
  Writer w;
  w.begin_object().member("a", 1).key("b").begin_array().value("x\"").value(true).null().value(2.5).end_array();
  w.key("c").begin_object().end_object().end_object();
  EXPECT_EQ(w.text(), R"({"a":1,"b":["x\"",true,null,2.5],"c":{}})");
}

TEST(JsonWriter, IndentsWhenAsked) {
  Writer w(2);
  w.begin_object().member("a", "b").key("c").begin_array().value(1).end_array().end_object();
  EXPECT_EQ(w.text(), "{\n  \"a\": \"b\",\n  \"c\": [\n    1\n  ]\n}");
}

}  // namespace
}  // namespace cvr::json
