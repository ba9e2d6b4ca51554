// cvr sandbox: the stand-in of the vendor's sandbox behind TLS, until a signal comes.
#include <signal.h>

#include <cstdio>

#include "app/log.h"
#include "commands/commands.h"
#include "commands/proxy_options.h"
#include "net/origin_server.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/process.h"
#include "sandbox/scenario_file.h"
#include "sandbox/service.h"
#include "sandbox/timestamps.h"

namespace cvr::commands {
namespace {

constexpr const char* kHost = "sandbox.avinode.com";

net::OriginReply to_origin_reply(sandbox::Reply reply) {
  net::OriginReply out;
  out.response = std::move(reply.response);
  out.delay_ms = static_cast<int>(reply.delay_ms);
  if (reply.action == sandbox::Action::kReset) out.action = net::OriginReply::Action::kReset;
  if (reply.action == sandbox::Action::kClose) out.action = net::OriginReply::Action::kClose;
  return out;
}

class SandboxCommand : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.text("--scenario", scenario_,
                 "working (default), after-reset, expired-token, wrong-oauth-method, "
                 "permission-lost, rate-limited, outage, or a TOML file");
    options.number("--seed", seed_, "ids and credentials derive from it (default 1)");
    options.text("--now", now_,
                 "what its clock shows at the start, e.g. 2026-03-16T09:00:00Z (default: the real time)");
    options.text("--listen", listen_, "ADDR:PORT (default 127.0.0.1:0, any free port)");
    options.text("--port-file", port_file_, "writes the port and a newline when it listens");
    options.text("--ca-out", ca_out_, "writes the certificate authority that vouches for it (PEM)");
    options.text("--env-out", env_out_, "writes the credentials to use as a dotenv file (0600)");
    options.text("--old-env-out", old_env_out_, "writes those of before the last weekly rebuild");
  }
  Result<int> run(const cli::Globals& globals) override;

 private:
  Result<void> write_files(const certs::Authority& authority, const sandbox::Service& service) const;
  std::string scenario_ = "working", now_, listen_ = "127.0.0.1:0", port_file_, ca_out_, env_out_, old_env_out_;
  std::int64_t seed_ = 1;
};

Result<void> SandboxCommand::write_files(const certs::Authority& authority, const sandbox::Service& service) const {
  const auto write = [](const std::string& path, const std::string& text, unsigned mode) -> Result<void> {
    return path.empty() ? Result<void>() : os::write_file_atomically(path, text, mode);
  };
  const std::string url = service.options().base_url;
  if (auto done = write(ca_out_, authority.certificate_pem(), 0644); !done) return done;
  if (auto done = write(env_out_, sandbox::dotenv_text(service.credentials(), url), 0600); !done) return done;
  return write(old_env_out_, sandbox::dotenv_text(service.old_credentials(), url), 0600);
}

Result<int> SandboxCommand::run(const cli::Globals& globals) {
  app::set_up_log(globals.verbosity, globals.log_json);
  os::take_signals();
  static const os::SystemClock clock;
  auto scenario = sandbox::open_scenario(scenario_);
  if (!scenario) return std::unexpected(scenario.error());
  std::int64_t offset_us = 0;
  if (!now_.empty()) {
    const auto at = sandbox::parse_timestamp(now_);
    if (!at) return fail(ErrorCode::kUsage, "--now " + now_ + " is not a time with a zone (2026-03-16T09:00:00Z)");
    offset_us = *at - clock.utc_us();
  }
  auto listen = parse_endpoint(listen_, "--listen");
  if (!listen) return std::unexpected(listen.error());
  auto authority = certs::Authority::ephemeral("CVR sandbox stand-in", {"avinode.com"}, clock);
  if (!authority) return std::unexpected(authority.error());

  sandbox::Options options;
  options.scenario = std::move(*scenario);
  options.seed = static_cast<std::uint64_t>(seed_);
  options.started_utc_us = clock.utc_us() + offset_us;
  sandbox::Service service(std::move(options));
  // Before the server's thread has the service; the port file comes last, since it says "ready".
  if (auto written = write_files(**authority, service); !written) return std::unexpected(written.error());
  net::OriginOptions origin;
  origin.listen = *listen;
  origin.authority = *authority;
  origin.origin = {http::Scheme::kHttps, kHost, 443};
  auto server = net::OriginServer::start(std::move(origin), [&service, offset_us](const http::Request& request) {
    return to_origin_reply(service.handle(request, clock.utc_us() + offset_us));
  });
  if (!server) return std::unexpected(server.error());
  const Endpoint at = (*server)->address();
  if (!port_file_.empty()) {
    const std::string port = std::to_string(at.port) + "\n";
    if (auto written = os::write_file_atomically(port_file_, port, 0644); !written)
      return std::unexpected(written.error());
  }
  if (globals.verbosity >= 0) {
    std::fprintf(stderr,
                 "the sandbox stand-in (%s) listens on %s:%d for %s\nuse it:  cvr record -c trips.cvr --connect-to "
                 "%s:443:%s:%d --upstream-ca %s -- CMD\n",
                 scenario_.c_str(), at.address.c_str(), at.port, kHost, kHost, at.address.c_str(), at.port,
                 ca_out_.empty() ? "CA.pem (see --ca-out)" : ca_out_.c_str());
  }
  while (os::wait_signal().number == SIGCHLD) {
  }
  return 0;
}

}  // namespace

std::unique_ptr<cli::Command> make_sandbox() { return std::make_unique<SandboxCommand>(); }

}  // namespace cvr::commands
