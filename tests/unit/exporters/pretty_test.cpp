#include "exporters/pretty.h"

namespace cvr::exporters {
namespace {

TEST(PrettyJson, IndentsAndChangesNothingElse) {
  EXPECT_EQ(pretty_json(R"({"b":[1.50,-0,1E5,{"c":"\u0041"}],"a":{},"d":[],"a":null})"),
            "{\n  \"b\": [\n    1.50,\n    -0,\n    1E5,\n    {\n      \"c\": \"\\u0041\"\n    }\n  ],\n  \"a\": {},\n"
            "  \"d\": [],\n  \"a\": null\n}");
  EXPECT_EQ(pretty_json(" 7 "), "7");
}

TEST(PrettyJson, LeavesAnythingElseAlone) {
  for (const std::string& text :
       {std::string(), std::string("{"), std::string("[1,]"), std::string("x"), std::string(100, '[')}) {
    EXPECT_EQ(pretty_json(text), text);
  }
}

TEST(HexDump, ShowsRows) {
  EXPECT_EQ(hex_dump(std::string("0123456789abcdef\x00\xff", 18), 100),
            "00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef\n"
            "00000010  00 ff                                            ..\n");
  EXPECT_EQ(hex_dump("", 100), "");
}

TEST(HexDump, IsBounded) {
  EXPECT_EQ(hex_dump(std::string(40, 'x'), 16),
            "00000000  78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78  xxxxxxxxxxxxxxxx\n... 24 bytes more\n");
}

}  // namespace
}  // namespace cvr::exporters
