#include "profiles/profile_file.h"

#include <algorithm>

#include "base/nearest_word.h"
#include "profiles/diagnosis_file.h"
#include "profiles/plan_file.h"
#include "profiles/rule_names.h"

namespace cvr::profiles {
namespace {

constexpr std::string_view kWildcardPlace = "'*' stands only at the beginning or the end of a name";
constexpr std::size_t kMostNames = 10'000;  // of one table
constexpr std::size_t kMostPrefixes = 100;  // of one list: each is looked for at every byte

struct NameTable {
  std::string_view word;
  std::vector<SensitiveName> Profile::* secret;
  std::vector<std::string> Profile::* kept;
  NameOf what;
};
constexpr NameTable kNameTables[] = {
    {"headers", &Profile::secret_headers, &Profile::kept_headers, NameOf::kHeader},
    {"query", &Profile::secret_query, &Profile::kept_query, NameOf::kQuery},
    {"form", &Profile::secret_form, &Profile::kept_form, NameOf::kForm},
    {"cookies", &Profile::secret_cookies, &Profile::kept_cookies, NameOf::kCookie},
    {"json", &Profile::secret_json, &Profile::kept_json, NameOf::kJson},
    {"xml", &Profile::secret_xml, &Profile::kept_xml, NameOf::kXml},
};

struct List {
  std::string_view word;
  std::vector<std::string> Profile::* values;
};
constexpr List kLists[] = {
    {"hosts", &Profile::hosts},
    {"kept_jwt_claims", &Profile::kept_jwt_claims},
    {"token_prefixes", &Profile::token_prefixes},
    {"uuid_markers", &Profile::uuid_markers},
    {"id_prefixes", &Profile::id_prefixes},
};
constexpr List kVolatile[] = {
    {"headers", &Profile::volatile_headers},
    {"query", &Profile::volatile_query},
    {"json", &Profile::volatile_json},
    {"form", &Profile::volatile_form},
};

std::vector<std::string> known_words() {
  std::vector<std::string> out = {"name", "pattern", "volatile", "display_id_size", "rebuild", "diagnosis", "probe"};
  for (const auto& list : kLists) out.emplace_back(list.word);
  for (const auto& table : kNameTables) out.emplace_back(table.word);
  return out;
}

constexpr std::string_view kWeekdays[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

// "06:00" in minutes; nullopt: no time of day.
std::optional<int> minutes_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t at : {0, 1, 3, 4}) {
    if (text[at] < '0' || text[at] > '9') return std::nullopt;
  }
  const int hour = (text[0] - '0') * 10 + text[1] - '0';
  const int minute = (text[3] - '0') * 10 + text[4] - '0';
  return hour < 24 && minute < 60 ? std::optional(hour * 60 + minute) : std::nullopt;
}

class Reader {
 public:
  Reader(const std::string& path, CheckExpression check, Profile& out) : path_(path), check_(check), out_(out) {}

  Result<void> read(const TomlNode& root) {
    for (const auto& [name, node] : root.members) {
      if (auto done = member(name, node); !done) return done;
    }
    if (out_.name.empty()) return fail(ErrorCode::kUsage, path_ + ": name is needed, as in name = \"vendor\"");
    return {};
  }

 private:
  Result<void> member(const std::string& name, const TomlNode& node) {
    if (name == "name") {
      if (node.type != TomlNode::Type::kText || node.text.empty())
        return toml_error(path_, node, "name: a text is needed");
      out_.name = node.text;
      return {};
    }
    if (name == "display_id_size") {
      if (node.type != TomlNode::Type::kInteger || node.integer < 0 || node.integer > 64) {
        return toml_error(path_, node, "display_id_size: a number from 0 to 64 is needed");
      }
      out_.display_id_size = static_cast<std::size_t>(node.integer);
      return {};
    }
    if (name == "pattern") return patterns(node);
    if (name == "volatile") return volatiles(node);
    if (name == "rebuild") return rebuild(node);
    if (name == "diagnosis") {
      auto read = read_diagnosis(path_, node);
      if (!read) return std::unexpected(read.error());
      out_.diagnosis = *std::move(read);
      return {};
    }
    if (name == "probe") {
      auto read = read_plan(path_, node);
      if (!read) return std::unexpected(read.error());
      out_.probe = *std::move(read);
      return {};
    }
    if (const auto* list = std::ranges::find(kLists, name, &List::word); list != std::end(kLists)) {
      return words(name, node, out_.*list->values);
    }
    const auto* table = std::ranges::find(kNameTables, name, &NameTable::word);
    if (table != std::end(kNameTables)) return names(*table, node);
    return toml_error(path_, node, unknown_word("key", name, known_words()));
  }

  Result<void> words(std::string_view name, const TomlNode& node, std::vector<std::string>& out) {
    const bool prefixes = name == "token_prefixes" || name == "uuid_markers" || name == "id_prefixes";
    if (node.type != TomlNode::Type::kList)
      return toml_error(path_, node, std::string(name) + ": a list of texts is needed");
    for (const TomlNode& item : node.items) {
      if (item.type != TomlNode::Type::kText || item.text.empty()) {
        return toml_error(path_, item, std::string(name) + ": a list of texts is needed");
      }
      // Shorter ones would be found everywhere (redact/patterns).
      if (prefixes && item.text.size() < 3) {
        return toml_error(path_, item, std::string(name) + ": at least three characters are needed");
      }
      if (name == "hosts") {
        if (const auto problem = rule_host_problem(item.text); !problem.empty())
          return toml_error(path_, item, problem);
      }
      out.push_back(item.text);
    }
    return out.size() <= (prefixes ? kMostPrefixes : kMostNames)
               ? Result<void>()
               : toml_error(path_, node, std::string(name) + ": too many");
  }

  Result<void> names(const NameTable& table, const TomlNode& node) {
    if (node.type != TomlNode::Type::kTable || node.members.size() > kMostNames) {
      return toml_error(path_, node, std::string(table.word) + ": a table NAME = \"KIND\" is needed");
    }
    for (const auto& [written, value] : node.members) {
      if (value.type != TomlNode::Type::kText) {
        return toml_error(path_, value, shown_word(written) + ": \"KIND\", \"KIND LEVEL\" or \"keep\" is needed");
      }
      const std::string name = rule_name(table.what, written);
      if (name.empty()) return toml_error(path_, value, "an empty name");
      const bool keep = value.text == "keep";
      if (const auto problem = rule_name_problem(table.what, name, keep); !problem.empty()) {
        return toml_error(path_, value, problem);
      }
      if (keep) {
        (out_.*table.kept).push_back(name);
        continue;
      }
      const std::size_t space = std::min(value.text.find(' '), value.text.size());
      const auto kind = parse_kind(path_, value, std::string_view(value.text).substr(0, space));
      if (!kind) return std::unexpected(kind.error());
      SensitiveName added{name, *kind, Privacy::kCredentials};
      if (space < value.text.size()) {
        const auto level = parse_level(path_, value, std::string_view(value.text).substr(space + 1));
        if (!level) return std::unexpected(level.error());
        added.level = *level;
      }
      (out_.*table.secret).push_back(std::move(added));
    }
    return {};
  }

  Result<void> patterns(const TomlNode& node) {
    if (!node.is_table_list()) return toml_error(path_, node, "pattern: [[pattern]] tables are needed");
    for (const TomlNode& table : node.items) {
      SensitivePattern out;
      for (const auto& [name, value] : table.members) {
        if (name != "expression" && name != "kind" && name != "level") {
          return toml_error(path_, value, unknown_word("key", name, {"expression", "kind", "level"}));
        }
        if (value.type != TomlNode::Type::kText) return toml_error(path_, value, name + ": a text is needed");
        if (name == "expression") {
          out.expression = value.text;
          const auto sound = check_ == nullptr ? Result<void>() : check_(value.text);
          if (!sound) return toml_error(path_, value, sound.error().text);
        } else if (name == "kind") {
          const auto kind = parse_kind(path_, value, value.text);
          if (!kind) return std::unexpected(kind.error());
          out.kind = *kind;
        } else {
          const auto level = parse_level(path_, value, value.text);
          if (!level) return std::unexpected(level.error());
          out.level = *level;
        }
      }
      if (out.expression.empty()) return toml_error(path_, table, "pattern: expression = \"...\" is needed");
      out_.patterns.push_back(std::move(out));
    }
    return {};
  }

  Result<void> volatiles(const TomlNode& node) {
    if (node.type != TomlNode::Type::kTable) return toml_error(path_, node, "volatile: a table is needed");
    for (const auto& [name, value] : node.members) {
      const auto* list = std::ranges::find(kVolatile, name, &List::word);
      if (list == std::end(kVolatile)) {
        return toml_error(path_, value, unknown_word("key", name, {"headers", "query", "json", "form"}));
      }
      if (auto done = words(name, value, out_.*list->values); !done) return done;
    }
    return {};
  }

  Result<void> rebuild(const TomlNode& node) {
    constexpr const char* kNeeded =
        R"(rebuild: { weekday = "monday", from = "06:00", to = "08:00", hosts = ["HOST"] } is needed, in UTC)";
    if (node.type != TomlNode::Type::kTable) return toml_error(path_, node, kNeeded);
    Rebuild out;
    std::optional<int> from, to;
    bool has_day = false;
    for (const auto& [name, value] : node.members) {
      if (name == "weekday") {
        const auto* day = std::ranges::find(kWeekdays, value.text);
        has_day = day != std::end(kWeekdays);
        out.weekday = static_cast<int>(day - std::begin(kWeekdays));
      } else if (name == "from" || name == "to") {
        (name == "from" ? from : to) = minutes_of(value.text);
      } else if (name == "hosts") {
        if (auto done = words(name, value, out.hosts); !done) return done;
      } else {
        return toml_error(path_, value, unknown_word("key", name, {"weekday", "from", "to", "hosts"}));
      }
    }
    if (!has_day || !from || !to || *to <= *from || out.hosts.empty()) return toml_error(path_, node, kNeeded);
    out.from_minute = *from;
    out.to_minute = *to;
    out_.rebuild = out;
    return {};
  }

  const std::string& path_;
  const CheckExpression check_;
  Profile& out_;
};

}  // namespace

Result<Profile> parse_profile(std::string_view toml_text, const std::string& path, CheckExpression check) {
  const auto tree = parse_toml(toml_text, path);
  if (!tree) return std::unexpected(tree.error());
  Profile out;
  if (auto done = Reader(path, check, out).read(*tree); !done) return std::unexpected(done.error());
  return out;
}

std::string unknown_word(std::string_view what, std::string_view word, const std::vector<std::string>& known) {
  std::string out = "unknown " + std::string(what) + " " + shown_word(word);
  if (const std::string near = nearest_word(word, known); !near.empty()) return out + " (did you mean " + near + "?)";
  out += "; known:";
  for (const std::string& one : known) out += " " + one;
  return out;
}

Result<Kind> parse_kind(const std::string& path, const TomlNode& node, std::string_view word) {
  if (const auto kind = kind_from(word)) return *kind;
  std::vector<std::string> known;
  for (int i = 0; i <= static_cast<int>(Kind::kOther); ++i) known.emplace_back(to_string(static_cast<Kind>(i)));
  return toml_error(path, node, unknown_word("kind", word, known));
}

Result<Privacy> parse_level(const std::string& path, const TomlNode& node, std::string_view word) {
  if (const auto level = privacy_from(word)) return *level;
  return toml_error(path, node, unknown_word("level", word, {"credentials", "pii", "commercial"}));
}

std::string_view pointer_problem(std::string_view pointer) {
  if (pointer.empty() || pointer == "/") return "an empty pointer; /KEY/KEY is needed, as in /data/token";
  if (pointer.front() != '/') return "a pointer begins with '/'";
  for (std::size_t at = pointer.find('~'); at != pointer.npos; at = pointer.find('~', at + 1)) {
    if (at + 1 >= pointer.size() || (pointer[at + 1] != '0' && pointer[at + 1] != '1')) {
      return "in a pointer '~' is written ~0, and '/' in a key ~1 (RFC 6901 section 3)";
    }
  }
  return std::ranges::count(pointer, '/') <= 64 ? std::string_view() : "a pointer with more than 64 keys";
}

std::string_view json_name_problem(std::string_view name) {
  if (name.starts_with('/')) return pointer_problem(name);
  if (name.find('/') == name.npos || name.find('~') == name.npos) return {};
  const std::string pointer = "/" + std::string(name);
  const auto escape = pointer_problem(pointer);
  return escape.empty() ? pointer_problem(name) : escape;
}

std::string_view wildcard_problem(std::string_view name) {
  if (name.find('*') == name.npos) return {};
  if (name.starts_with('*')) name.remove_prefix(1);
  if (name.ends_with('*')) name.remove_suffix(1);
  const auto counts = [](char c) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9') || static_cast<unsigned char>(c) >= 0x80;
  };
  if (!std::ranges::any_of(name, counts)) return "'*' alone is every name; name what begins or ends it";
  return name.find('*') == name.npos ? std::string_view() : kWildcardPlace;
}

std::string_view json_wildcard_problem(std::string_view name) {
  if (name.starts_with('/')) return {};  // of a pointer '*' is any key
  const std::size_t dot = name.rfind('.');
  if (dot == name.npos) return wildcard_problem(name);
  return name.find('*') < dot ? kWildcardPlace : wildcard_problem(name.substr(dot + 1));
}

}  // namespace cvr::profiles
