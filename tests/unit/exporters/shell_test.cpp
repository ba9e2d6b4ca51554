#include "exporters/shell.h"

namespace cvr::exporters {
namespace {

TEST(Shell, QuotesEverything) {
  EXPECT_EQ(shell_quoted(""), "''");
  EXPECT_EQ(shell_quoted("a $(b) `c` \"d\" \\ \n"), "'a $(b) `c` \"d\" \\ \n'");
  EXPECT_EQ(shell_quoted("it's"), "'it'\\''s'");
}

TEST(Shell, PrintsAnyBytes) {
  EXPECT_EQ(shell_printf("ab c"), "printf 'ab c'");
  EXPECT_EQ(shell_printf(std::string("\0\xff-%\\'\n", 7)), "printf '\\000\\377\\055\\045\\134\\047\\012'");
  EXPECT_EQ(shell_printf(""), "printf ''");
}

}  // namespace
}  // namespace cvr::exporters
