#include "app/redaction.h"

#include "app/config_keys.h"
#include "os/file.h"
#include "profiles/profile_file.h"
#include "redact/expressions.h"

namespace cvr::app {
namespace {

constexpr std::uint64_t kMostBytes = 1u << 20;

void add(const RedactRules& from, Redaction& to) {
  to.rules.insert(to.rules.end(), from.rules.begin(), from.rules.end());
  to.secrets_files.insert(to.secrets_files.end(), from.secrets.begin(), from.secrets.end());
  if (from.privacy) {
    to.privacy = *from.privacy;
    to.privacy_source = from.privacy_source;
  }
}

Result<void> set_privacy(const std::string& word, const std::string& source, Redaction& out) {
  const auto level = profiles::privacy_from(word);
  if (!level) {
    return fail(ErrorCode::kUsage,
                source + ": " + profiles::unknown_word("level", word, {"credentials", "pii", "commercial"}));
  }
  out.privacy = *level;
  out.privacy_source = source;
  return {};
}

bool is_variable(const Setting& setting) { return setting.source.starts_with("CVR_"); }

}  // namespace

Result<profiles::Profile> load_profile(const std::string& name_or_file) {
  if (const profiles::Profile* known = profiles::find(name_or_file)) return *known;
  if (!is_profile_file(name_or_file)) {
    const std::string known = profiles::default_profile().name;
    return fail(ErrorCode::kUsage,
                profiles::unknown_word("profile", name_or_file, {known}) + "; a file is named as in ./vendor.toml");
  }
  auto text = os::read_file(name_or_file, kMostBytes);
  if (!text) return std::unexpected(text.error());
  return profiles::parse_profile(*text, name_or_file, redact::Expressions::check);
}

Result<Redaction> load_redaction(const RedactionChoice& choice, const Config& config) {
  Redaction out;
  const auto* named = values_of(config, "profile");
  const std::string name = !choice.profile.empty() ? choice.profile
                           : named != nullptr      ? named->front()
                                                   : profiles::default_profile().name;
  auto base = load_profile(name);
  if (!base) return std::unexpected(base.error());
  out.profile_source = profiles::find(name) != nullptr ? "profile" : name;
  out.base = std::make_shared<const profiles::Profile>(*std::move(base));

  const auto* configured = values_of(config, "secrets");
  if (!choice.secrets_files.empty()) {
    out.secrets_files = choice.secrets_files;
  } else if (configured != nullptr) {
    out.secrets_files = *configured;
  }
  add(config.redact, out);
  std::vector<std::string> files = choice.rule_files;
  if (const auto* more = values_of(config, "rules")) files.insert(files.begin(), more->begin(), more->end());
  for (const std::string& file : files) {
    auto text = os::read_file(file, kMostBytes);
    if (!text) return std::unexpected(text.error());
    const auto rules = parse_rule_file(*text, file);
    if (!rules) return std::unexpected(rules.error());
    add(*rules, out);
  }
  const auto found = config.settings.find("privacy");
  if (!choice.privacy.empty()) {
    if (auto done = set_privacy(choice.privacy, "--privacy", out); !done) return std::unexpected(done.error());
  } else if (found != config.settings.end() && (is_variable(found->second) || out.privacy_source == "default")) {
    if (auto done = set_privacy(found->second.values.front(), found->second.source, out); !done) {
      return std::unexpected(done.error());
    }
  }
  profiles::Profile profile = *out.base;
  apply_rules(out.rules, profile);
  out.profile = std::make_shared<const profiles::Profile>(std::move(profile));
  return out;
}

}  // namespace cvr::app
