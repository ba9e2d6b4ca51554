// cvr ca: the certificate authority of this installation.  Its key is never shown or exported.
#include "app/config.h"
#include "app/home.h"
#include "app/redaction.h"
#include "base/json_writer.h"
#include "commands/ca_install.h"
#include "commands/commands.h"
#include "cvr/certificate_authority.h"
#include "exporters/common.h"
#include "os/clock.h"
#include "os/file.h"
#include "profiles/profile.h"

namespace cvr::commands {
namespace {

class Ca : public cli::Command {
 public:
  void declare(cli::Options& options) override {
    options.argument("ACTION", action_, "show, export, rotate, install or uninstall");
    options.argument("FILE", file_, "export: where to write the certificate (default, or -: standard output)", false);
    options.list("--host", hosts_,
                 "rotate: HOST or *.DOMAIN that the new one may vouch for, repeatable (default: as before)");
    options.text("--store", store_,
                 "install, uninstall: system, nss (Chromium's) or java; default: what is here of the first two");
    options.flag("--dry-run", dry_run_, "install, uninstall: only show what would be run");
    options.flag("--yes", yes_, "install, uninstall: run it without a question");
    options.flag("--json", json_, "as JSON");
  }
  Result<int> run(const cli::Globals& globals) override;

 private:
  Result<void> check_usage() const;
  Result<std::shared_ptr<certs::Authority>> open(const std::string& directory) const;
  std::string describe(const certs::Authority& authority) const;
  std::string description_json(const certs::Authority& authority) const;
  Result<int> write_certificate(const certs::Authority& authority) const;
  std::string action_, file_;
  std::vector<std::string> hosts_;
  bool json_ = false, dry_run_ = false, yes_ = false;
  std::string store_;
  std::string certificate_;  // path of ca.pem
};

std::string time_of(std::int64_t utc_s) { return exporters::utc_text(utc_s * 1'000'000); }

std::string Ca::description_json(const certs::Authority& authority) const {
  const certs::AuthorityFacts& facts = authority.facts();
  json::Writer w;
  w.begin_object().member("file", certificate_).member("subject", facts.subject);
  w.member("sha256", facts.sha256_fingerprint).member("spki_sha256", facts.spki_sha256_base64);
  w.member("not_before", time_of(facts.not_before_utc_s)).member("not_after", time_of(facts.not_after_utc_s));
  w.key("hosts").begin_array();
  for (const std::string& host : facts.permitted_hosts) w.value(host);
  w.end_array().end_object();
  return w.take() + "\n";
}

std::string Ca::describe(const certs::Authority& authority) const {
  const certs::AuthorityFacts& facts = authority.facts();
  std::string out = "certificate  " + certificate_ + "\nsubject      " + facts.subject;
  out += "\nSHA-256      " + facts.sha256_fingerprint + "\nSPKI         " + facts.spki_sha256_base64;
  out += "\nvalid        " + time_of(facts.not_before_utc_s) + " to " + time_of(facts.not_after_utc_s);
  out += "\nlimited to  ";
  for (const std::string& host : facts.permitted_hosts) out += " " + host + " and below;";
  out.pop_back();
  return out + "\n";
}

Result<void> Ca::check_usage() const {
  const bool installs = action_ == "install" || action_ == "uninstall";
  if (action_ != "show" && action_ != "export" && action_ != "rotate" && !installs) {
    return fail(ErrorCode::kUsage, "cvr ca " + action_ + " is unknown; show, export, rotate, install or uninstall");
  }
  if (!installs && (dry_run_ || yes_ || !store_.empty())) {
    return fail(ErrorCode::kUsage, "--dry-run, --yes and --store go with cvr ca install and uninstall");
  }
  if (dry_run_ && yes_) return fail(ErrorCode::kUsage, "--dry-run and --yes exclude one another");
  if (!file_.empty() && action_ != "export") return fail(ErrorCode::kUsage, "FILE goes with cvr ca export");
  if (!hosts_.empty() && action_ != "rotate") return fail(ErrorCode::kUsage, "--host goes with cvr ca rotate");
  return {};
}

Result<std::shared_ptr<certs::Authority>> Ca::open(const std::string& directory) const {
  static const os::SystemClock clock;
  const auto config = app::load_config();
  if (!config) return std::unexpected(config.error());
  const auto* configured = app::values_of(*config, "host");
  const auto* named = app::values_of(*config, "profile");
  const auto profile = app::load_profile(named == nullptr ? profiles::default_profile().name : named->front());
  if (!profile) return std::unexpected(profile.error());
  const std::vector<std::string>& scope = configured != nullptr ? *configured : profile->hosts;
  // Looking at a CA must not fail for a scope that it was not asked about.
  const bool present = os::read_file(certificate_).has_value();
  if (action_ != "rotate")
    return certs::Authority::open(directory, present ? std::vector<std::string>() : scope, clock);
  if (!hosts_.empty()) return certs::Authority::rotate(directory, hosts_, clock);
  // One that is unsound or has expired can not be asked what it was for.
  const auto old = present ? certs::Authority::open(directory, {}, clock)
                           : Result<std::shared_ptr<certs::Authority>>(fail(ErrorCode::kNotFound, ""));
  return certs::Authority::rotate(directory, old ? (*old)->facts().permitted_hosts : scope, clock);
}

Result<int> Ca::write_certificate(const certs::Authority& authority) const {
  if (file_.empty() || file_ == "-") {
    cli::print(authority.certificate_pem());
    return 0;
  }
  if (auto written = os::write_file_atomically(file_, authority.certificate_pem(), 0644); !written) {
    return std::unexpected(written.error());
  }
  if (json_) cli::print(description_json(authority));
  return 0;
}

Result<int> Ca::run(const cli::Globals&) {
  if (auto sound = check_usage(); !sound) return std::unexpected(sound.error());
  const auto home = app::open_home();
  if (!home) return std::unexpected(home.error());
  certificate_ = home->directory + "/ca.pem";
  // Whatever has become of the CA, it can be taken out.
  if (action_ == "uninstall") return install_authority({true, dry_run_, yes_, json_, store_, certificate_});
  // What would be run is told without making one.
  if (action_ == "install" && dry_run_) return install_authority({false, true, yes_, json_, store_, certificate_});
  const auto authority = open(home->directory);
  if (!authority) return std::unexpected(authority.error());
  if (action_ == "export") return write_certificate(**authority);
  if (action_ == "install") return install_authority({false, dry_run_, yes_, json_, store_, certificate_});
  cli::print(json_ ? description_json(**authority) : describe(**authority));
  if (action_ == "rotate" && !json_) cli::print("proxies that run keep the old one until they are started again\n");
  return 0;
}

}  // namespace

std::unique_ptr<cli::Command> make_ca() { return std::make_unique<Ca>(); }

}  // namespace cvr::commands
