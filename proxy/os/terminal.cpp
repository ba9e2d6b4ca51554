#include "os/terminal.h"

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace cvr::os {

bool is_terminal(int descriptor) { return ::isatty(descriptor) == 1; }

bool knows_escapes(int descriptor) {
  const char* term = std::getenv("TERM");
  return is_terminal(descriptor) && (term == nullptr || std::string_view(term) != "dumb");
}

bool wants_colour(int descriptor) {
  const char* refused = std::getenv("NO_COLOR");
  return knows_escapes(descriptor) && (refused == nullptr || *refused == '\0');
}

std::size_t terminal_columns(int descriptor) {
  winsize size{};
  return ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

bool is_taken_by_a_program(int descriptor) {
  termios settings{};
  return ::tcgetattr(descriptor, &settings) == 0 && (settings.c_lflag & (ICANON | ECHO)) == 0;
}

}  // namespace cvr::os
