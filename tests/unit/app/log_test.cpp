#include "app/log.h"

#include <cstdlib>

namespace cvr::app {
namespace {

// Each in a process of its own: the log is set up once a process.  What it says is on stderr.
void say_all(int verbosity, bool json, const std::string& text = "text") {
  set_up_log(verbosity, json);
  for (const Level level : {Level::kWarn, Level::kInfo, Level::kDebug, Level::kTrace}) log(level, text);
  std::exit(0);
}

// The levels that are said, one letter each: the whole of what stands on stderr.
void expect_said(int verbosity, const char* pattern) {
  EXPECT_EXIT(say_all(verbosity, false), ::testing::ExitedWithCode(0), pattern);
}

TEST(LogDeathTest, VerbosityDecidesWhatIsSaid) {
  expect_said(-1, "^$");
  expect_said(0, "^cvr: warning: text\n$");
  expect_said(1, "^cvr: warning: text\ncvr: info: text\n$");
  expect_said(2, "^cvr: warning: text\ncvr: info: text\ncvr: debug: text\n$");
  expect_said(3, "^cvr: warning: text\ncvr: info: text\ncvr: debug: text\ncvr: trace: text\n$");
}

TEST(LogDeathTest, VerbosityBeyondItsEndsIsThatOfTheEnd) {
  expect_said(-7, "^$");
  expect_said(99, "trace: text\n$");
}

TEST(LogDeathTest, JsonIsAnObjectALine) {
  EXPECT_EXIT(say_all(1, true), ::testing::ExitedWithCode(0),
              R"(^\{"level":"warning","message":"text"\}
\{"level":"info","message":"text"\}
$)");
}

TEST(LogDeathTest, ATextCanNotForgeALineOrATerminalCommand) {
  EXPECT_EXIT(say_all(0, false, "a\ncvr: warning: b\x1b[2J"), ::testing::ExitedWithCode(0),
              R"(^cvr: warning: a\\ncvr: warning: b\\x1b\[2J
$)");
  EXPECT_EXIT(say_all(0, true, "a\n\"b\x1b"), ::testing::ExitedWithCode(0),
              R"(^\{"level":"warning","message":"a\\n\\"b\\u001b"\}
$)");
}

TEST(LogDeathTest, BracesInATextAreNoFormat) {
  EXPECT_EXIT(say_all(0, false, "{} {0} {:d}"), ::testing::ExitedWithCode(0), R"(warning: \{\} \{0\} \{:d\}
$)");
}

}  // namespace
}  // namespace cvr::app
