#include "importers/yaml_surrogates.h"

#include "importers/yaml_reader.h"
#include "kit.h"

namespace cvr::importers {
namespace {

TEST(YamlSurrogates, PairsInDoubleQuotesBecomeTheirCharacter) {
  EXPECT_EQ(without_surrogates("a: \"x\\ud83d\\uDEE9y\"\n"), "a: \"x\xf0\x9f\x9b\xa9y\"\n");
  EXPECT_EQ(without_surrogates("é: é\n\"\\uD83D\\n\\udee9\": 1\n"), "é: é\n\"\xef\xbf\xbd\\n\xef\xbf\xbd\": 1\n");
  EXPECT_EQ(read_yaml("a: \"\\ud83d\\udee9 \\e\"\n")->text_of("a"), "\xf0\x9f\x9b\xa9 \x1b");
}

TEST(YamlSurrogates, ElsewhereABackslashIsABackslash) {
  for (const char* text : {"a: '\\ud83d\\udee9 \"\\ud83d\"'\n", "a: \"\\\\ud83d\"\n", "a: |\n  \"\\ud83d\\udee9\"\n",
                           "a: x\\ud83d\n", "# \"\\ud83d\"\na: b\n"}) {
    EXPECT_EQ(without_surrogates(text), text);
  }
  EXPECT_FALSE(without_surrogates("a: \"\\u00e9 \\ud7ff \\uzzzz\"\n"));
  EXPECT_FALSE(without_surrogates("\\u"));
}

TEST(YamlSurrogates, WhatIsNoYamlStaysSo) {
  EXPECT_TRUE(without_surrogates("a: \"\\ud83d"));
  EXPECT_FALSE(read_yaml("a: \"\\ud83d"));
  EXPECT_FALSE(read_yaml("a: [\"\\ud83d\" : }"));
}

}  // namespace
}  // namespace cvr::importers
