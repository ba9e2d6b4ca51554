// Which redaction holds for a command: profile, level, rules and files of secrets, from options,
// CVR_* variables, rule files and cvr.toml.  Options win over variables, those over rule files, these
// over cvr.toml; rules and secrets of all of them add up.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/config.h"
#include "app/redact_rules.h"

namespace cvr::app {

// As the command line gave it; empty: not given.
struct RedactionChoice {
  std::string profile;                     // a built-in one's name, or a file
  std::vector<std::string> rule_files;     // --rules, beside those of cvr.toml
  std::vector<std::string> secrets_files;  // --secrets, instead of those of cvr.toml
  std::string privacy;
};

// The one that is built in; owned by nobody.
inline std::shared_ptr<const profiles::Profile> built_in_profile() {
  return {std::shared_ptr<const void>(), &profiles::default_profile()};
}

struct Redaction {
  std::shared_ptr<const profiles::Profile> profile = built_in_profile();  // with the rules in it
  std::string profile_source = "profile";                                 // "profile" or the file
  std::shared_ptr<const profiles::Profile> base = built_in_profile();     // without them
  profiles::Privacy privacy = profiles::Privacy::kPii;
  std::string privacy_source = "default";
  std::vector<RedactRule> rules;  // of the user, in the order in which they were applied
  std::vector<std::string> secrets_files;
  std::map<std::string, std::string> secrets_from;  // of those that a file names: "FILE:LINE"
  std::vector<std::string> secrets;                 // values that are known without a file
};

// Errors: kUsage with FILE:LINE or the option; kEnvironment when a file can not be read.
Result<Redaction> load_redaction(const RedactionChoice& choice, const Config& config);

// The values of its files of secrets, and those without a file.  Errors: where the file was named, and why it can not
// be read.
Result<std::vector<std::string>> secrets_of(const Redaction& redaction);

// What a cassette's header says of it: the level, and eight hex digits that stand for the user's own rules and
// profile, if there are any.  The same from one version of CVR to the next.
std::string label_of(const Redaction& redaction);

// The same of a cassette that said `recorded` and went through `cvr redact`: what was hidden stays so.
std::string label_after(std::string_view recorded, const Redaction& redaction);

// A note for who replays a cassette of which the header says `recorded`; nullopt: nothing differs, or nothing is known.
std::optional<std::string> other_redaction(const std::string& path, std::string_view recorded,
                                           const Redaction& redaction);

// A profile by name or file, its patterns checked.
Result<profiles::Profile> load_profile(const std::string& name_or_file);

}  // namespace cvr::app
