#include "app/run.h"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <thread>

#include "app/announce.h"
#include "app/build.h"
#include "app/child_environment.h"
#include "app/log.h"
#include "app/session_files.h"
#include "app/session_lines.h"
#include "app/summary.h"
#include "base/base64.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/file.h"
#include "os/process.h"

namespace cvr::app {
namespace {

void say(const RunOptions& options, const std::string& text) {
  if (options.quiet) return;
  std::fputs(text.c_str(), stderr);
  std::fflush(stderr);
}

// Waits until the child ends; hands on what it would not get from the terminal.
int wait_for_child(int pid) {
  for (;;) {
    const os::Signal signal = os::wait_signal();
    if (signal.number == SIGCHLD) {
      const os::ChildState state = os::poll_child(pid);
      if (state.ended) return state.status;
    } else if (!signal.from_terminal) {
      os::send_signal(pid, signal.number);
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

Result<int> run_child(const RunOptions& options, const Proxy& proxy, const RunFiles& files) {
  const std::string url = "http://" + to_string(proxy.address());
  const ChildEnvironment changes = child_environment(os::current_environment(), url, files, options.proxy.hosts);
  for (const std::string& note : changes.notes) log(Level::kInfo, note);
  os::Environment environment = with_changes(os::current_environment(), changes);
  environment.emplace_back("CVR_TOKEN", options.proxy.control_token);  // of the control API
  auto pid = os::spawn(options.child, environment);
  if (!pid) return std::unexpected(pid.error());
  return wait_for_child(*pid);
}

std::string make_token() {
  os::SystemEntropy entropy;
  std::array<std::uint8_t, 32> bytes{};
  entropy.fill(bytes);
  return hex_encode({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

void tell_misses(const RunOptions& options, const Built& built) {
  if (built.session != nullptr)
    built.session->on_miss([&options](const match::MissReport& report) { say(options, match::to_text(report)); });
  built.files->on_miss([&options](const std::string& name, const match::MissReport& report) {
    say(options, "session " + name + ": " + match::to_text(report));
  });
  built.files->on_note([](const std::string& note) { log(Level::kWarn, note); });
}

// What has happened, told; the status of that.
Result<int> conclude(const RunOptions& options, const Built& built) {
  const std::vector<engine::Ended> sessions = built.sessions->close_all();
  if (options.by_user) {
    for (const engine::Ended& session : sessions) say(options, session_line(session, options.strict));
    if (options.json) std::fputs(sessions_json(sessions).c_str(), stdout);
    return sessions_status(sessions, options.strict);
  }
  const auto& [summary, cassette, sealed] = sessions.front();
  say(options, summary_text(summary, cassette, options.strict));
  if (options.json) std::fputs(summary_json(summary, cassette).c_str(), stdout);
  if (!sealed && summary.lost == 0) return std::unexpected(sealed.error());
  return summary_status(summary, options.strict);
}

}  // namespace

Result<int> run(RunOptions options) {
  os::take_signals();
  os::forbid_dumps();
  options.proxy.control_token = make_token();
  static const os::SystemClock clock;
  auto built = build(options, clock);
  if (!built) return std::unexpected(built.error());
  for (const std::string& note : built->notes) log(Level::kWarn, note);
  if (options.proxy.upstream.insecure)
    log(Level::kWarn, "upstream certificates are not verified (--insecure-upstream)");
  tell_misses(options, *built);
  ProxyEvents events;
  events.log = [](int level, const std::string& text) { log(static_cast<Level>(level), text); };
  auto proxy = Proxy::start(options.proxy, built->sessions, built->authority, clock, events);
  if (!proxy) return std::unexpected(proxy.error());

  auto announced = Announcement::make(options, *built, **proxy);
  if (!announced) return std::unexpected(announced.error());
  int child_status = 0;
  if (options.child.empty()) {
    say(options, announced->text());
    wait_for_end();
  } else {
    auto status = run_child(options, **proxy, announced->files());
    if (!status) return std::unexpected(status.error());
    child_status = *status;
  }
  exit_on_second_signal();
  (*proxy)->stop(options.grace_ms);
  const auto own = conclude(options, *built);
  if (!own) return std::unexpected(own.error());
  return child_status != 0 ? child_status : *own;
}

}  // namespace cvr::app
