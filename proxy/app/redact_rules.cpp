#include "app/redact_rules.h"

#include <algorithm>
#include <filesystem>

#include "app/config_keys.h"
#include "profiles/profile_file.h"
#include "profiles/rule_names.h"
#include "redact/expressions.h"

namespace cvr::app {
namespace {

using profiles::Privacy;

constexpr std::size_t kMostRules = 10'000;
constexpr std::size_t kLongestName = 512;
constexpr std::size_t kLongestExpression = 4096;

struct Place {
  Where where;
  std::string_view word;    // in [[redact]]
  std::string_view plural;  // in [redact]
  Kind kind;                // when nothing is said
};
constexpr Place kPlaces[] = {
    {Where::kHeader, "header", "headers", Kind::kToken},    {Where::kQuery, "query", "query", Kind::kToken},
    {Where::kForm, "form", "form", Kind::kToken},           {Where::kCookie, "cookie", "cookies", Kind::kCookie},
    {Where::kJson, "json", "json", Kind::kToken},           {Where::kXml, "xml", "xml", Kind::kToken},
    {Where::kPattern, "pattern", "patterns", Kind::kToken},
};

std::vector<std::string> words(bool plural, std::vector<std::string> more) {
  for (const Place& place : kPlaces) more.emplace_back(plural ? place.plural : place.word);
  return more;
}

profiles::NameOf name_of(Where where) {
  using profiles::NameOf;
  switch (where) {
    case Where::kHeader:
      return NameOf::kHeader;
    case Where::kQuery:
      return NameOf::kQuery;
    case Where::kForm:
      return NameOf::kForm;
    case Where::kCookie:
      return NameOf::kCookie;
    case Where::kXml:
      return NameOf::kXml;
    default:
      return NameOf::kJson;
  }
}

// Empty when the rule can be used.
std::string problem_of(const RedactRule& rule) {
  if (rule.name.empty()) {
    return rule.where == Where::kPattern ? "an empty regular expression"
                                         : std::string(to_string(rule.where)) + ": an empty name";
  }
  if (rule.where == Where::kPattern) {
    if (rule.keep) return "keep goes with a name, not with a pattern";
    if (rule.name.size() > kLongestExpression) return "a regular expression of more than 4096 characters";
    const auto sound = redact::Expressions::check(rule.name);
    return sound ? std::string() : sound.error().text;
  }
  if (rule.name.size() > kLongestName) return "a name of more than 512 characters";
  return profiles::rule_name_problem(name_of(rule.where), rule.name, rule.keep);
}

class Reader {
 public:
  Reader(const std::string& path, RedactRules& out) : path_(path), out_(out) {}

  // [redact]
  Result<void> table(const TomlNode& node) {
    for (const auto& [name, value] : node.members) {
      const auto* place = std::ranges::find(kPlaces, name, &Place::plural);
      Result<void> done;
      if (place != std::end(kPlaces)) {
        done = names(*place, value, false);
      } else if (name == "keep") {
        done = kept(value);
      } else if (name == "privacy") {
        done = privacy(value);
      } else if (name == "secrets") {
        done = texts("secrets", value, [&](const TomlNode& item) -> Result<void> {
          out_.secrets.push_back(path_beside(path_, item.text));
          out_.secrets_from.try_emplace(out_.secrets.back(), path_ + ":" + std::to_string(item.line));
          return {};
        });
      } else {
        done =
            toml_error(path_, value, profiles::unknown_word("key", name, words(true, {"privacy", "keep", "secrets"})));
      }
      if (!done) return done;
    }
    return {};
  }

  // One [[redact]]
  Result<void> rule(const TomlNode& node) {
    RedactRule rule;
    const TomlNode* selector = nullptr;
    bool has_kind = false;
    for (const auto& [name, value] : node.members) {
      const auto* place = std::ranges::find(kPlaces, name, &Place::word);
      if (name == "keep") {
        if (value.type != TomlNode::Type::kFlag) return toml_error(path_, value, "keep: true or false is needed");
        rule.keep = value.flag;
        continue;
      }
      if (place == std::end(kPlaces) && name != "kind" && name != "level") {
        return toml_error(path_, value, profiles::unknown_word("key", name, words(false, {"kind", "level", "keep"})));
      }
      if (value.type != TomlNode::Type::kText) return toml_error(path_, value, name + ": a text is needed");
      if (name == "kind") {
        const auto kind = profiles::parse_kind(path_, value, value.text);
        if (!kind) return std::unexpected(kind.error());
        rule.kind = *kind;
        has_kind = true;
      } else if (name == "level") {
        const auto level = profiles::parse_level(path_, value, value.text);
        if (!level) return std::unexpected(level.error());
        rule.level = *level;
      } else {
        if (selector != nullptr) {
          return toml_error(
              path_, value,
              std::string(to_string(rule.where)) + " and " + name + " in one [[redact]]; one of them is needed");
        }
        selector = &value;
        rule.where = place->where;
        rule.name = value.text;
        if (!has_kind) rule.kind = place->kind;
      }
    }
    if (selector == nullptr) {
      return toml_error(path_, node,
                        "[[redact]] without header, query, form, cookie, json, xml or pattern; one of them is needed");
    }
    return add(std::move(rule), *selector);
  }

 private:
  Result<void> add(RedactRule rule, const TomlNode& node) {
    if (rule.where != Where::kPattern) rule.name = profiles::rule_name(name_of(rule.where), rule.name);
    if (const std::string problem = problem_of(rule); !problem.empty()) return toml_error(path_, node, problem);
    if (out_.rules.size() >= kMostRules) return toml_error(path_, node, "more than 10000 rules");
    rule.source = path_ + ":" + std::to_string(node.line);
    out_.rules.push_back(std::move(rule));
    return {};
  }

  template <class Take>
  Result<void> texts(std::string_view name, const TomlNode& node, const Take& take) {
    const std::string needed = std::string(name) + ": a list of texts is needed";
    if (node.type != TomlNode::Type::kList) return toml_error(path_, node, needed);
    for (const TomlNode& item : node.items) {
      if (item.type != TomlNode::Type::kText) return toml_error(path_, item, needed);
      if (auto done = take(item); !done) return done;
    }
    return {};
  }

  Result<void> names(const Place& place, const TomlNode& node, bool keep) {
    return texts(place.plural, node, [&](const TomlNode& item) {
      return add({place.where, item.text, place.kind, Privacy::kCredentials, keep, {}}, item);
    });
  }

  Result<void> kept(const TomlNode& node) {
    if (node.type != TomlNode::Type::kTable) {
      return toml_error(path_, node, "keep: a table is needed, as in keep = { headers = [\"X-Name\"] }");
    }
    for (const auto& [name, value] : node.members) {
      const auto* place = std::ranges::find(kPlaces, name, &Place::plural);
      if (place == std::end(kPlaces) || place->where == Where::kPattern) {
        return toml_error(path_, value,
                          profiles::unknown_word(
                              "key", "keep." + name,
                              {"keep.headers", "keep.query", "keep.cookies", "keep.form", "keep.json", "keep.xml"}));
      }
      if (auto done = names(*place, value, true); !done) return done;
    }
    return {};
  }

  Result<void> privacy(const TomlNode& node) {
    if (node.type != TomlNode::Type::kText)
      return toml_error(path_, node, "privacy: credentials, pii or commercial is needed");
    const auto level = profiles::parse_level(path_, node, node.text);
    if (!level) return std::unexpected(level.error());
    out_.privacy = *level;
    out_.privacy_source = path_ + ":" + std::to_string(node.line);
    return {};
  }

  const std::string& path_;
  RedactRules& out_;
};

struct Lists {
  std::vector<profiles::SensitiveName> profiles::Profile::* secret;
  std::vector<std::string> profiles::Profile::* kept;
};

Lists lists_of(Where where) {
  using profiles::Profile;
  switch (where) {
    case Where::kHeader:
      return {&Profile::secret_headers, &Profile::kept_headers};
    case Where::kQuery:
      return {&Profile::secret_query, &Profile::kept_query};
    case Where::kForm:
      return {&Profile::secret_form, &Profile::kept_form};
    case Where::kCookie:
      return {&Profile::secret_cookies, &Profile::kept_cookies};
    case Where::kXml:
      return {&Profile::secret_xml, &Profile::kept_xml};
    default:
      return {&Profile::secret_json, &Profile::kept_json};
  }
}

std::string normal(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool counts = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '*' ||
                        static_cast<unsigned char>(c) >= 0x80;
    if (upper || counts) out += upper ? static_cast<char>(c + 32) : c;
  }
  return out;
}

}  // namespace

std::string_view to_string(Where where) { return std::ranges::find(kPlaces, where, &Place::where)->word; }

std::string path_beside(const std::string& path, const std::string& value) {
  const std::filesystem::path directory = std::filesystem::path(path).parent_path();
  return directory.empty() ? value : (directory / value).lexically_normal().string();
}

bool is_same_name(std::string_view a, std::string_view b) {
  if (a.starts_with('/') || b.starts_with('/')) return a == b;
  return normal(a) == normal(b);
}

Result<RedactRules> read_redact_rules(const TomlNode& node, const std::string& path) {
  RedactRules out;
  Reader reader(path, out);
  if (node.type == TomlNode::Type::kTable) {
    if (auto done = reader.table(node); !done) return std::unexpected(done.error());
    return out;
  }
  if (!node.is_table_list()) return toml_error(path, node, "redact: a table [redact] or tables [[redact]] are needed");
  for (const TomlNode& item : node.items) {
    if (auto done = reader.rule(item); !done) return std::unexpected(done.error());
  }
  return out;
}

Result<RedactRules> parse_rule_file(std::string_view text, const std::string& path) {
  const auto tree = parse_toml(text, path);
  if (!tree) return std::unexpected(tree.error());
  for (const auto& [name, node] : tree->members) {
    // [[rules]] is no list of files.
    const bool setting = find_key(name) != nullptr && node.type != TomlNode::Type::kTable && !node.is_table_list();
    if (name == "redact" || name == "match" || setting) continue;
    return toml_error(path, node, profiles::unknown_word("key", name, {"redact"}));
  }
  const TomlNode* node = tree->find("redact");
  if (node == nullptr) return RedactRules{};
  return read_redact_rules(*node, path);
}

void apply_rules(const std::vector<RedactRule>& rules, profiles::Profile& profile) {
  for (const RedactRule& rule : rules) {
    if (rule.where == Where::kPattern) {
      profile.patterns.push_back({rule.name, rule.kind, rule.level});
      continue;
    }
    const Lists lists = lists_of(rule.where);
    auto& secret = profile.*lists.secret;
    auto& kept = profile.*lists.kept;
    std::erase_if(secret, [&](const auto& other) { return is_same_name(other.name, rule.name); });
    std::erase_if(kept, [&](const auto& other) { return is_same_name(other, rule.name); });
    if (rule.keep) {
      kept.push_back(rule.name);
    } else {
      secret.push_back({rule.name, rule.kind, rule.level});
    }
  }
}

}  // namespace cvr::app
