#include "app/redaction.h"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "app/config_keys.h"
#include "app/dotenv.h"
#include "base/base64.h"
#include "os/file.h"
#include "profiles/profile_file.h"
#include "redact/expressions.h"

namespace cvr::app {
namespace {

constexpr std::uint64_t kMostBytes = 1u << 20;

void add(const RedactRules& from, Redaction& to) {
  to.rules.insert(to.rules.end(), from.rules.begin(), from.rules.end());
  to.secrets_files.insert(to.secrets_files.end(), from.secrets.begin(), from.secrets.end());
  to.secrets_from.insert(from.secrets_from.begin(), from.secrets_from.end());
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

std::optional<profiles::Privacy> level_of(std::string_view label) {
  return profiles::privacy_from(label.substr(0, label.find(' ')));
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
    const std::string& source = config.settings.find("secrets")->second.source;
    for (const std::string& file : *configured) out.secrets_from.try_emplace(file, source);
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

Result<std::vector<std::string>> secrets_of(const Redaction& redaction) {
  std::vector<std::string> out;
  for (const std::string& file : redaction.secrets_files) {
    auto values = load_secrets({file});
    if (!values) {
      const auto from = redaction.secrets_from.find(file);
      if (from == redaction.secrets_from.end()) return values;
      return fail(values.error().code, from->second + ": secrets: " + values.error().text);
    }
    std::ranges::move(*values, std::back_inserter(out));
  }
  out.insert(out.end(), redaction.secrets.begin(), redaction.secrets.end());
  return out;
}

std::string label_of(const Redaction& redaction) {
  std::string all;
  const auto add = [&all](std::string_view word) { all.append(word) += '\0'; };
  if (redaction.profile_source != "profile" || redaction.base->name != profiles::default_profile().name) {
    add(redaction.base->name);
    const profiles::Profile& base = *redaction.base;
    for (const auto* names : {&base.secret_headers, &base.secret_query, &base.secret_form, &base.secret_json,
                              &base.secret_xml, &base.secret_cookies}) {
      for (const profiles::SensitiveName& name : *names) {
        add(name.name);
        add(to_string(name.kind));
        add(profiles::to_string(name.level));
      }
      add("");
    }
  }
  for (const RedactRule& rule : redaction.rules) {
    add(to_string(rule.where));
    add(rule.name);
    add(to_string(rule.kind));
    add(profiles::to_string(rule.level));
    add(rule.keep ? "keep" : "");
  }
  const std::string level(profiles::to_string(redaction.privacy));
  if (all.empty()) return level;
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest;
  SHA256(reinterpret_cast<const unsigned char*>(all.data()), all.size(), digest.data());
  return level + ' ' + hex_encode({reinterpret_cast<const char*>(digest.data()), 4});
}

std::string label_after(std::string_view recorded, const Redaction& redaction) {
  const auto level = level_of(recorded);
  return level && *level > redaction.privacy ? std::string(recorded) : label_of(redaction);
}

std::optional<std::string> other_redaction(const std::string& path, std::string_view recorded,
                                           const Redaction& redaction) {
  if (recorded.empty() || recorded == label_of(redaction)) return std::nullopt;
  if (const auto level = level_of(recorded); level && *level != redaction.privacy) {
    return path + " was recorded with --privacy " + std::string(profiles::to_string(*level)) + ", and this is " +
           std::string(profiles::to_string(redaction.privacy)) + ": requests with what one of them hides may miss; " +
           "give the same --privacy";
  }
  return path + " was recorded under other redaction rules: requests with what one of them hides may miss; give the " +
         "same --rules and --profile, or cvr redact " + path + " -o NEW";
}

}  // namespace cvr::app
