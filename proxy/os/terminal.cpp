#include "os/terminal.h"

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace cvr::os {

bool is_terminal(int descriptor) { return ::isatty(descriptor) == 1; }

std::size_t terminal_columns(int descriptor) {
  winsize size{};
  return ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

bool is_taken_by_a_program(int descriptor) {
  termios settings{};
  return ::tcgetattr(descriptor, &settings) == 0 && (settings.c_lflag & (ICANON | ECHO)) == 0;
}

}  // namespace cvr::os
