#include "commands/proxy_options.h"

#include <algorithm>

#include "app/child_environment.h"
#include "app/upstream_options.h"
#include "base/size.h"
#include "http/target.h"
#include "os/process.h"

namespace cvr::commands {
namespace {

std::unexpected<Error> bad(const std::string& option, const std::string& value, const char* allowed) {
  // Userinfo may hold a password, and an error is read by everybody.
  const std::size_t at = value.rfind('@');
  const std::string shown = at == std::string::npos ? value : "...@" + value.substr(at + 1);
  return fail(ErrorCode::kUsage, option + " " + shown + ": " + allowed);
}

Result<void> set_size(const std::string& option, const std::string& text, std::uint64_t& value) {
  if (text.empty()) return {};
  const auto size = parse_size(text);
  if (!size) return bad(option, text, "a size is needed: digits with optional K, M or G");
  value = *size;
  return {};
}

Result<void> set_duration(const std::string& option, const std::string& text, int& value_ms) {
  if (text.empty()) return {};
  const auto ms = parse_duration_ms(text);
  if (!ms || *ms > 24 * 3'600'000) return bad(option, text, "a duration of at most a day is needed: 5s, 250ms, 2m");
  value_ms = static_cast<int>(*ms);
  return {};
}

}  // namespace

void ProxyFlags::declare(cli::Options& options) {
  options.list("-c,--cassette", cassettes_, "the cassette file; replay takes several");
  options.text("--listen", listen_, "ADDR:PORT to listen on (default 127.0.0.1:8877; port 0 picks one)");
  options.text("--port-file", port_file_, "writes the port and a newline when ready");
  options.text("--control", control_,
               "ADDR:PORT or unix:PATH where the control API listens, too (it is at http://cvr.localhost/)");
  options.list("--host", hosts_, "host in scope, HOST or *.DOMAIN, repeatable (default: the vendor's)");
  options.flag("--allow-out-of-scope", allow_out_of_scope_, "replay: let hosts out of scope through");
  options.text("--reverse", reverse_, "also listen as a reverse proxy for this URL");
  options.text("--reverse-listen", reverse_listen_, "ADDR:PORT of the reverse proxy (default 127.0.0.1:0)");
  options.list("--connect-to", connect_to_, "HOST:PORT:ADDR:PORT dials another address for a host, repeatable");
  options.text("--upstream-ca", upstream_ca_, "PEM file of authorities to trust beside the system's");
  options.text("--upstream-proxy", upstream_proxy_, "http://[USER:PASSWORD@]HOST:PORT on the way to the upstream");
  options.text("--client-cert", client_cert_, "PEM certificate shown to the upstream");
  options.text("--client-key", client_key_, "PEM key of --client-cert");
  options.flag("--insecure-upstream", insecure_, "do not verify upstream certificates; marks the cassette");
  options.flag("--allow-private", allow_private_, "upstreams at private and local addresses, and on any port");
  options.number("--threads", threads_, "shards (default: cores)");
  options.text("--body-limit", body_limit_, "largest body that is recorded (default 16M)");
  options.text("--max-body", max_body_, "largest request body that is accepted (default 1G)");
  options.text("--max-cassette", max_cassette_, "stop recording at this size; traffic goes on");
  options.text("--upstream-timeout", upstream_timeout_, "longest wait for the upstream (default 120s)");
  options.flag("--overwrite", overwrite_, "record: start the cassette anew");
  options.flag("--durable", durable_, "record: survive power loss (fdatasync before the answer ends)");
  redaction_.declare(options, RedactionFlags::With::kPrivacy,
                     "dotenv file whose values are secrets wherever they appear, repeatable");
  match_.declare(options);
  options.flag("--strict", strict_, "replay: exit 1 if an interaction was never used");
  options.text("--on-end", on_end_, "same request more often than recorded: fail, last or loop");
  options.flag("--stateful", stateful_, "replay: reads are answered by the writes in between, not by count");
  options.text("--latency", latency_, "replay: none (default), recorded, or a factor of the recorded times: 0.5x");
  replay_.declare(options);
  options.flag("--keep-on-failure", keep_on_failure_,
               "a command that fails leaves what was recorded (default: modes all, record)");
  options.flag("--discard-on-failure", discard_on_failure_,
               "a command that fails leaves cassettes as they were (default: modes once, new_episodes)");
  options.flag("--allow-record-in-ci", allow_ci_, "record although CI is set (to anything but 0, false or no)");
  options.list("--without", without_,
               "leaves out what one client alone reads: node, bun, php, java, wget or deno, repeatable");
  options.text("--grace", grace_, "how long exchanges in flight may take at the end (default 5s)");
  options.number("--ready-fd", ready_fd_, "descriptor that gets one line of JSON when listening");
  options.flag("--json", json_, "the summary as JSON on stdout");
}

Result<Endpoint> parse_endpoint(const std::string& text, const std::string& option) {
  const bool only_port = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  const std::size_t colon = text.rfind(':');
  if (!only_port && colon == std::string::npos) return bad(option, text, "ADDR:PORT is needed, as in 127.0.0.1:8877");
  Endpoint out;
  std::string port = only_port ? text : text.substr(colon + 1);
  if (!only_port) out.address = text.substr(0, colon);
  if (out.address.starts_with('[') && out.address.ends_with(']'))
    out.address = out.address.substr(1, out.address.size() - 2);
  if (out.address == "localhost") out.address = "127.0.0.1";
  if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string::npos ||
      std::stoi(port) > 65535) {
    return bad(option, text, "a port from 0 to 65535 is needed");
  }
  out.port = static_cast<std::uint16_t>(std::stoi(port));
  return out;
}

Result<void> check_without(const std::vector<std::string>& clients) {
  const std::vector<std::string> known = app::switchable_clients();
  for (const std::string& client : clients) {
    if (std::find(known.begin(), known.end(), client) != known.end()) continue;
    return bad("--without", client, "node, bun, php, java, wget or deno is needed");
  }
  return {};
}

Result<ConnectTo> parse_connect_to(const std::string& text) {
  const auto allowed = "HOST:PORT:ADDR:PORT is needed, as in api.example.com:443:127.0.0.1:8443";
  std::vector<std::string> parts(1);
  bool bracket = false;
  for (const char c : text) {
    if (c == '[') bracket = true;
    if (c == ']') bracket = false;
    if (c == ':' && !bracket) {
      parts.emplace_back();
    } else if (c != '[' && c != ']') {
      parts.back() += c;
    }
  }
  if (parts.size() != 4) return bad("--connect-to", text, allowed);
  ConnectTo out{http::to_lower(parts[0]), 0, http::to_lower(parts[2]), 0};
  const auto port = [](const std::string& digits, std::uint16_t& value) {
    if (digits.empty()) return true;
    if (digits.size() > 5 || digits.find_first_not_of("0123456789") != std::string::npos || std::stoi(digits) > 65535)
      return false;
    value = static_cast<std::uint16_t>(std::stoi(digits));
    return true;
  };
  if (!port(parts[1], out.port) || !port(parts[3], out.to_port)) return bad("--connect-to", text, allowed);
  // An empty HOST or PORT in front matches any, as curl's; the address to dial must be whole.
  if (out.to_port == 0) return bad("--connect-to", text, allowed);
  if (!out.to_host.empty() && !http::is_valid_host(out.to_host)) return bad("--connect-to", text, allowed);
  return out;
}

Result<void> ProxyFlags::fill_limits(ProxyLimits& out) const {
  if (auto done = set_size("--body-limit", body_limit_, out.recorded_body_bytes); !done) return done;
  if (auto done = set_size("--max-body", max_body_, out.accepted_body_bytes); !done) return done;
  if (auto done = set_duration("--upstream-timeout", upstream_timeout_, out.answer_timeout_ms); !done) return done;
  if (!upstream_timeout_.empty()) out.connect_timeout_ms = std::min(out.connect_timeout_ms, out.answer_timeout_ms);
  return {};
}

Result<void> ProxyFlags::fill_control(ProxyOptions& out) const {
  if (control_.empty()) return {};
  constexpr std::string_view kUnix = "unix:";
  if (control_.starts_with(kUnix) || control_.find('/') != std::string::npos) {
    out.control_socket = control_.starts_with(kUnix) ? control_.substr(kUnix.size()) : control_;
    if (out.control_socket.empty()) return bad("--control", control_, "ADDR:PORT or unix:PATH is needed");
    return {};
  }
  auto listen = parse_endpoint(control_, "--control");
  if (!listen) return std::unexpected(listen.error());
  out.control = *listen;
  return {};
}

Result<void> ProxyFlags::fill_proxy(ProxyOptions& out) const {
  if (auto done = fill_limits(out.limits); !done) return done;
  if (!listen_.empty()) {
    auto listen = parse_endpoint(listen_, "--listen");
    if (!listen) return std::unexpected(listen.error());
    out.listen = *listen;
  }
  if (auto done = fill_control(out); !done) return done;
  for (const std::string& host : hosts_) {
    const std::string pattern = http::to_lower(host);
    const std::string name = pattern.starts_with("*.") ? pattern.substr(2) : pattern;
    if (!http::is_valid_host(name)) return bad("--host", host, "HOST or *.DOMAIN is needed");
    out.hosts.push_back(pattern);
  }
  for (const std::string& text : connect_to_) {
    auto rule = parse_connect_to(text);
    if (!rule) return std::unexpected(rule.error());
    out.upstream.connect_to.push_back(std::move(*rule));
  }
  if (!reverse_.empty()) {
    const auto upstream = http::parse_origin(reverse_);
    if (!upstream) return bad("--reverse", reverse_, "a URL of the form https://HOST[:PORT] is needed");
    out.reverse = ReverseOptions{*upstream, {"127.0.0.1", 0}};
    if (!reverse_listen_.empty()) {
      auto listen = parse_endpoint(reverse_listen_, "--reverse-listen");
      if (!listen) return std::unexpected(listen.error());
      out.reverse->listen = *listen;
    }
  } else if (!reverse_listen_.empty()) {
    return fail(ErrorCode::kUsage, "--reverse-listen goes with --reverse URL");
  }
  if (!upstream_proxy_.empty()) {
    out.upstream.proxy = app::parse_upstream_proxy(upstream_proxy_, os::current_environment());
    // The value is not repeated: it may hold a password.
    if (!out.upstream.proxy) {
      return fail(ErrorCode::kUsage,
                  "--upstream-proxy: a URL of the form http://[USER:PASSWORD@]HOST[:PORT] is needed");
    }
  }
  if (!latency_.empty()) {
    const auto factor = app::parse_latency(latency_);
    if (!factor) return bad("--latency", latency_, "none, recorded or a factor of at most 100 like 0.5x is needed");
    out.latency = *factor;
  }
  if (client_cert_.empty() != client_key_.empty())
    return fail(ErrorCode::kUsage, "--client-cert and --client-key go together");
  if (threads_ != kCores && (threads_ < 1 || threads_ > 256))
    return fail(ErrorCode::kUsage, "--threads takes 1 to 256");
  if (threads_ != kCores) out.threads = static_cast<int>(threads_);
  out.allow_out_of_scope = allow_out_of_scope_;
  out.upstream.ca_file = upstream_ca_;
  out.upstream.insecure = insecure_;
  out.upstream.client_cert_file = client_cert_;
  out.upstream.client_key_file = client_key_;
  out.upstream.allow_private = allow_private_;
  return {};
}

void ProxyFlags::overlay(const app::Config& config) {
  const auto find = [&](const char* key) -> const std::vector<std::string>* {
    const auto found = config.settings.find(key);
    return found == config.settings.end() || found->second.values.empty() ? nullptr : &found->second.values;
  };
  const std::pair<const char*, std::vector<std::string>*> lists[] = {
      {"cassette", &cassettes_}, {"host", &hosts_}, {"connect_to", &connect_to_}};
  for (const auto& [key, value] : lists) {
    if (const auto* given = find(key); given != nullptr && value->empty()) *value = *given;
  }
  const std::pair<const char*, std::string*> texts[] = {{"listen", &listen_},
                                                        {"reverse", &reverse_},
                                                        {"reverse_listen", &reverse_listen_},
                                                        {"upstream_ca", &upstream_ca_},
                                                        {"upstream_proxy", &upstream_proxy_},
                                                        {"latency", &latency_},
                                                        {"client_cert", &client_cert_},
                                                        {"client_key", &client_key_},
                                                        {"body_limit", &body_limit_},
                                                        {"max_body", &max_body_},
                                                        {"max_cassette", &max_cassette_},
                                                        {"upstream_timeout", &upstream_timeout_},
                                                        {"on_end", &on_end_},
                                                        {"grace", &grace_}};
  for (const auto& [key, value] : texts) {
    if (const auto* given = find(key); given != nullptr && value->empty()) *value = given->front();
  }
  const std::pair<const char*, bool*> flags[] = {{"durable", &durable_},
                                                 {"strict", &strict_},
                                                 {"stateful", &stateful_},
                                                 {"allow_private", &allow_private_},
                                                 {"allow_out_of_scope", &allow_out_of_scope_}};
  for (const auto& [key, value] : flags) {
    if (const auto* given = find(key); given != nullptr && given->front() == "true") *value = true;
  }
  if (const auto* given = find("threads"); given != nullptr && threads_ == kCores)
    threads_ = std::atoll(given->front().c_str());
}

Result<void> ProxyFlags::fill_on_failure(app::RunOptions& out) const {
  if (keep_on_failure_ && discard_on_failure_) {
    return fail(ErrorCode::kUsage, "--keep-on-failure and --discard-on-failure: one of the two");
  }
  if ((keep_on_failure_ || discard_on_failure_) && out.child.empty()) {
    const std::string option = keep_on_failure_ ? "--keep-on-failure" : "--discard-on-failure";
    return fail(ErrorCode::kUsage, option + " goes with a command: -- CMD ARG...");
  }
  if (keep_on_failure_) out.on_failure = app::OnFailure::kKeep;
  if (discard_on_failure_) out.on_failure = app::OnFailure::kDiscard;
  return {};
}

Result<app::RunOptions> ProxyFlags::to_run_options(const cli::Globals& globals) {
  const auto config = app::load_config();
  if (!config) return std::unexpected(config.error());
  overlay(*config);
  app::RunOptions out;
  if (auto done = fill_proxy(out.proxy); !done) return std::unexpected(done.error());
  if (auto done = set_size("--max-cassette", max_cassette_, out.max_cassette_bytes); !done)
    return std::unexpected(done.error());
  if (auto done = set_duration("--grace", grace_, out.grace_ms); !done) return std::unexpected(done.error());
  constexpr std::pair<const char*, engine::OnEnd> kEnds[] = {{"", engine::OnEnd::kDefault},
                                                             {"fail", engine::OnEnd::kFail},
                                                             {"last", engine::OnEnd::kLast},
                                                             {"loop", engine::OnEnd::kLoop}};
  const auto end = std::find_if(std::begin(kEnds), std::end(kEnds), [&](const auto& e) { return on_end_ == e.first; });
  if (end == std::end(kEnds)) return bad("--on-end", on_end_, "fail, last or loop is needed");
  out.on_end = end->second;
  out.cassettes = cassettes_;
  out.overwrite = overwrite_;
  out.durable = durable_;
  out.strict = strict_;
  out.stateful = stateful_;
  out.allow_record_in_ci = allow_ci_;
  auto redaction = redaction_.load(*config);
  if (!redaction) return std::unexpected(redaction.error());
  out.redaction = std::move(*redaction);
  auto match = match_.load(*out.redaction.profile, *config);
  if (!match) return std::unexpected(match.error());
  out.match = std::move(*match);
  out.port_file = port_file_;
  out.ready_fd = static_cast<int>(ready_fd_);
  out.quiet = globals.verbosity < 0;
  out.json = json_;
  if (globals.has_child && globals.child.empty()) return fail(ErrorCode::kUsage, "a command is needed behind --");
  out.child = globals.child;
  if (auto done = fill_on_failure(out); !done) return std::unexpected(done.error());
  if (auto known = check_without(without_); !known) return std::unexpected(known.error());
  out.without = without_;
  auto replay = replay_.load(*config);
  if (!replay) return std::unexpected(replay.error());
  out.replay = std::move(*replay);
  // A child is told the port, so any free one serves, and runs side by side do not collide.
  if (!out.child.empty() && listen_.empty()) out.proxy.listen.port = 0;
  return out;
}

}  // namespace cvr::commands
