#include "commands/redaction_flags.h"

#include <algorithm>

#include "base/escape.h"
#include "exporters/shell.h"

namespace cvr::commands {

void RedactionFlags::declare(cli::Options& options, With with, const std::string& secrets_help) {
  options.text("--profile", choice_.profile, "what is known of the vendor: a built-in name, or a TOML file");
  const std::string help = "file of redaction rules ([redact] or [[redact]]), repeatable";
  if (with == With::kBareRules) {
    options.optional_list("--rules", choice_.rule_files, help + "; without FILE: show the rules that hold");
  } else {
    options.list("--rules", choice_.rule_files, help);
  }
  options.list("--secrets", choice_.secrets_files, secrets_help);
  if (with != With::kNoPrivacy) {
    options.text("--privacy", choice_.privacy, "how much is hidden: credentials, pii or commercial (default pii)");
  }
}

bool RedactionFlags::bare_rules() const {
  return std::ranges::any_of(choice_.rule_files, [](const std::string& file) { return file.empty(); });
}

Result<app::Redaction> RedactionFlags::load(const app::Config& config) const {
  app::RedactionChoice choice = choice_;
  std::erase(choice.rule_files, std::string());
  return app::load_redaction(choice, config);
}

Error RedactionFlags::completed(Error error) const {
  if (error.text.find("; see: cvr ") == std::string::npos) return error;
  const auto add = [&](std::string_view option, const std::string& value) {
    if (value.empty()) return;
    const bool plain = std::ranges::all_of(value, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             std::string_view("._/-").contains(c);
    });
    error.text += " " + std::string(option) + " " + (plain ? value : printable(exporters::shell_quoted(value)));
  };
  for (const std::string& file : choice_.secrets_files) add("--secrets", file);
  for (const std::string& file : choice_.rule_files) add("--rules", file);
  add("--profile", choice_.profile);
  return error;
}

Result<VendorFacts> load_vendor(const std::string& profile) {
  auto config = app::load_config();
  if (!config) return std::unexpected(config.error());
  app::RedactionChoice choice;
  choice.profile = profile;
  auto redaction = app::load_redaction(choice, *config);
  if (!redaction) return std::unexpected(redaction.error());
  return VendorFacts{*std::move(config), *std::move(redaction)};
}

}  // namespace cvr::commands
