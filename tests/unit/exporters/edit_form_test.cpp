#include "exporters/edit_form.h"

#include "kit.h"
#include "support/golden.h"

namespace cvr::exporters {
namespace {

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), by);
}

RedactedParts edited(const RedactedParts& old, std::string_view what, std::string_view by) {
  auto out = apply_edit(old, replaced(edit_form(old, "test"), what, by));
  EXPECT_TRUE(out.has_value()) << out.error().text;
  return out ? *out : RedactedParts();
}

std::string refused(const RedactedParts& old, std::string_view what, std::string_view by) {
  const auto out = apply_edit(old, replaced(edit_form(old, "test"), what, by));
  return out ? "accepted" : out.error().text;
}

TEST(EditForm, IsReadable) {
  std::string all;
  for (const RedactedInteraction& one : samples()) all += edit_form(*one, "cvr edit: an interaction");
  test::expect_golden("exporters/edit_forms.txt", all);
}

TEST(EditForm, WhatIsNotTouchedStaysByteForByte) {
  for (const RedactedInteraction& one : samples()) {
    const auto back = apply_edit(*one, edit_form(*one, "test"));
    ASSERT_TRUE(back) << back.error().text;
    EXPECT_EQ(*back, *one);
  }
  const RedactedParts hostile_parts = hostile();
  const auto back = apply_edit(hostile_parts, edit_form(hostile_parts, "te\nst"));
  ASSERT_TRUE(back) << back.error().text;
  EXPECT_EQ(*back, hostile_parts);
}

TEST(EditForm, EachPartCanBeChanged) {
  EXPECT_EQ(edited(sample(), "GET https://api.example.com/trips/t-1", "PUT http://b.example:81/x").request.method,
            "PUT");
  const RedactedParts moved = edited(sample(), "/trips/t-1?fields%5Ba%5D=x+y&flag", "/other");
  EXPECT_EQ(moved.request.path.text, "/other");
  EXPECT_FALSE(moved.request.has_query);
  EXPECT_EQ(edited(sample(), "200 OK", "503 Not now").response->status, 503);
  EXPECT_EQ(edited(sample(), "200 OK", "503").response->reason.text, "");
  EXPECT_EQ(edited(sample(), "accept: application/json\n", "").request.fields.size(), 2u);
  const RedactedParts more = edited(sample(), "accept: ", "X-More:  1 \naccept: ");
  EXPECT_EQ(more.request.fields[1], field("X-More", "1"));
  EXPECT_EQ(more.notes, std::vector<std::string>{std::string(kEditedNote)});
}

TEST(EditForm, ChangedJsonStaysCompactAndKeepsItsPseudonyms) {
  RedactedParts parts = sample();
  parts.response->body.content = marked(R"({"who":"<<email:a@b.example>>","n":1})");
  parts.pieces = {{5, 1}};
  const RedactedParts out = edited(parts, "\"n\": 1", "\"n\": 2");
  EXPECT_EQ(out.response->body.content, marked(R"({"who":"<<email:a@b.example>>","n":2})"));
  EXPECT_EQ(out.response->body.wire_size, out.response->body.content.text.size());
  EXPECT_TRUE(out.pieces.empty());
}

TEST(EditForm, AChangedHeaderKeepsThePseudonymThatIsStillThere) {
  const RedactedParts out = edited(sample(), "Bearer pseudonym-of-a-jwt", "Token pseudonym-of-a-jwt");
  EXPECT_EQ(out.request.fields[2], field("Authorization", "Token <<jwt:pseudonym-of-a-jwt>>"));
  const RedactedParts raw = edited(sample(), "pseudonym-of-a-jwt", "typed-by-hand");
  EXPECT_TRUE(raw.request.fields[2].value.spans.empty());
}

TEST(EditForm, BodiesMayHoldMarksAndBytes) {
  RedactedParts parts = sample();
  parts.response->fields.clear();
  parts.response->body.content.text = "=== end\n\\=== response\n";
  EXPECT_EQ(edited(parts, "\\=== end", "\\=== request").response->body.content.text, "=== request\n\\=== response\n");
  parts.response->body.content.text = std::string("\0\1", 2);
  EXPECT_EQ(edited(parts, "AAE=", "AAI=").response->body.content.text, std::string("\0\2", 2));
}

TEST(EditForm, WhatDoesNotParseNamesItsLine) {
  EXPECT_EQ(refused(sample(), "GET https", "GEThttps"), "line 5: METHOD URL is needed");
  EXPECT_NE(refused(sample(), "GET https://api.example.com", "GET api").find("line 5: a URL is needed"),
            std::string::npos);
  EXPECT_NE(refused(sample(), "GET https://api", "GET https://user:x@api").find("a URL is needed"), std::string::npos);
  EXPECT_EQ(refused(sample(), "accept: ", "no header "), "line 7: a header is needed: NAME: VALUE");
  EXPECT_NE(refused(sample(), "accept: ", "accept: \x1b").find("control character"), std::string::npos);
  EXPECT_NE(refused(sample(), "200 OK", "2000 OK").find("a status is needed"), std::string::npos);
  EXPECT_NE(refused(sample(), "275.00,", "275.00").find("is no JSON"), std::string::npos);
  EXPECT_NE(refused(sample(), "=== end\n", "").find("\"=== end\" is missing"), std::string::npos);
  EXPECT_NE(refused(sample(), "=== response\n", "").find("missing"), std::string::npos);
  EXPECT_NE(refused(sample(), "=== end", "=== extra\n=== end").find("not known"), std::string::npos);
  EXPECT_NE(refused(sample(), "=== end", "=== request\n=== end").find("a second section"), std::string::npos);
  EXPECT_NE(refused(sample(), "(json)", "(yaml)").find("(base64) is needed"), std::string::npos);
  EXPECT_FALSE(apply_edit(sample(), ""));
  RedactedParts gone = sample();
  gone.response->body = {};
  gone.response->body.omitted = "omitted: too large";
  EXPECT_NE(refused(gone, "omitted: too large", "{}").find("can not be edited"), std::string::npos);
}

}  // namespace
}  // namespace cvr::exporters
