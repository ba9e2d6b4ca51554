// Child processes, signals and what keeps this process to itself.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cvr/result.h"

namespace cvr::os {

using Environment = std::vector<std::pair<std::string, std::string>>;
Environment current_environment();

// Starts argv[0] (looked up in PATH) with `environment`; shares terminal, standard streams and
// process group; signals as a fresh process has them.  Answers the process id.  Not found: kNotFound; found and not
// to be executed: kUnsupported.
Result<int> spawn(const std::vector<std::string>& argv, const Environment& environment);

// What shells count for a command that spawn() could not start: 127 not found, 126 not executable, else nothing.
std::optional<int> status_of_failed_start(const Error& error);

// An ended child's exit status as shells count it: 128+N for a signal.  nullopt while it runs.
struct ChildState {
  bool ended = false;
  int status = 0;
};
ChildState poll_child(int pid);
// Runs a command to its end and answers its exit status.  Keys of the terminal (Ctrl-C) are the command's
// meanwhile.  Not beside other threads that start children.
Result<int> run_to_end(const std::vector<std::string>& argv, const Environment& environment);

// The same, with what it writes to its standard output, at most `limit_bytes` of it (kLimit beyond); its
// standard input is empty and its standard error is thrown away.
struct Captured {
  int status = 0;
  std::string output;
};
Result<Captured> capture(const std::vector<std::string>& argv, const Environment& environment,
                         std::size_t limit_bytes = 1 << 20);
void send_signal(int pid, int signal_number);

// Blocks SIGINT, SIGTERM, SIGHUP and SIGCHLD in this and all later threads, so that wait_signal
// sees them; ignores SIGPIPE.  Call before any thread is made.
void take_signals();

// A limit on file sizes (ulimit -f) is an error of a write (EFBIG), not the end of the process.
void take_size_limits_as_errors();

// Raises the limit on open files to the most that may be had.  Children get the limit that was found here: programs
// that use select() or close all descriptors count on it.  Call before any thread is made.
void take_descriptors();

struct Signal {
  int number = 0;
  bool from_terminal = false;  // the child has got it already
};
Signal wait_signal();
// The same for at most so long; nullopt: none came.
std::optional<Signal> wait_signal_for(int milliseconds);

int process_id();
bool process_lives(int pid);

}  // namespace cvr::os
