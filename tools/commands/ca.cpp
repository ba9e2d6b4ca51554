// cvr ca: the certificate authority of this installation.
#include "app/home.h"
#include "base/json_writer.h"
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
    options.argument("ACTION", action_, "show, export, rotate or install");
    options.argument("FILE", file_, "export: where to write the certificate (default: standard output)", false);
    options.list("--host", hosts_, "rotate: HOST or *.DOMAIN that the new one may vouch for, repeatable");
    options.flag("--json", json_, "as JSON");
  }
  Result<int> run(const cli::Globals&) override;

 private:
  std::string describe(const certs::Authority& authority, const std::string& directory) const;
  std::string action_, file_;
  std::vector<std::string> hosts_;
  bool json_ = false;
};

std::string Ca::describe(const certs::Authority& authority, const std::string& directory) const {
  const certs::AuthorityFacts& facts = authority.facts();
  const std::string from = exporters::utc_text(facts.not_before_utc_s * 1'000'000);
  const std::string to = exporters::utc_text(facts.not_after_utc_s * 1'000'000);
  if (json_) {
    json::Writer w;
    w.begin_object().member("file", directory + "/ca.pem").member("subject", facts.subject);
    w.member("sha256", facts.sha256_fingerprint).member("spki_sha256", facts.spki_sha256_base64);
    w.member("not_before", from).member("not_after", to).key("hosts").begin_array();
    for (const std::string& host : facts.permitted_hosts) w.value(host);
    w.end_array().end_object();
    return w.take() + "\n";
  }
  std::string out = "certificate  " + directory + "/ca.pem\nsubject      " + facts.subject + "\nSHA-256      " + facts.sha256_fingerprint +
                    "\nSPKI         " + facts.spki_sha256_base64 + "\nvalid        " + from + " to " + to + "\nlimited to  ";
  for (const std::string& host : facts.permitted_hosts) out += " " + host;
  return out + "\n";
}

Result<int> Ca::run(const cli::Globals&) {
  static const os::SystemClock clock;
  if (action_ != "show" && action_ != "export" && action_ != "rotate" && action_ != "install") {
    return fail(ErrorCode::kUsage, "cvr ca " + action_ + " is unknown; show, export, rotate or install");
  }
  auto home = app::open_home();
  if (!home) return std::unexpected(home.error());
  const std::vector<std::string>& hosts = hosts_.empty() ? profiles::default_profile().hosts : hosts_;
  const bool present = os::read_file(home->directory + "/ca.pem").has_value();
  // Looking at a CA must not fail for a scope it was not asked about.
  auto authority = action_ == "rotate" ? certs::Authority::rotate(home->directory, hosts, clock)
                                       : certs::Authority::open(home->directory, present ? std::vector<std::string>() : hosts, clock);
  if (!authority) return std::unexpected(authority.error());
  if (action_ == "export") {
    const std::string pem = (*authority)->certificate_pem();
    if (file_.empty()) {
      cli::print(pem);
      return 0;
    }
    if (auto written = os::write_file_atomically(file_, pem, 0644); !written) return std::unexpected(written.error());
    return 0;
  }
  if (action_ == "install") {
    cli::print("CVR changes no trust store by itself.  For children, `cvr record -- CMD` sets what they need.\nFor this machine, as root:\n"
               "  cp " + home->directory + "/ca.pem /usr/local/share/ca-certificates/cvr.crt && update-ca-certificates\n"
               "and to take it out again:\n  rm /usr/local/share/ca-certificates/cvr.crt && update-ca-certificates --fresh\n");
    return 0;
  }
  cli::print(describe(**authority, home->directory));
  return 0;
}

}  // namespace

std::unique_ptr<cli::Command> make_ca() { return std::make_unique<Ca>(); }

}  // namespace cvr::commands
