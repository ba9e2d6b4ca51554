#include "commands/probe_flags.h"

#include <algorithm>

#include "app/upstream_options.h"
#include "base/escape.h"
#include "base/size.h"
#include "commands/proxy_options.h"
#include "os/file.h"
#include "os/process.h"
#include "profiles/plan_file.h"

namespace cvr::commands {
namespace {

constexpr std::uint64_t kMostPlan = 1u << 20;

// Of a file, else of the profile.
Result<profiles::Plan> load_plan(const std::string& file, const profiles::Profile& profile) {
  if (file.empty()) {
    if (!profile.probe.empty()) return profile.probe;
    return fail(ErrorCode::kUsage, "the profile " + printable(shortened(profile.name, 40)) +
                                       " has no [probe]; --plan FILE names a plan (see cvr probe --help)");
  }
  const auto text = os::read_file(file, kMostPlan);
  if (!text) return std::unexpected(text.error());
  return profiles::parse_plan(*text, file);
}

}  // namespace

void ProbeFlags::declare(cli::Options& options) {
  options.text("--plan", plan_, "TOML file of steps (default: the profile's plan)");
  options.text("-c,--cassette", cassette_, "records the calls there, redacted; an existing file is appended to");
  options.flag("--overwrite", overwrite_, "start the cassette anew");
  options.list("--env-file", env_files_,
               "dotenv file with credentials, 0600, repeatable; counts more than the environment");
  options.list("--connect-to", connect_to_, "HOST:PORT:ADDR:PORT, dial another address, repeatable");
  options.text("--upstream-ca", upstream_ca_, "PEM file of authorities to trust beside the system's");
  options.text("--upstream-proxy", upstream_proxy_, "HTTP proxy on the way: http://[USER:PASSWORD@]HOST[:PORT]");
  options.text("--client-cert", client_cert_, "certificate shown to the service (PEM)");
  options.text("--client-key", client_key_, "its key (PEM, 0600)");
  options.text("--upstream-timeout", upstream_timeout_, "longest wait for an answer (default 120s)");
  options.flag("--insecure-upstream", insecure_, "do not verify certificates (marks the cassette)");
  options.flag("--allow-private", allow_private_, "addresses that are private or local");
  redaction_.declare(options, RedactionFlags::With::kPrivacy,
                     "dotenv file whose values are secrets wherever they appear; credentials are looked for there too");
  options.flag("--allow-record-in-ci", allow_ci_, "call the real service although CI is set");
  options.flag("--json", json_, "as JSON");
}

Result<void> ProbeFlags::fill_upstream(const app::Config& config, app::ProbeOptions& out) {
  const std::pair<const char*, std::string*> texts[] = {{"upstream_ca", &upstream_ca_},
                                                        {"upstream_proxy", &upstream_proxy_},
                                                        {"client_cert", &client_cert_},
                                                        {"client_key", &client_key_},
                                                        {"upstream_timeout", &upstream_timeout_}};
  for (const auto& [key, value] : texts) {
    if (const auto* given = app::values_of(config, key); given != nullptr && value->empty()) *value = given->front();
  }
  if (const auto* given = app::values_of(config, "connect_to"); given != nullptr && connect_to_.empty()) {
    connect_to_ = *given;
  }
  const auto* private_too = app::values_of(config, "allow_private");
  for (const std::string& text : connect_to_) {
    auto rule = parse_connect_to(text);
    if (!rule) return std::unexpected(rule.error());
    out.upstream.connect_to.push_back(*std::move(rule));
  }
  if (!upstream_proxy_.empty()) {
    out.upstream.proxy = app::parse_upstream_proxy(upstream_proxy_, os::current_environment());
    if (!out.upstream.proxy) {
      return fail(ErrorCode::kUsage,
                  "--upstream-proxy: a URL of the form http://[USER:PASSWORD@]HOST[:PORT] is needed");
    }
  }
  if (client_cert_.empty() != client_key_.empty()) {
    return fail(ErrorCode::kUsage, "--client-cert and --client-key go together");
  }
  if (!upstream_timeout_.empty()) {
    const auto ms = parse_duration_ms(upstream_timeout_);
    if (!ms || *ms <= 0 || *ms > 600'000) {
      return fail(ErrorCode::kUsage, "--upstream-timeout takes a time of at most 10m, as in 30s");
    }
    out.limits.answer_timeout_ms = static_cast<int>(*ms);
    out.limits.connect_timeout_ms = std::min(out.limits.connect_timeout_ms, out.limits.answer_timeout_ms);
  }
  out.upstream.ca_file = upstream_ca_;
  out.upstream.client_cert_file = client_cert_;
  out.upstream.client_key_file = client_key_;
  out.upstream.insecure = insecure_;
  out.upstream.allow_private = allow_private_ || (private_too != nullptr && private_too->front() == "true");
  return {};
}

Result<app::ProbeOptions> ProbeFlags::to_options(const cli::Globals& globals) {
  const auto config = app::load_config();
  if (!config) return std::unexpected(config.error());
  app::ProbeOptions out;
  auto redaction = redaction_.load(*config);
  if (!redaction) return std::unexpected(redaction.error());
  out.redaction = *std::move(redaction);
  auto plan = load_plan(plan_, *out.redaction.profile);
  if (!plan) return std::unexpected(plan.error());
  out.plan = *std::move(plan);
  if (auto done = fill_upstream(*config, out); !done) return std::unexpected(done.error());
  out.cassette = cassette_;
  out.overwrite = overwrite_;
  out.allow_record_in_ci = allow_ci_;
  out.env_files = env_files_;
  out.json = json_;
  out.quiet = globals.verbosity < 0;
  out.colour = cli::stdout_wants_colour();
  out.progress = !out.quiet && cli::stderr_shows_progress();
  return out;
}

}  // namespace cvr::commands
