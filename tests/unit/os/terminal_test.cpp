#include "os/terminal.h"

#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

namespace cvr::os {
namespace {

TEST(Terminal, APipeIsNone) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  EXPECT_FALSE(is_terminal(ends[1]));
  EXPECT_EQ(terminal_columns(ends[1]), 80U);
  EXPECT_FALSE(is_taken_by_a_program(ends[1]));
  ::close(ends[0]);
  ::close(ends[1]);
  EXPECT_FALSE(is_terminal(-1));
}

TEST(Terminal, ARealOne) {
  int outer = -1, inner = -1;
  winsize size{};
  size.ws_col = 123;
  ASSERT_EQ(::openpty(&outer, &inner, nullptr, nullptr, &size), 0);
  EXPECT_TRUE(is_terminal(inner));
  EXPECT_EQ(terminal_columns(inner), 123U);
  EXPECT_FALSE(is_taken_by_a_program(inner));
  termios settings{};
  ASSERT_EQ(::tcgetattr(inner, &settings), 0);
  ::cfmakeraw(&settings);
  ASSERT_EQ(::tcsetattr(inner, TCSANOW, &settings), 0);
  EXPECT_TRUE(is_taken_by_a_program(inner));
  ::close(inner);
  ::close(outer);
}

TEST(Terminal, ColourIsAsked) {
  int outer = -1, inner = -1;
  ASSERT_EQ(::openpty(&outer, &inner, nullptr, nullptr, nullptr), 0);
  const auto with = [&](const char* term, const char* no_color) {
    ::setenv("TERM", term, 1);
    if (no_color == nullptr) ::unsetenv("NO_COLOR");
    if (no_color != nullptr) ::setenv("NO_COLOR", no_color, 1);
    return std::pair(knows_escapes(inner), wants_colour(inner));
  };
  EXPECT_EQ(with("xterm", nullptr), std::pair(true, true));
  EXPECT_EQ(with("xterm", ""), std::pair(true, true));
  EXPECT_EQ(with("xterm", "1"), std::pair(true, false));
  EXPECT_EQ(with("dumb", nullptr), std::pair(false, false));
  ::close(inner);
  ::close(outer);
  EXPECT_FALSE(wants_colour(inner));
}

}  // namespace
}  // namespace cvr::os
