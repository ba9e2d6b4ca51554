#include "engine/session_json.h"

#include <gtest/gtest.h>

namespace cvr::engine {
namespace {

TEST(SessionJson, CountsInOneObject) {
  Summary summary;
  summary.name = "a";
  summary.mode = "none";
  summary.hits = 3;
  json::Writer w;
  write_counts(w, summary, "cassettes/a.cvr");
  EXPECT_EQ(w.text(), R"({"name":"a","mode":"none","resolved":"none","cassette":"cassettes/a.cvr","hits":3,"misses":0,)"
                      R"("unused":0,"forwarded":0,"recorded":0,"failures":0,"refused":0,"lost":0})");
}

TEST(SessionJson, TheModeIsTheOneThatWasAskedFor) {
  Summary summary;
  summary.mode = "all";
  summary.asked = "once";
  EXPECT_TRUE(full_json(summary, "").starts_with(R"({"name":"","mode":"once","resolved":"all",)"));
}

TEST(SessionJson, AllOfIt) {
  Summary summary;
  summary.name = "a";
  summary.mode = "none";
  summary.miss_reports.push_back({});
  summary.miss_reports[0].url = "https://origin.test/a\"b";
  summary.unused_list.push_back({2, "GET", "https://origin.test/c"});
  summary.warnings = {"a short user"};
  const std::string text = full_json(summary, "a.cvr");
  EXPECT_NE(text.find(R"("unused_interactions":[{"n":2,"method":"GET","url":"https://origin.test/c"}])"), text.npos)
      << text;
  EXPECT_NE(text.find(R"(a\"b)"), text.npos);
  EXPECT_NE(text.find(R"("warnings":["a short user"]})"), text.npos);
}

TEST(SessionJson, AWishMayLeaveOpenWhatItLikes) {
  for (const char* text : {"", "{}", " { } "}) {
    const auto wish = parse_wish(text);
    ASSERT_TRUE(wish) << text;
    EXPECT_FALSE(wish->mode);
    EXPECT_EQ(wish->cassette, "");
  }
  const auto wish = parse_wish(R"({"cassette":"tr\u0069ps","mode":"new_episodes"})");
  ASSERT_TRUE(wish);
  EXPECT_EQ(wish->mode, Mode::kNewEpisodes);
  EXPECT_EQ(wish->cassette, "trips");
}

TEST(SessionJson, WhatAnEjectMayLoseIsSaid) {
  for (const char* text : {"", "{}", R"({"discard":false})"}) EXPECT_EQ(parse_eject(text), Keep::kAll) << text;
  EXPECT_EQ(parse_eject(R"( {"discard" : true} )"), Keep::kNothing);
  for (const char* text : {"true", "[]", "{", R"({"discard":1})", R"({"discard":"true"})", R"({"discard":null})",
                           R"({"discard":true,"discard":false})", R"({"secret":true})", R"({"discard":true}x)",
                           R"({"discard":{"secret":true}})"}) {
    const auto keep = parse_eject(text);
    ASSERT_FALSE(keep) << text;
    EXPECT_EQ(keep.error().code, ErrorCode::kMalformed) << text;
    EXPECT_EQ(keep.error().text.find("secret"), std::string::npos) << keep.error().text;
  }
}

TEST(SessionJson, WhatIsNoWishIsRefusedWithoutRepeatingIt) {
  for (const char* text :
       {" ", "[]", "null", "{", R"({"mode":1})", R"({"mode":"ALL"})", R"({"mode":null})", R"({"mode":["none"]})",
        R"({"mode":{"secret":1}})", R"({"mode":"none","mode":"none"})", R"({"secret":"none"})", R"({"mode":"secret"})",
        R"({"mode":"none"}x)", R"({"mode":"none"}{})", R"({"cassette":""})", R"({"cassette":"a","cassette":"a"})",
        R"({"secret":{"a":[1]}})"}) {
    const auto wish = parse_wish(text);
    ASSERT_FALSE(wish) << text;
    EXPECT_EQ(wish.error().code, ErrorCode::kMalformed) << text;
    EXPECT_EQ(wish.error().text.find("secret"), std::string::npos) << wish.error().text;
  }
  EXPECT_FALSE(parse_wish(std::string(100'000, '[')));
}

}  // namespace
}  // namespace cvr::engine
