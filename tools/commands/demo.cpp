// cvr demo: the whole story on the stand-in, offline: record, stop the service, replay with dummy
// credentials, miss once, look for the credentials, export.
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "app/dotenv.h"
#include "commands/commands.h"
#include "commands/demo_scripts.h"
#include "os/file.h"
#include "os/process.h"

namespace cvr::commands {
namespace {

using Words = std::vector<std::string>;

class Demo {
 public:
  Result<int> run();

 private:
  Result<void> prepare();
  Result<void> start_sandbox(const char* scenario = "working", const char* now = nullptr);
  Result<void> stop_sandbox();
  Result<int> cvr(Words words, bool with_credentials, Words child = {});
  Result<void> expect(int wanted, Words words, bool with_credentials, Words child = {});
  Result<void> record();
  Result<void> replay();
  Result<void> search_credentials();
  Result<void> play_day(const char* scenario, const char* now, const char* cassette);
  Result<void> evidence();
  std::string path(const char* name) const { return directory_ + "/" + name; }
  void title(const char* text) {
    std::printf("\n%d. %s\n", ++step_, text);
    std::fflush(stdout);
  }

  int step_ = 0;
  std::string self_, directory_, port_;
  int sandbox_pid_ = 0;
  app::Variables credentials_;
};

int wait_for(int pid) {
  for (;;) {
    const os::Signal signal = os::wait_signal();
    if (signal.number != SIGCHLD) {
      os::send_signal(pid, SIGTERM);
      continue;
    }
    const os::ChildState state = os::poll_child(pid);
    if (state.ended) return state.status;
  }
}

Result<void> Demo::prepare() {
  char self[4096];
  const ssize_t n = ::readlink("/proc/self/exe", self, sizeof self - 1);
  self_.assign(self, n > 0 ? static_cast<std::size_t>(n) : 0);
  const char* tmp = ::getenv("TMPDIR");
  std::string name = std::string(tmp != nullptr && *tmp != '\0' ? tmp : "/tmp") + "/cvr-demo-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr)
    return fail(ErrorCode::kEnvironment, "can not create a directory for the demo below " + name);
  directory_ = name;
  if (auto done = os::write_file_atomically(path("trip.sh"), kTripScript); !done) return done;
  return os::write_file_atomically(path("aircraft.cjs"), kAircraftScript);
}

// The environment of what the demo runs: a home of its own, and credentials only when asked.
os::Environment environment_of(const std::string& home, const app::Variables& variables) {
  os::Environment out = os::current_environment();
  std::erase_if(out, [](const auto& pair) { return pair.first == "CI" || pair.first == "CVR_HOME"; });
  out.emplace_back("CVR_HOME", home);
  for (const auto& pair : variables) out.push_back(pair);
  return out;
}

Result<void> Demo::start_sandbox(const char* scenario, const char* now) {
  Words words = {
      self_,       "sandbox",           "-q",         "--port-file", path("port"), "--ca-out", path("sandbox-ca.pem"),
      "--env-out", path("sandbox.env"), "--scenario", scenario};
  if (now != nullptr) words.insert(words.end(), {"--now", now});
  std::error_code ignored;
  std::filesystem::remove(path("port"), ignored);
  auto pid = os::spawn(words, environment_of(path("home"), {}));
  if (!pid) return std::unexpected(pid.error());
  sandbox_pid_ = *pid;
  for (int i = 0; i < 500 && ::access(path("port").c_str(), R_OK) != 0; ++i) {
    if (os::poll_child(sandbox_pid_).ended) return fail(ErrorCode::kEnvironment, "the sandbox stand-in did not start");
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  auto port = os::read_file(path("port"), 16);
  if (!port) return std::unexpected(port.error());
  port_ = port->substr(0, port->find('\n'));
  auto text = os::read_file(path("sandbox.env"), 1 << 16);
  if (!text) return std::unexpected(text.error());
  auto variables = app::parse_dotenv(*text, "sandbox.env");
  if (!variables) return std::unexpected(variables.error());
  credentials_ = std::move(*variables);
  return {};
}

Result<void> Demo::stop_sandbox() {
  os::send_signal(sandbox_pid_, SIGTERM);
  wait_for(sandbox_pid_);
  sandbox_pid_ = 0;
  return {};
}

Result<int> Demo::cvr(Words words, bool with_credentials, Words child) {
  std::string shown = "   $ cvr";
  for (const std::string& word : words) shown += " " + word;
  if (!child.empty()) shown += " --";
  for (const std::string& word : child) shown += " " + word;
  std::printf("%s\n", shown.c_str());
  std::fflush(stdout);
  app::Variables variables = credentials_;
  if (!with_credentials) {
    for (auto& [name, value] : variables) value = "dummy-" + name;
  }
  words.insert(words.begin(), self_);
  if (!child.empty()) words.emplace_back("--");
  words.insert(words.end(), child.begin(), child.end());
  auto pid = os::spawn(words, environment_of(path("home"), variables));
  if (!pid) return std::unexpected(pid.error());
  return wait_for(*pid);
}

Result<void> Demo::expect(int wanted, Words words, bool with_credentials, Words child) {
  const std::string what = words.front();
  auto status = cvr(std::move(words), with_credentials, std::move(child));
  if (!status) return std::unexpected(status.error());
  if (*status == wanted) return {};
  return fail(ErrorCode::kRefused, "the demo failed: cvr " + what + " ended with " + std::to_string(*status) +
                                       " instead of " + std::to_string(wanted) + "; its files are in " + directory_);
}

Result<void> Demo::record() {
  title("The vendor's sandbox runs (its stand-in); curl and Node are recorded through HTTPS_PROXY alone");
  if (auto done = start_sandbox(); !done) return done;
  return expect(0,
                {"record", "-c", path("trips.cvr"), "--secrets", path("sandbox.env"), "--upstream-ca",
                 path("sandbox-ca.pem"), "--connect-to", "sandbox.avinode.com:443:127.0.0.1:" + port_},
                true, {"sh", path("trip.sh")});
}

Result<void> Demo::replay() {
  title("The vendor's sandbox is gone; the same run is replayed, with dummy credentials");
  if (auto done = stop_sandbox(); !done) return done;
  if (auto done = expect(0, {"replay", "-c", path("trips.cvr")}, false, {"sh", path("trip.sh")}); !done) return done;
  title("A request that was never recorded: refused and explained, never guessed");
  return expect(1, {"replay", "-c", path("trips.cvr")}, false,
                {"curl", "-sS", "-o", "/dev/null", "https://sandbox.avinode.com/api/airports/search?filter=KVNY"});
}

Result<void> Demo::search_credentials() {
  title("The credentials that were used are looked for in the cassette");
  auto bytes = os::read_file(path("trips.cvr"));
  if (!bytes) return std::unexpected(bytes.error());
  const auto found = std::count_if(credentials_.begin(), credentials_.end(), [&](const auto& pair) {
    return pair.second.size() >= 8 && bytes->find(pair.second) != std::string::npos;
  });
  std::printf("   %zu credentials, %td found as they are\n", credentials_.size(), found);
  if (found != 0) return fail(ErrorCode::kRefused, "the demo failed: a credential stands in the cassette");
  return expect(0, {"verify", path("trips.cvr"), "--secrets", path("sandbox.env")}, false);
}

// One day of the story: the stand-in at that time, a search and a booking, recorded.
Result<void> Demo::play_day(const char* scenario, const char* now, const char* cassette) {
  if (auto done = start_sandbox(scenario, now); !done) return done;
  credentials_.emplace_back("SENT_AT", now);
  auto done = expect(0,
                     {"record", "-q", "-c", path(cassette), "--secrets", path("sandbox.env"), "--upstream-ca",
                      path("sandbox-ca.pem"), "--connect-to", "sandbox.avinode.com:443:127.0.0.1:" + port_},
                     true, {"sh", path("day.sh")});
  if (auto stopped = stop_sandbox(); !stopped) return stopped;
  return done;
}

// Friday it worked, on Monday the sandbox was rebuilt: whose fault is it, and what is sent to whom?
Result<void> Demo::evidence() {
  title("Friday everything works; on Monday, after the weekly rebuild, bookings are forbidden");
  if (auto done = os::write_file_atomically(path("day.sh"), kDayScript); !done) return done;
  if (auto done = os::write_file_atomically(path("case.toml"), kCase); !done) return done;
  if (auto done = play_day("working", "2026-03-13T10:00:00Z", "friday.cvr"); !done) return done;
  for (const char* now : {"2026-03-16T09:00:00Z", "2026-03-16T09:06:00Z", "2026-03-16T09:12:00Z"}) {
    if (auto done = play_day("permission-lost", now, "monday.cvr"); !done) return done;
  }
  title("Whose fault is it?");
  if (auto done = expect(1, {"diagnose", path("monday.cvr"), "--before", path("friday.cvr")}, false); !done)
    return done;
  title("The evidence, as one signed bundle");
  if (auto done = expect(0,
                         {"bundle", path("monday.cvr"), "--before", path("friday.cvr"), "--case", path("case.toml"),
                          "-o", path("evidence.zip"), "--secrets", path("sandbox.env")},
                         false);
      !done) {
    return done;
  }
  title("Verified by cvr, and by stock sha256sum and openssl");
  if (auto done = expect(0, {"bundle", "verify", path("evidence.zip")}, false); !done) return done;
  if (auto done = os::write_file_atomically(path("verify.sh"), kVerifyScript); !done) return done;
  const auto status = os::run_to_end({"sh", path("verify.sh"), directory_}, os::current_environment());
  if (!status) return std::unexpected(status.error());
  if (*status != 0) return fail(ErrorCode::kRefused, "the demo failed: the bundle does not verify; see " + directory_);
  return {};
}

Result<int> Demo::run() {
  os::take_signals();
  if (auto done = prepare(); !done) return std::unexpected(done.error());
  std::printf("CVR demo: offline, about 15 seconds, files in %s\n", directory_.c_str());
  auto done = record();
  if (done) done = replay();
  if (sandbox_pid_ != 0) stop_sandbox();
  if (done) done = search_credentials();
  if (done) {
    title("Exported for support, readable by any HAR viewer");
    done = expect(0, {"export", path("trips.cvr"), "--format", "har", "-o", path("trips.har")}, false);
  }
  if (done) {
    title("What is on record");
    done = expect(0, {"ls", path("trips.cvr")}, false);
  }
  if (done) done = evidence();
  if (sandbox_pid_ != 0) stop_sandbox();
  if (!done) return std::unexpected(done.error());
  std::printf(
      "\nDone.  Recorded, replayed without the service and without the secrets, one miss explained, exported.\n"
      "  cassette   %s\n  HAR        %s\n  clients    %s, %s\n"
      "  evidence   %s\n  viewer     %s\n"
      "next:  cvr show %s 1      cvr record -c my.cvr -- YOUR COMMAND\n",
      path("trips.cvr").c_str(), path("trips.har").c_str(), path("trip.sh").c_str(), path("aircraft.cjs").c_str(),
      path("evidence.zip").c_str(), path("evidence/viewer.html").c_str(), path("trips.cvr").c_str());
  return 0;
}

class DemoCommand : public cli::Command {
 public:
  void declare(cli::Options&) override {}
  Result<int> run(const cli::Globals&) override { return Demo().run(); }
};

}  // namespace

std::unique_ptr<cli::Command> make_demo() { return std::make_unique<DemoCommand>(); }

}  // namespace cvr::commands
