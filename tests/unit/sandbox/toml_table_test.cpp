#include "sandbox/toml_table.h"

namespace cvr::sandbox {
namespace {

TEST(TomlTable, FillsVariables) {
  bool flag = false;
  std::int64_t number = 0;
  int status = 0;
  std::string word;
  std::vector<std::string> words = {"old"};
  const std::vector<Key> keys = {{"flag", &flag},
                                 {"number", Whole{&number, 1, 9}},
                                 {"status", Status{&status}},
                                 {"word", Word{&word, {"a", "b"}}},
                                 {"words", &words},
                                 {"table", Table{}}};
  const toml::table table =
      toml::parse("flag = true\nnumber = 9\nstatus = 404\nword = \"b\"\nwords = [\"x\", \"y\"]\n[table]\nanything = 1");
  EXPECT_FALSE(TableReader("f").read(table, "[t]", keys));
  EXPECT_TRUE(flag);
  EXPECT_EQ(number, 9);
  EXPECT_EQ(status, 404);
  EXPECT_EQ(word, "b");
  EXPECT_EQ(words, (std::vector<std::string>{"x", "y"}));
}

TEST(TomlTable, NamesWhatIsWrong) {
  std::int64_t number = 0;
  const std::vector<Key> keys = {{"number", Whole{&number, 1, 9}}};
  const auto error = [&](std::string_view text) {
    const auto failed = TableReader("f").read(toml::parse(text), "[t]", keys);
    return failed ? failed->text : "(none)";
  };
  EXPECT_EQ(error("number = 10"), "f:1: 'number' must be a whole number from 1 to 9");
  EXPECT_EQ(error("number = \"x\""), "f:1: 'number' must be a whole number from 1 to 9");
  EXPECT_EQ(error("\nnumbr = 1"), "f:2: unknown key 'numbr' in [t], did you mean 'number'?; allowed: number");
  EXPECT_EQ(number, 0);
}

}  // namespace
}  // namespace cvr::sandbox
