#include "profiles/diagnosis_file.h"

#include <algorithm>
#include <string_view>

#include "profiles/profile_file.h"

namespace cvr::profiles {
namespace {

constexpr std::size_t kMostItems = 1'000;

struct TextKey {
  std::string_view word;
  std::string Diagnosis::* value;
};
constexpr TextKey kTexts[] = {
    {"timestamp_header", &Diagnosis::timestamp_header},
    {"act_as_header", &Diagnosis::act_as_header},
    {"token_path", &Diagnosis::token_path},
    {"type_claim", &Diagnosis::type_claim},
    {"tenant_claim", &Diagnosis::tenant_claim},
};

struct ListKey {
  std::string_view word;
  std::vector<std::string> Diagnosis::* values;
};
constexpr ListKey kLists[] = {
    {"bases", &Diagnosis::bases},
    {"required_headers", &Diagnosis::required_headers},
    {"pair_headers", &Diagnosis::pair_headers},
    {"steady_headers", &Diagnosis::steady_headers},
    {"future_dates", &Diagnosis::future_dates},
    {"at_least_one", &Diagnosis::at_least_one},
    {"not_empty_lists", &Diagnosis::not_empty_lists},
    {"no_empty_texts", &Diagnosis::no_empty_texts},
    {"code_pointers", &Diagnosis::code_pointers},
    {"title_pointers", &Diagnosis::title_pointers},
    {"plan_words", &Diagnosis::plan_words},
    {"maintenance_words", &Diagnosis::maintenance_words},
};
constexpr ListKey kCodes[] = {
    {"company_access", &Diagnosis::company_access_codes},
    {"permission", &Diagnosis::permission_codes},
    {"not_authorized", &Diagnosis::not_authorized_codes},
    {"internal", &Diagnosis::internal_codes},
    {"client", &Diagnosis::client_codes},
};
constexpr std::string_view kOthers[] = {"clock_skew_seconds", "idle_days",   "snapshot_weekday", "ids_have_prefixes",
                                        "answers_json",       "environment", "operation",        "codes"};
constexpr std::string_view kWeekdays[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

template <class Keys>
void add_words(std::vector<std::string>& out, const Keys& keys) {
  for (const auto& key : keys) out.emplace_back(key.word);
}

class Reader {
 public:
  Reader(const std::string& path, Diagnosis& out) : path_(path), out_(out) {}

  Result<void> read(const TomlNode& table) {
    if (table.type != TomlNode::Type::kTable) return toml_error(path_, table, "diagnosis: a table is needed");
    for (const auto& [name, node] : table.members) {
      if (auto done = member(name, node); !done) return done;
    }
    return {};
  }

 private:
  Result<void> member(const std::string& name, const TomlNode& node) {
    if (const auto* key = std::ranges::find(kTexts, name, &TextKey::word); key != std::end(kTexts)) {
      return text(name, node, out_.*key->value);
    }
    if (const auto* key = std::ranges::find(kLists, name, &ListKey::word); key != std::end(kLists)) {
      return list(name, node, out_.*key->values);
    }
    if (name == "clock_skew_seconds") return number(name, node, 86'400, out_.clock_skew_seconds);
    if (name == "idle_days") {
      std::int64_t days = 0;
      auto done = number(name, node, 3'650, days);
      out_.idle_days = static_cast<int>(days);
      return done;
    }
    if (name == "snapshot_weekday") {
      const auto* day = std::ranges::find(kWeekdays, node.text);
      if (day == std::end(kWeekdays)) return toml_error(path_, node, "snapshot_weekday: \"monday\" to \"sunday\"");
      out_.snapshot_weekday = static_cast<int>(day - std::begin(kWeekdays));
      return {};
    }
    if (name == "ids_have_prefixes") return flag(name, node, out_.ids_have_prefixes);
    if (name == "answers_json") return flag(name, node, out_.answers_json);
    if (name == "codes") return codes(node);
    if (name == "environment") return environments(node);
    if (name == "operation") return operations(node);
    std::vector<std::string> known;
    add_words(known, kTexts);
    add_words(known, kLists);
    for (const auto word : kOthers) known.emplace_back(word);
    return toml_error(path_, node, unknown_word("key", name, known));
  }

  Result<void> text(const std::string& name, const TomlNode& node, std::string& out) {
    if (node.type != TomlNode::Type::kText) return toml_error(path_, node, name + ": a text is needed");
    out = node.text;
    return {};
  }

  Result<void> list(const std::string& name, const TomlNode& node, std::vector<std::string>& out) {
    const bool texts = node.type == TomlNode::Type::kList && node.items.size() <= kMostItems &&
                       std::ranges::all_of(node.items, [](const TomlNode& item) {
                         return item.type == TomlNode::Type::kText && !item.text.empty();
                       });
    if (!texts) return toml_error(path_, node, name + ": a list of at most 1000 texts is needed");
    for (const TomlNode& item : node.items) out.push_back(item.text);
    return {};
  }

  Result<void> number(const std::string& name, const TomlNode& node, std::int64_t most, std::int64_t& out) {
    if (node.type != TomlNode::Type::kInteger || node.integer < 0 || node.integer > most) {
      return toml_error(path_, node, name + ": a number from 0 to " + std::to_string(most) + " is needed");
    }
    out = node.integer;
    return {};
  }

  Result<void> flag(const std::string& name, const TomlNode& node, bool& out) {
    if (node.type != TomlNode::Type::kFlag) return toml_error(path_, node, name + ": true or false is needed");
    out = node.flag;
    return {};
  }

  Result<void> codes(const TomlNode& node) {
    if (node.type != TomlNode::Type::kTable) return toml_error(path_, node, "codes: a table is needed");
    for (const auto& [name, value] : node.members) {
      const auto* key = std::ranges::find(kCodes, name, &ListKey::word);
      if (key == std::end(kCodes)) {
        std::vector<std::string> known;
        add_words(known, kCodes);
        return toml_error(path_, value, unknown_word("key", name, known));
      }
      if (auto done = list(name, value, out_.*key->values); !done) return done;
    }
    return {};
  }

  Result<void> environments(const TomlNode& node) {
    if (!node.is_table_list()) return toml_error(path_, node, "environment: [[diagnosis.environment]] is needed");
    for (const TomlNode& table : node.items) {
      Environment added;
      for (const auto& [name, value] : table.members) {
        auto done = name == "name"    ? text(name, value, added.name)
                    : name == "hosts" ? list(name, value, added.hosts)
                                      : toml_error(path_, value, unknown_word("key", name, {"name", "hosts"}));
        if (!done) return done;
      }
      if (added.name.empty() || added.hosts.empty()) {
        return toml_error(path_, table, "environment: name and hosts are needed");
      }
      out_.environments.push_back(std::move(added));
    }
    return {};
  }

  Result<void> operations(const TomlNode& node) {
    if (!node.is_table_list()) return toml_error(path_, node, "operation: [[diagnosis.operation]] is needed");
    for (const TomlNode& table : node.items) {
      Operation added;
      for (const auto& [name, value] : table.members) {
        std::string call;
        auto done = name == "call"       ? text(name, value, call)
                    : name == "required" ? list(name, value, added.required)
                    : name == "known"    ? list(name, value, added.known)
                    : name == "ids"
                        ? list(name, value, added.ids)
                        : toml_error(path_, value, unknown_word("key", name, {"call", "required", "known", "ids"}));
        if (!done) return done;
        if (name != "call") continue;
        const std::size_t space = std::min(call.find(' '), call.size());
        added.method = call.substr(0, space);
        added.path = call.substr(std::min(space + 1, call.size()));
      }
      if (added.method.empty() || !added.path.starts_with('/')) {
        return toml_error(path_, table, "operation: call = \"METHOD /path/{id}\" is needed");
      }
      for (const std::string& pointer : added.required) {
        if (const auto problem = pointer_problem(pointer); !problem.empty()) return toml_error(path_, table, problem);
      }
      out_.operations.push_back(std::move(added));
    }
    return out_.operations.size() <= kMostItems ? Result<void>() : toml_error(path_, node, "operation: too many");
  }

  const std::string& path_;
  Diagnosis& out_;
};

}  // namespace

Result<Diagnosis> read_diagnosis(const std::string& path, const TomlNode& table) {
  Diagnosis out;
  if (auto done = Reader(path, out).read(table); !done) return std::unexpected(done.error());
  return out;
}

}  // namespace cvr::profiles
