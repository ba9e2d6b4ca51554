#include "cvr/importers.h"

#include <set>

#include "kit.h"

namespace cvr::importers {
namespace {

TEST(Importers, TheTableIsWhole) {
  std::set<std::string_view> names;
  for (const Format& format : formats()) {
    EXPECT_TRUE(names.insert(format.name).second);
    EXPECT_EQ(find_format(format.name), &format);
    EXPECT_FALSE(format.description.empty());
    EXPECT_FALSE(format.left_out.empty());
    EXPECT_NE(format.read, nullptr);
  }
  EXPECT_EQ(find_format("nonsense"), nullptr);
}

TEST(Importers, LossesAreCountedByKind) {
  Losses losses;
  for (int i = 1; i <= 5; ++i) losses.add("a", "entry " + std::to_string(i));
  losses.add("b", "");
  ASSERT_EQ(losses.all().size(), 2u);
  EXPECT_EQ(losses.all()[0].count, 5u);
  EXPECT_EQ(losses.all()[0].where, (std::vector<std::string>{"entry 1", "entry 2", "entry 3"}));
  EXPECT_TRUE(losses.all()[1].where.empty());
}

TEST(Importers, NothingBreaksThem) {
  for (const Format& format : formats()) {
    for (const char* text : {"",
                             "{",
                             "[",
                             "1",
                             "null",
                             "{}",
                             "[]",
                             "[[]]",
                             "[{}]",
                             "{\"log\":{\"entries\":[1,null,{},{\"request\":{}}]}}",
                             "{\"log\":[]}",
                             "{\"mappings\":{}}",
                             "{\"mappings\":[{}, 1]}",
                             "{\"data\":{\"pairs\":[1,{}]}}",
                             "a: b",
                             "interactions: 1",
                             "interactions: [1, {}]",
                             "http_interactions: [~]",
                             "0:~",
                             "- request: {}",
                             "- !ruby/struct:VCR::HTTPInteraction {}",
                             "[{\"request\":{}}]",
                             "2:0:}",
                             "\xff"}) {
      const Read out = read(format.name, text);
      EXPECT_TRUE(out.interactions.empty()) << format.name << ": " << text;
      if (out.error) {
        EXPECT_EQ(out.error->text.find('\n'), std::string::npos);
      }
    }
  }
}

}  // namespace
}  // namespace cvr::importers
