// What `cvr bundle` reads: cassettes under a key of the bundle's own, the case, attachments, and what diagnosis makes
// of them.  Nothing that is read may hold a known secret.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bundle/members.h"
#include "cli.h"
#include "commands/redaction_flags.h"
#include "cvr/redactor.h"

namespace cvr::commands {

struct BundleInputs {
  std::vector<std::string> after, attach;
  std::string before, case_file;
  bool unchecked = false;
  RedactionFlags flags;

  // Values that point to one another: never moved.
  struct Loaded {
    std::shared_ptr<const Redactor> redactor;
    app::Redaction redaction;
    diagnose::Recording after;
    std::optional<diagnose::Recording> before;
    std::optional<diagnose::Case> the_case;
    diagnose::Diagnosis diagnosis;
    bundle::Evidence evidence;
    std::string key_fingerprint;
    std::vector<std::string> notes;  // for people

    std::string default_name() const;  // evidence-CASE-UTC.redacted.zip
  };
  Result<std::unique_ptr<Loaded>> load(std::int64_t now_us) const;

 private:
  Result<void> load_case(Loaded& into) const;
  Result<void> load_recordings_again(Loaded& into, std::int64_t now_us) const;
  Result<void> load_attachments(Loaded& into) const;
};

}  // namespace cvr::commands
