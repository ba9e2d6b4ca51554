#include "exporters/json_print.h"

#include "kit.h"

namespace cvr::exporters {
namespace {

// Pseudonyms in brackets.
std::string printed(std::string_view spelled, const JsonStyle& style) {
  const auto out = print_json(marked(spelled), style);
  if (!out) return "no JSON";
  std::string text = out->text;
  for (auto span = out->spans.rbegin(); span != out->spans.rend(); ++span) {
    text.insert(span->begin + span->size, ">");
    text.insert(span->begin, "<");
  }
  return text;
}

TEST(JsonPrint, ChangesNothingButWhiteSpace) {
  EXPECT_EQ(printed(" { \"b\" : [ 1.50 , \"x y\" , { } , [ ] ] , \"a\" : null } ", {}),
            R"({"b":[1.50,"x y",{},[]],"a":null})");
  EXPECT_EQ(printed(R"({"b":[1,{}],"a":"\u0041"})", {true, false}),
            "{\n  \"b\": [\n    1,\n    {}\n  ],\n  \"a\": \"\\u0041\"\n}");
  EXPECT_EQ(printed("7", {true, true}), "7");
}

TEST(JsonPrint, SortsMembersAndKeepsElements) {
  EXPECT_EQ(printed(R"({"b":1,"a":{"d":[3,1],"c":2},"b":0})", {false, true}), R"({"a":{"c":2,"d":[3,1]},"b":1,"b":0})");
}

TEST(JsonPrint, SpansMoveWithTheirText) {
  EXPECT_EQ(printed(R"({ "z": "Bearer <<token:TOK>>", "a": <<number:12>> })", {false, true}),
            R"({"a":<12>,"z":"Bearer <TOK>"})");
}

TEST(JsonPrint, WhatIsNoneSaysSo) {
  for (const std::string& text : {std::string(), std::string("{"), std::string("[1,]"), std::string(100'000, '[')}) {
    EXPECT_EQ(printed(text, {}), "no JSON");
  }
}

}  // namespace
}  // namespace cvr::exporters
