#include "importers/pattern_example.h"

namespace cvr::importers {
namespace {

TEST(PatternExample, LiteralsAreWhatTheySay) {
  for (const auto& [pattern, text] : std::vector<std::pair<std::string, std::string>>{
           {"/trips", "/trips"}, {"^/a\\.json$", "/a.json"}, {"\\Q/a+b\\E/c", "/a+b/c"}, {"/a\\?b=1", "/a?b=1"}}) {
    const auto example = example_of(pattern);
    ASSERT_TRUE(example) << pattern;
    EXPECT_EQ(example->text, text);
    EXPECT_TRUE(example->literal) << pattern;
  }
}

TEST(PatternExample, OthersHaveAnExample) {
  for (const auto& [pattern, text] :
       std::vector<std::pair<std::string, std::string>>{{"/trips/[0-9]+", "/trips/0"},
                                                        {"/trips/.*", "/trips/"},
                                                        {"/trips/.+", "/trips/example"},
                                                        {"/a/\\d{3}", "/a/111"},
                                                        {"/(one|two)/x", "/one/x"},
                                                        {"/(?:a|b)?c", "/c"},
                                                        {"/[^/]+", "/x"},
                                                        {"(?s)\\Qa=\\E.+\\Q&b=\\E.+", "a=example&b=example"},
                                                        {"/\\w+?", "/x"},
                                                        {"a(?<id>\\d)", "a1"}}) {
    const auto example = example_of(pattern);
    ASSERT_TRUE(example) << pattern;
    EXPECT_EQ(example->text, text);
    EXPECT_FALSE(example->literal) << pattern;
  }
}

TEST(PatternExample, RefusesWhatItDoesNotUnderstand) {
  for (const char* pattern :
       {"(?=a)a", "(?!a)b", "\\bword", "a(b", "a)b", "[a", "\\", "*a", "a{1000}", "a{x}", "(a)\\1", "a|"}) {
    const auto example = example_of(pattern);
    if (std::string_view(pattern) == "a|") {
      EXPECT_TRUE(example);
    } else {
      EXPECT_FALSE(example) << pattern;
    }
  }
  EXPECT_FALSE(example_of(std::string(40, '(') + std::string(40, ')')));
  EXPECT_FALSE(example_of(std::string(70'000, 'a')));
}

}  // namespace
}  // namespace cvr::importers
