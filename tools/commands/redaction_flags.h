// The options about redaction that record, replay, run, redact, verify and export share.
#pragma once

#include <string>
#include <vector>

#include "app/redaction.h"
#include "cli.h"

namespace cvr::commands {

class RedactionFlags {
 public:
  enum class With : std::uint8_t { kPrivacy, kNoPrivacy, kBareRules };  // kBareRules: --rules may stand alone
  void declare(cli::Options& options, With with, const std::string& secrets_help);
  // What the command line left open comes from the configuration.
  Result<app::Redaction> load(const app::Config& config) const;
  bool has_rules() const { return !choice_.rule_files.empty(); }
  // With the options that were given behind a command that an error ends with ("...; see: cvr verify FILE"): without
  // them it would not find what this one found.
  Error completed(Error error) const;
  // --rules stood there without a file.
  bool bare_rules() const;

 private:
  app::RedactionChoice choice_;
};

// The configuration and what it says of redaction, for commands that take --profile alone.
struct VendorFacts {
  app::Config config;
  app::Redaction redaction;
};
Result<VendorFacts> load_vendor(const std::string& profile);

}  // namespace cvr::commands
