// What a descriptor has to do with people.
#pragma once

#include <cstddef>

namespace cvr::os {

bool is_terminal(int descriptor);

// Whether it is a terminal that knows escapes (TERM says other than dumb), and whether colour is wanted there too:
// NO_COLOR is not set, or empty (no-color.org).
bool knows_escapes(int descriptor);
bool wants_colour(int descriptor);
// Width in characters; 80 when it is not told, and for what is no terminal.
std::size_t terminal_columns(int descriptor);
// A program that draws on the whole screen has it: keys come one by one, nothing is echoed.
bool is_taken_by_a_program(int descriptor);

}  // namespace cvr::os
