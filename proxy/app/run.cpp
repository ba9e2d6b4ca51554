#include "app/run.h"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <optional>
#include <thread>

#include "app/announce.h"
#include "app/build.h"
#include "app/child_environment.h"
#include "app/live_view.h"
#include "app/log.h"
#include "app/session_files.h"
#include "app/session_lines.h"
#include "app/summary.h"
#include "app/tool_files.h"
#include "base/base64.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/file.h"
#include "os/process.h"
#include "os/start_pages.h"
#include "os/terminal.h"

namespace cvr::app {
namespace {

void say(const RunOptions& options, const std::string& text) {
  if (options.quiet) return;
  std::fputs(text.c_str(), stderr);
  std::fflush(stderr);
}

// A program that draws on the whole screen keeps it to itself.
void tell_live(RunOptions& options) {
  if (options.quiet || !os::is_terminal(STDERR_FILENO)) return;
  options.on_record = [](const RedactedInteraction& interaction) {
    if (os::is_taken_by_a_program(STDERR_FILENO)) return;
    std::fputs(live_line(interaction, os::terminal_columns(STDERR_FILENO), os::wants_colour(STDERR_FILENO)).c_str(),
               stderr);
  };
}

struct ChildEnd {
  int status = 0;
  bool hurried = false;  // a second signal: what is in flight is not waited for
};

// Waits until the child ends; hands on what it would not get from the terminal.  After a signal it has
// --grace, and a second one ends it at once.  A key of the terminal is between it and the child: an
// interpreter lives on after Ctrl-C.
ChildEnd wait_for_child(int pid, int grace_ms) {
  using Clock = std::chrono::steady_clock;
  ChildEnd end;
  std::optional<Clock::time_point> deadline;
  int asked = 0;
  for (;;) {
    std::optional<os::Signal> signal;
    if (deadline) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - Clock::now()).count();
      if (left > 0) signal = os::wait_signal_for(static_cast<int>(left));
    } else {
      signal = os::wait_signal();
    }
    if (!signal) {
      if (!deadline || Clock::now() < *deadline) continue;  // interrupted
      os::send_signal(pid, SIGKILL);
      deadline.reset();
    } else if (signal->number == SIGCHLD) {
      const os::ChildState state = os::poll_child(pid);
      end.status = state.status;
      if (state.ended) return end;
    } else if (signal->number == SIGUSR1 || signal->number == SIGUSR2) {
      os::send_signal(pid, signal->number);  // the child's own matter
    } else if (!signal->from_terminal) {
      end.hurried = asked++ > 0;
      os::send_signal(pid, end.hurried ? SIGKILL : signal->number);
      if (!end.hurried) deadline = Clock::now() + std::chrono::milliseconds(grace_ms);
    }
  }
}

void wait_for_end() {
  while (os::wait_signal().number == SIGCHLD) {
  }
}

// A second signal ends the process at once, whatever is still in flight.
void exit_on_second_signal() {
  std::thread([] {
    while (os::wait_signal().number == SIGCHLD) {
    }
    ::_exit(130);
  }).detach();
}

Result<ChildEnd> run_child(const RunOptions& options, const Proxy& proxy, const RunFiles& files) {
  const std::string url = "http://" + to_string(proxy.address());
  const ChildEnvironment changes =
      child_environment(os::current_environment(), url, files, options.proxy.hosts, options.without);
  for (const std::string& note : changes.notes) log(Level::kInfo, note);
  for (const std::string& remark : changes.remarks) log(Level::kInfo, remark);
  if (const auto warning = settings_warning(options.child, os::current_environment(), options.proxy.hosts)) {
    log(Level::kWarn, *warning);
  }
  os::Environment environment = with_changes(os::current_environment(), changes);
  environment.emplace_back("CVR_TOKEN", options.proxy.control_token);  // of the control API
  auto pid = os::spawn(options.child, environment);
  if (!pid) return std::unexpected(pid.error());
  return wait_for_child(*pid, options.grace_ms);
}

std::string make_token() {
  os::SystemEntropy entropy;
  std::array<std::uint8_t, 32> bytes{};
  entropy.fill(bytes);
  return hex_encode({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

void tell_misses(const RunOptions& options, const Built& built) {
  if (built.session != nullptr) {
    built.session->on_miss([&options](const match::MissReport& report) { say(options, match::to_text(report)); });
    built.session->on_stale([](const std::string& text) { log(Level::kWarn, text); });
    built.session->on_warning([](const std::string& text) { log(Level::kWarn, text); });
  }
  built.files->on_miss([&options](const std::string& name, const match::MissReport& report) {
    say(options, "session " + name + ": " + match::to_text(report));
  });
  built.files->on_note([](const std::string& note) { log(Level::kWarn, note); });
}

// What has happened, told; the status of that.
Result<int> conclude(const RunOptions& options, const Built& built, bool failed) {
  // What was ejected before has had its own verdict.
  const auto keeps = [&](const engine::Session& session) {
    return failed && discards_on_failure(options, session.now().wish()) ? engine::Keep::kNothing : engine::Keep::kAll;
  };
  const std::vector<engine::Ended> sessions = built.sessions->close_all(keeps);
  if (options.by_user) {
    for (const engine::Ended& session : sessions) say(options, session_line(session, options.strict));
    if (options.json) std::fputs(sessions_json(sessions).c_str(), stdout);
    return sessions_status(sessions, options.strict);
  }
  const auto& [summary, cassette, sealed] = sessions.front();
  say(options, summary_text(summary, cassette, options.strict));
  if (options.quiet) std::fputs(discard_text(summary, cassette).c_str(), stderr);  // a loss is never silent
  if (options.json) std::fputs(summary_json(summary, cassette).c_str(), stdout);
  if (!sealed && summary.lost == 0) return std::unexpected(sealed.error());
  return summary_status(summary, options.strict);
}

// Nothing was served: there is nothing to keep, and no cassette that `once` would take for a whole one.
std::unexpected<Error> give_up(const Built& built, Error error) {
  if (built.session != nullptr) static_cast<void>(built.session->discard());
  return std::unexpected(std::move(error));
}

// A command that is not there ends as under a shell.
Result<int> not_started(const Built& built, const Error& error) {
  const auto status = os::status_of_failed_start(error);
  if (!status) return give_up(built, error);
  std::fprintf(stderr, "cvr: error: %s\n", error.text.c_str());
  static_cast<void>(give_up(built, error));
  return *status;
}

}  // namespace

Result<int> run(RunOptions options) {
  os::take_signals();
  os::take_descriptors();
  options.proxy.control_token = make_token();
  tell_live(options);
  static const os::SystemClock clock;
  auto built = build(options, clock);
  if (!built) return std::unexpected(built.error());
  for (const std::string& note : built->notes) log(Level::kWarn, note);
  for (const std::string& weak : built->weak) {
    log(Level::kWarn, weak);
    if (built->session != nullptr) built->session->warn_once(weak, weak);
  }
  if (options.proxy.upstream.insecure)
    log(Level::kWarn, "upstream certificates are not verified (--insecure-upstream)");
  tell_misses(options, *built);
  ProxyEvents events;
  events.log = [redactor = built->redactor](int level, const std::string& text) {
    if (is_logged(static_cast<Level>(level))) log(static_cast<Level>(level), shown(*redactor, text));
  };
  auto proxy = Proxy::start(options.proxy, built->sessions, built->authority, clock, events);
  if (!proxy) return give_up(*built, proxy.error());
  os::give_back_start_pages();

  auto announced = Announcement::make(options, *built, **proxy);
  if (!announced) return give_up(*built, announced.error());
  ChildEnd child;
  if (options.child.empty()) {
    say(options, announced->text());
    wait_for_end();
  } else {
    auto status = run_child(options, **proxy, announced->files());
    if (!status) return not_started(*built, status.error());
    child = *status;
  }
  exit_on_second_signal();
  (*proxy)->stop(child.hurried ? 0 : options.grace_ms);
  const auto own = conclude(options, *built, child.status != 0);
  if (!own) return std::unexpected(own.error());
  return child.status != 0 ? child.status : *own;
}

}  // namespace cvr::app
