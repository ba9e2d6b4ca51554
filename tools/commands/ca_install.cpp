#include "commands/ca_install.h"

#include <algorithm>
#include <cstdio>

#include "app/trust_stores.h"
#include "base/json_writer.h"
#include "cli.h"
#include "os/private_file.h"
#include "os/process.h"

namespace cvr::commands {
namespace {

bool says(const std::vector<std::string>& words, const std::string& wanted) {
  const auto said = os::capture(words, os::current_environment());
  return said && said->status == 0 && (wanted.empty() || said->output == wanted);
}
bool is_program(const std::string& name) { return says({"sh", "-c", "command -v " + name}, ""); }

// Java's own keytool, by its links; its directory says which store is meant.
void look_for_java(app::StoreTools& tools) {
  const auto found = os::capture(
      {"sh", "-c", "readlink -f \"$(command -v \"${JAVA_HOME:+$JAVA_HOME/bin/}keytool\" || command -v keytool)\""},
      os::current_environment());
  if (!found || found->status != 0 || !found->output.starts_with('/')) return;
  tools.keytool = found->output.substr(0, found->output.find('\n'));
  const std::string home = tools.keytool.substr(0, tools.keytool.rfind("/bin/"));
  tools.may_write_cacerts = says({"test", "-w", home + "/lib/security/cacerts"}, "");
  // The hook of Debian's ca-certificates-java; Fedora's update-ca-trust makes Java's store always.
  tools.java_follows_system = tools.fedora || os::exists("/etc/ca-certificates/update.d/jks-keystore");
}

app::StoreTools tools_here() {
  app::StoreTools out;
  out.debian = is_program("update-ca-certificates");
  out.fedora = is_program("update-ca-trust");
  out.certutil = is_program("certutil");
  look_for_java(out);
  out.is_root = says({"id", "-u"}, "0\n");
  for (const auto& [name, value] : os::current_environment()) {
    if (name == "HOME") out.home = value;
  }
  out.has_nss_database = os::exists(out.home + "/.pki/nssdb/cert9.db");
  return out;
}

std::string plan_text(const std::vector<app::StorePlan>& plans, const InstallOptions& options) {
  std::string out = options.uninstall ? "To take CVR's CA out of the trust stores:\n"
                                      : "To put CVR's CA (" + options.certificate + ") into the trust stores:\n";
  for (const app::StorePlan& plan : plans) {
    out += plan.store + ":" + (plan.missing.empty() ? "" : "  nothing, " + plan.missing) + "\n";
    for (const app::Words& words : plan.commands) out += "    " + app::command_line(words) + "\n";
    if (!plan.warning.empty()) out += "  warning: " + plan.warning + ".\n";
  }
  if (options.uninstall) return out;
  return out +
         "Mostly none needs to change: cvr record -c FILE -- CMD, or eval \"$(cvr env)\", sets what clients need.\n"
         "It can vouch for nothing but its hosts (cvr ca show), except towards Java, which ignores such limits: its "
         "store\n"
         "is changed with --store java alone.\n";
}

std::string plan_json(const std::vector<app::StorePlan>& plans, bool done) {
  json::Writer w;
  w.begin_object().member("done", done).key("stores").begin_array();
  for (const app::StorePlan& plan : plans) {
    w.begin_object().member("store", plan.store).member("missing", plan.missing);
    w.member("warning", plan.warning).key("commands").begin_array();
    for (const app::Words& words : plan.commands) w.value(app::command_line(words));
    w.end_array().end_object();
  }
  w.end_array().end_object();
  return w.take() + "\n";
}

bool is_agreed() {
  cli::print("Run these commands? [y/N] ");
  std::fflush(stdout);
  const int first = std::getchar();
  return first == 'y' || first == 'Y';
}

Result<void> run_all(const std::vector<app::StorePlan>& plans) {
  for (const app::StorePlan& plan : plans) {
    for (const app::Words& words : plan.commands) {
      const auto status = os::run_to_end(words, os::current_environment());
      if (!status) return std::unexpected(status.error());
      if (*status == 0) continue;
      return fail(ErrorCode::kEnvironment, "status " + std::to_string(*status) + " of: " + app::command_line(words) +
                                               "  (what stands behind it was not run)");
    }
  }
  return {};
}

}  // namespace

Result<int> install_authority(const InstallOptions& options) {
  if (!options.store.empty() && options.store != "system" && options.store != "nss" && options.store != "java") {
    return fail(ErrorCode::kUsage, "--store " + options.store + " is unknown; system, nss or java");
  }
  const auto plans = app::store_plans(tools_here(), options.store, options.certificate, options.uninstall);
  const bool nothing =
      std::all_of(plans.begin(), plans.end(), [](const app::StorePlan& plan) { return plan.commands.empty(); });
  if (!options.json) cli::print(plan_text(plans, options));
  const bool asks = !options.yes && !options.json && cli::stdin_is_terminal() && cli::stdout_is_terminal();
  const bool does = !options.dry_run && !nothing && (options.yes || (asks && is_agreed()));
  if (does) {
    std::fflush(stdout);
    if (auto done = run_all(plans); !done) return std::unexpected(done.error());
  }
  if (options.json) cli::print(plan_json(plans, does));
  if (does || options.dry_run || (nothing && options.uninstall)) return 0;
  if (nothing) return fail(ErrorCode::kEnvironment, "no trust store was found that CVR can change");
  return fail(ErrorCode::kUsage, "nothing was changed; --yes runs these commands, --dry-run only shows them");
}

}  // namespace cvr::commands
