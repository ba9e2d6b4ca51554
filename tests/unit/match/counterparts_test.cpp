#include "match/counterparts.h"

#include "kit.h"

namespace cvr::match {
namespace {

std::string beside(std::string_view asked, std::string_view recorded) {
  const RedactedRequest out = shown_beside(get(asked), get(recorded));
  return out.path.text + "?" + out.query.text + " " + std::to_string(out.path.spans.size() + out.query.spans.size());
}

TEST(Counterparts, WhatWasRecordedAsAPseudonymIsNotShown) {
  EXPECT_EQ(beside("/a/raw/c?x=raw&y=1", "/a/<<token:t>>/c?y=1&x=b-<<token:t>>"), "/a/.../c?x=...&y=1 0");
  EXPECT_EQ(beside("/a/raw", "/a/b/c/<<token:t>>"), "/a/...? 0");  // from the end
  EXPECT_EQ(beside("/a/raw/b/c", "/a/<<token:t>>"), "/a/.../b/...? 0");
  EXPECT_EQ(beside("/a?n%61me=raw&name=too", "/b?name=<<token:t>>"), "/a?n%61me=...&name=... 0");
  EXPECT_EQ(beside("/a?raw", "/a?x=<<token:t>>"), "/a?raw 0");  // a name
}

TEST(Counterparts, PseudonymsAndAllElseStay) {
  EXPECT_EQ(beside("/a/<<token:t>>/c/<<id:7>>?x=1", "/a/<<token:s>>/d/<<id:8>>?x=2"), "/a/t/c/7?x=1 2");
  EXPECT_EQ(beside("/<<id:7>>/raw/<<id:8>>?x=<<id:9>>", "/<<id:7>>/<<token:s>>/<<id:8>>?x=<<id:9>>"), "/7/.../8?x=9 3");
  EXPECT_EQ(beside("/a/b?c=d", "/a/c?c=e"), "/a/b?c=d 0");
  EXPECT_EQ(beside("", ""), "? 0");
}

TEST(Counterparts, AReportTellsOfNoneInAnyPart) {
  const auto told = [](const RedactedRequest& asked, const RedactedRequest& recorded) {
    const Difference difference = compare(asked, recorded, test_rules());
    EXPECT_FALSE(difference.rule.empty());
    EXPECT_EQ(difference.asked.find("raw"), std::string::npos) << difference.asked;
    EXPECT_NE(difference.asked.find("..."), std::string::npos) << difference.asked;
    EXPECT_NE(difference.recorded.find("<secret>"), std::string::npos) << difference.recorded;
  };
  told(json(R"({"a":"raw"})"), json(R"({"a":"<<token:t>>"})"));
  told(json(R"({"a":["x-raw"]})"), json(R"({"a":["x-<<token:t>>-y"]})"));
  told(form("a=raw"), form("a=<<token:t>>"));
  told(post("text/plain", "so raw"), post("text/plain", "so <<token:t>>"));
  told(get("/a?x=raw"), get("/a?x=<<token:t>>"));
  told(get("/a/raw"), get("/a/<<token:t>>"));
  EXPECT_EQ(compare(json(R"({"a":"<<email:t>>"})"), json(R"({"a":"<<token:t>>"})"), test_rules()).asked,
            R"(/a: "<email>")");
}

}  // namespace
}  // namespace cvr::match
