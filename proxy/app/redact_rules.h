// What users write about redaction: `[redact]` or `[[redact]]` in cvr.toml or in a rule file (CONTRACT
// "A rule file").  Both forms come out as one list of rules, which goes into a copy of the profile.
//
//   [redact]                                        [[redact]]
//   privacy = "pii"                                 json = "KEY, PARENT.KEY or /pointer"   (or header,
//   headers = [], query, cookies, form, json, xml     query, form, cookie, xml, pattern: exactly one)
//   patterns = ['RE2']                              kind = "token"        a word of cvr::Kind
//   keep = { headers = [], query, ... }             level = "pii"         from this level of privacy on
//   secrets = [".env"]                              keep = true           stays instead
//
// Errors (kUsage) are "FILE:LINE: what is wrong and what is allowed".  Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/toml_tree.h"
#include "profiles/profile.h"

namespace cvr::app {

enum class Where : std::uint8_t { kHeader, kQuery, kForm, kCookie, kJson, kXml, kPattern };
std::string_view to_string(Where where);  // header query form cookie json xml pattern

struct RedactRule {
  Where where = Where::kJson;
  std::string name;  // or the expression
  Kind kind = Kind::kToken;
  profiles::Privacy level = profiles::Privacy::kCredentials;
  bool keep = false;
  std::string source;  // "FILE:LINE"
};

struct RedactRules {
  std::optional<profiles::Privacy> privacy;
  std::string privacy_source;
  std::vector<RedactRule> rules;                    // in the order of the file; a later one on the same name wins
  std::vector<std::string> secrets;                 // dotenv files, taken from the file's directory
  std::map<std::string, std::string> secrets_from;  // of each "FILE:LINE"
};

// The value of the key `redact`.
Result<RedactRules> read_redact_rules(const TomlNode& node, const std::string& path);

// A rule file: the key `redact` alone, or a whole cvr.toml, of which only that counts.
Result<RedactRules> parse_rule_file(std::string_view text, const std::string& path);

// Puts rules into a profile: a name that is added is no longer kept, and the other way round.
void apply_rules(const std::vector<RedactRule>& rules, profiles::Profile& profile);

// `value` as a path seen from the directory of the file `path`.
std::string path_beside(const std::string& path, const std::string& value);

// Whether two names are one for the redactor: case and punctuation do not count, but in pointers.
bool is_same_name(std::string_view a, std::string_view b);

}  // namespace cvr::app
