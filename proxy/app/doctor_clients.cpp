#include "app/doctor_clients.h"

#include <signal.h>

#include <array>

#include "base/base64.h"
#include "base/escape.h"
#include "cvr/certificate_authority.h"
#include "net/origin_server.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/file.h"

namespace cvr::app {
namespace {

constexpr int kLongestMs = 10'000;
constexpr int kStepMs = 50;
constexpr std::uint64_t kMostOutput = 64 * 1024;
constexpr std::size_t kMostWords = 160;

std::string pkt_line(const std::string& text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const std::size_t size = text.size() + 4;
  std::string out = "0000";
  for (std::size_t i = 0; i < 4; ++i) out[i] = kDigits[(size >> (12 - 4 * i)) & 15];
  return out + text;
}

std::string make_proof() {
  os::SystemEntropy entropy;
  std::array<std::uint8_t, 16> bytes{};
  entropy.fill(bytes);
  return "proof-" + hex_encode({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

// The last line of a program's complaint that says something.
std::string last_words(const std::string& output) {
  std::size_t end = output.find_last_not_of(" \t\r\n");
  if (end == output.npos) return "no answer";
  const std::size_t begin = output.rfind('\n', end);
  const std::size_t from = begin == output.npos ? 0 : begin + 1;
  return shortened(printable(output.substr(from, end + 1 - from)), kMostWords);
}

// A caller's settings of CVR would make it another proxy than the one that is tried.
os::Environment without_settings(const os::Environment& environment) {
  os::Environment out = environment;
  std::erase_if(out, [](const auto& pair) { return pair.first.starts_with("CVR_") || pair.first == "CI"; });
  return out;
}

struct Attempt {
  const TriedClient* client = nullptr;
  std::string output_file;
  int pid = 0;
  bool ended = false, timed_out = false;
};

// Ends what runs, and waits for it.
void end(Attempt& attempt) {
  for (const int number : {SIGTERM, SIGTERM, SIGKILL}) {
    if (attempt.ended) return;
    os::send_signal(attempt.pid, number);
    for (int waited = 0; waited < 1000 && !attempt.ended; waited += kStepMs) {
      attempt.ended = os::poll_child(attempt.pid).ended;
      if (!attempt.ended) os::wait_signal_for(kStepMs);
    }
  }
}

Result<void> wait_for_all(std::vector<Attempt>& attempts) {
  const os::SystemClock clock;
  const std::int64_t last = clock.monotonic_us() + kLongestMs * 1000;
  for (bool running = true; running && clock.monotonic_us() < last;) {
    running = false;
    for (Attempt& attempt : attempts) {
      if (!attempt.ended) attempt.ended = os::poll_child(attempt.pid).ended;
      running = running || !attempt.ended;
    }
    if (!running) break;
    const auto signal = os::wait_signal_for(kStepMs);
    if (!signal || signal->number == SIGCHLD) continue;
    for (Attempt& attempt : attempts) end(attempt);
    return fail(ErrorCode::kRefused, "interrupted");
  }
  for (Attempt& attempt : attempts) {
    attempt.timed_out = !attempt.ended;
    end(attempt);
  }
  return {};
}

struct Stage {
  std::string directory, self, ca_file;
  std::uint16_t port = 0;
  os::Environment environment;
};

Result<Attempt> start(const Stage& stage, const TriedClient& client, std::size_t number) {
  Attempt out;
  out.client = &client;
  const std::string place = stage.directory + "/" + std::to_string(number);
  if (auto made = os::make_private_directory(place); !made) return std::unexpected(made.error());
  // Hides a cvr.toml further up.
  if (auto made = os::write_file_atomically(place + "/cvr.toml", ""); !made) return std::unexpected(made.error());
  out.output_file = place + "/output";
  const std::string at = std::string(kDoctorHost) + ":443:127.0.0.1:" + std::to_string(stage.port);
  std::vector<std::string> words = {"sh",
                                    "-c",
                                    "cd \"$1\" && shift && exec \"$@\" >output 2>&1 </dev/null",
                                    "sh",
                                    place,
                                    stage.self,
                                    "-q",
                                    "run",
                                    "--mode",
                                    "passthrough",
                                    "--host",
                                    std::string(kDoctorHost),
                                    "--listen",
                                    "127.0.0.1:0",
                                    "--threads",
                                    "1",
                                    "--connect-to",
                                    at,
                                    "--upstream-ca",
                                    stage.ca_file,
                                    "--"};
  words.insert(words.end(), client.command.begin(), client.command.end());
  os::Environment environment = stage.environment;
  environment.emplace_back("CVR_HOME", place + "/home");
  auto pid = os::spawn(words, environment);
  if (!pid) return std::unexpected(pid.error());
  out.pid = *pid;
  return out;
}

bool says_yes(const std::vector<std::string>& question, const os::Environment& environment) {
  const auto asked = os::capture(question, environment);
  return asked && asked->status == 0;
}

Result<CheckResults> try_with(const Stage& stage, const std::string& proof) {
  const std::vector<TriedClient> clients = known_clients(stage.self);
  std::vector<Attempt> attempts;
  CheckResults out;
  for (const TriedClient& client : clients) {
    const bool is_here = says_yes(client.present, stage.environment);
    if (!is_here || (!client.needs.empty() && !says_yes(client.needs, stage.environment))) {
      out.push_back({"client " + client.name, CheckState::kSkip,
                     is_here ? "not tried: " + client.want : "not found on this machine"});
      continue;
    }
    auto attempt = start(stage, client, attempts.size());
    if (!attempt) {
      for (Attempt& other : attempts) end(other);
      return std::unexpected(attempt.error());
    }
    attempts.push_back(std::move(*attempt));
  }
  if (auto done = wait_for_all(attempts); !done) return std::unexpected(done.error());
  CheckResults tried;
  for (const Attempt& attempt : attempts) {
    const auto output = os::read_file(attempt.output_file, kMostOutput);
    tried.push_back(judge(*attempt.client, output ? *output : output.error().text, proof, attempt.timed_out));
  }
  tried.insert(tried.end(), out.begin(), out.end());
  return tried;
}

}  // namespace

http::Response doctor_answer(const http::Request& request, const std::string& proof) {
  http::Response out;
  out.status = 200;
  if (request.path.ends_with("/info/refs")) {
    out.fields.push_back({"Content-Type", "application/x-git-upload-pack-advertisement"});
    out.body = pkt_line("# service=git-upload-pack\n") + "0000" +
               pkt_line(std::string(40, '1') + " refs/heads/" + proof + std::string(1, '\0') + "agent=cvr\n") + "0000";
  } else {
    out.fields.push_back({"Content-Type", "text/plain"});
    out.body = proof + "\n";
  }
  return out;
}

CheckResult judge(const TriedClient& client, const std::string& output, const std::string& proof, bool timed_out) {
  const std::string check = "client " + client.name;
  if (output.find(proof) != output.npos) return {check, CheckState::kPass, "goes through the proxy and trusts its CA"};
  return {check, CheckState::kFail, timed_out ? "no answer within ten seconds" : last_words(output), client.mend};
}

Result<CheckResults> try_clients(const std::string& directory, const std::string& self,
                                 const os::Environment& environment) {
  static const os::SystemClock clock;
  auto authority = certs::Authority::ephemeral("CVR doctor", {std::string(kDoctorHost)}, clock);
  if (!authority) return std::unexpected(authority.error());
  Stage stage{directory, self, directory + "/origin-ca.pem", 0, without_settings(environment)};
  if (auto written = os::write_file_atomically(stage.ca_file, (*authority)->certificate_pem()); !written) {
    return std::unexpected(written.error());
  }
  net::OriginOptions options;
  options.authority = *authority;
  options.origin = {http::Scheme::kHttps, std::string(kDoctorHost), 443};
  const std::string proof = make_proof();
  auto server = net::OriginServer::start(std::move(options), [&proof](const http::Request& request) {
    net::OriginReply reply;
    reply.response = doctor_answer(request, proof);
    return reply;
  });
  if (!server) return std::unexpected(server.error());
  stage.port = (*server)->address().port;
  return try_with(stage, proof);
}

}  // namespace cvr::app
