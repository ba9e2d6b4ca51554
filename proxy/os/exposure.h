// What others may read of a running process: its core, its memory, its arguments, its environment
// (REDACTION, "Beyond files").  Call at the start of main, before any thread is made.
#pragma once

namespace cvr::os {

// No core dumps, no ptrace by others: raw exchanges live in memory only (REDACTION layer 1).
void forbid_dumps();

// Overwrites the userinfo of URLs ("http://USER:PASSWORD@HOST") in the argument list of this process, in
// place, so that other users' `ps` and /proc/PID/cmdline do not show it.  Copy the arguments before.
void hide_userinfo(int argc, char** argv);

// The same for the arguments of the command behind "--"; its name stays.
void hide_words_of_child(int argc, char** argv);

// Moves the environment to the heap, so that /proc/PID/environ shows nothing of it; what getenv answers and what
// children get stays.  Pointers that getenv gave before dangle.
void hide_environment();

}  // namespace cvr::os
