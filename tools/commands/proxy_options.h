// The options that record, replay, run and proxy share (CONTRACT "The proxy"), and how they become
// app::RunOptions: command line over environment over cvr.toml.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "app/config.h"
#include "app/run_options.h"
#include "cli.h"
#include "commands/match_flags.h"
#include "commands/redaction_flags.h"
#include "commands/replay_flags.h"

namespace cvr::commands {

class ProxyFlags {
 public:
  void declare(cli::Options& options);
  // Fills what the command line left open from cvr.toml and CVR_* variables.  Errors (kUsage) name
  // the option, or the file and line, and what is allowed.
  Result<app::RunOptions> to_run_options(const cli::Globals& globals);
  bool has_faults() const { return replay_.has_faults(); }

 private:
  void overlay(const app::Config& config);
  Result<void> fill_proxy(ProxyOptions& out) const;
  Result<void> fill_control(ProxyOptions& out) const;
  Result<void> fill_limits(ProxyLimits& out) const;
  Result<void> fill_on_failure(app::RunOptions& out) const;

  std::vector<std::string> cassettes_, hosts_, connect_to_, without_;
  RedactionFlags redaction_;
  MatchFlags match_;
  ReplayFlags replay_;
  std::string listen_, control_, reverse_, reverse_listen_, upstream_ca_, upstream_proxy_, latency_, client_cert_,
      client_key_, body_limit_, max_body_, max_cassette_, on_end_, grace_, upstream_timeout_, port_file_;
  static constexpr std::int64_t kCores = std::numeric_limits<std::int64_t>::min();
  std::int64_t threads_ = kCores;
  std::int64_t ready_fd_ = -1;
  bool overwrite_ = false, durable_ = false, strict_ = false, stateful_ = false, allow_ci_ = false, insecure_ = false,
       allow_private_ = false, allow_out_of_scope_ = false, json_ = false, keep_on_failure_ = false,
       discard_on_failure_ = false;
};

// "ADDR:PORT", "[v6]:PORT" or "PORT".  Errors name `option`.
Result<Endpoint> parse_endpoint(const std::string& text, const std::string& option);
// The words of --without.
Result<void> check_without(const std::vector<std::string>& clients);
// "HOST:PORT:ADDR:PORT" as curl takes it.
Result<ConnectTo> parse_connect_to(const std::string& text);

}  // namespace cvr::commands
