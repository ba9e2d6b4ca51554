#include "os/process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <string_view>

#include "os/file.h"

extern char** environ;

namespace cvr::os {
namespace {

sigset_t waited_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGCHLD}) sigaddset(&set, number);
  return set;
}

std::optional<rlim_t> callers_files;  // set by take_descriptors

}  // namespace

Environment current_environment() {
  Environment out;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const char* equals = std::strchr(*entry, '=');
    if (equals != nullptr)
      out.emplace_back(std::string(static_cast<const char*>(*entry), equals), std::string(equals + 1));
  }
  return out;
}

namespace {

Error not_started(const std::vector<std::string>& argv, int error_number) {
  ErrorCode code = ErrorCode::kUnsupported;
  if (error_number == ENOENT) code = ErrorCode::kNotFound;
  if (error_number == ENOMEM || error_number == EAGAIN) code = ErrorCode::kEnvironment;
  const bool is_line = argv.size() == 1 && argv[0].find(' ') != std::string::npos;
  return {code,
          "can not run " + argv[0] + ": " + system_words(error_number) +
              (is_line ? " (a command and its arguments are words of their own, without quotes around all)" : "")};
}

// Sets the caller's limit on open files for as long as a child is started.
class CallersLimits {
 public:
  CallersLimits() {
    if (!callers_files || ::getrlimit(RLIMIT_NOFILE, &own_) != 0) return;
    const rlimit for_child{std::min(*callers_files, own_.rlim_max), own_.rlim_max};
    is_set_ = ::setrlimit(RLIMIT_NOFILE, &for_child) == 0;
  }
  ~CallersLimits() {
    if (is_set_) ::setrlimit(RLIMIT_NOFILE, &own_);
  }
  CallersLimits(const CallersLimits&) = delete;
  CallersLimits& operator=(const CallersLimits&) = delete;

 private:
  rlimit own_{};
  bool is_set_ = false;
};

Result<int> spawn_with(const std::vector<std::string>& argv, const Environment& environment,
                       const posix_spawn_file_actions_t* files) {
  CVR_CHECK(!argv.empty());
  std::vector<std::string> pairs;
  pairs.reserve(environment.size());
  for (const auto& [name, value] : environment) pairs.push_back(name + "=" + value);
  std::vector<char*> envp;
  for (std::string& pair : pairs) envp.push_back(pair.data());
  envp.push_back(nullptr);
  std::vector<char*> args;
  for (const std::string& word : argv) args.push_back(const_cast<char*>(word.c_str()));
  args.push_back(nullptr);

  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  sigset_t defaults = waited_signals();
  sigaddset(&defaults, SIGPIPE);
  sigaddset(&defaults, SIGXFSZ);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  pid_t pid = 0;
  const CallersLimits limits;
  const int error_number = ::posix_spawnp(&pid, args[0], files, &attributes, args.data(), envp.data());
  posix_spawnattr_destroy(&attributes);
  if (error_number != 0) return std::unexpected(not_started(argv, error_number));
  return pid;
}

int status_of(int status) { return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status); }

Result<int> wait_for(int pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) return fail(ErrorCode::kEnvironment, "can not wait for a child: " + system_words(errno));
  }
  return status_of(status);
}

// Ctrl-C is for the child that has the terminal.
class IgnoringKeys {
 public:
  IgnoringKeys() : interrupt_(::signal(SIGINT, SIG_IGN)), quit_(::signal(SIGQUIT, SIG_IGN)) {}
  ~IgnoringKeys() {
    ::signal(SIGINT, interrupt_);
    ::signal(SIGQUIT, quit_);
  }
  IgnoringKeys(const IgnoringKeys&) = delete;
  IgnoringKeys& operator=(const IgnoringKeys&) = delete;

 private:
  void (*interrupt_)(int);
  void (*quit_)(int);
};

}  // namespace

Result<int> spawn(const std::vector<std::string>& argv, const Environment& environment) {
  return spawn_with(argv, environment, nullptr);
}

std::optional<int> status_of_failed_start(const Error& error) {
  if (error.code == ErrorCode::kNotFound) return 127;
  if (error.code == ErrorCode::kUnsupported) return 126;
  return std::nullopt;
}

Result<int> run_to_end(const std::vector<std::string>& argv, const Environment& environment) {
  const IgnoringKeys ignoring;
  const auto pid = spawn(argv, environment);
  if (!pid) return pid;
  return wait_for(*pid);
}

Result<Captured> capture(const std::vector<std::string>& argv, const Environment& environment,
                         std::size_t limit_bytes) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    return fail(ErrorCode::kEnvironment, "can not make a pipe: " + system_words(errno));
  const Fd from(ends[0]);
  Fd to(ends[1]);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&files, to.get(), STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  const auto pid = spawn_with(argv, environment, &files);
  posix_spawn_file_actions_destroy(&files);
  if (!pid) return std::unexpected(pid.error());
  to = Fd();
  Captured out;
  bool too_much = false;
  std::string piece(64 * 1024, '\0');
  for (;;) {
    const ssize_t n = ::read(from.get(), piece.data(), piece.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    too_much = too_much || out.output.size() + static_cast<std::size_t>(n) > limit_bytes;
    if (!too_much) out.output.append(piece, 0, static_cast<std::size_t>(n));
  }
  const auto status = wait_for(*pid);
  if (!status) return std::unexpected(status.error());
  if (too_much) return fail(ErrorCode::kLimit, argv[0] + " says more than is taken");
  out.status = *status;
  return out;
}

ChildState poll_child(int pid) {
  int status = 0;
  const pid_t got = ::waitpid(pid, &status, WNOHANG);
  if (got != pid) return {};
  return {true, status_of(status)};
}

void send_signal(int pid, int signal_number) { ::kill(pid, signal_number); }

void take_signals() {
  const sigset_t set = waited_signals();
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
}

void take_size_limits_as_errors() {
  static std::once_flag once;
  std::call_once(once, [] { ::signal(SIGXFSZ, SIG_IGN); });
}

void take_descriptors() {
  rlimit files{};
  if (callers_files || ::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  const rlimit most{files.rlim_max, files.rlim_max};
  if (::setrlimit(RLIMIT_NOFILE, &most) == 0) callers_files = files.rlim_cur;
}

Signal wait_signal() {
  const sigset_t set = waited_signals();
  siginfo_t info{};
  for (;;) {
    const int number = ::sigwaitinfo(&set, &info);
    if (number > 0) return {number, info.si_code == SI_KERNEL};
  }
}

std::optional<Signal> wait_signal_for(int milliseconds) {
  const sigset_t set = waited_signals();
  siginfo_t info{};
  const timespec longest{milliseconds / 1000, static_cast<long>(milliseconds % 1000) * 1'000'000};
  const int number = ::sigtimedwait(&set, &info, &longest);
  if (number <= 0) return std::nullopt;
  return Signal{number, info.si_code == SI_KERNEL};
}

int process_id() { return ::getpid(); }

bool process_lives(int pid) { return ::kill(pid, 0) == 0 || errno == EPERM; }

}  // namespace cvr::os
