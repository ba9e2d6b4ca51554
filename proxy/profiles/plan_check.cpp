#include "profiles/plan_check.h"

#include <algorithm>
#include <set>

#include "http/head.h"
#include "profiles/plan_text.h"
#include "profiles/profile_file.h"

namespace cvr::profiles {
namespace {

constexpr std::string_view kOwnHeaders[] = {"host", "content-length", "expect", "trailer"};

bool is_header_name(std::string_view name) {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return !name.empty() && name.size() <= 200 && std::ranges::all_of(name, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kOthers.find(c) != kOthers.npos;
  });
}

bool is_header_value(std::string_view value) {
  return std::ranges::all_of(value, [](char c) { return c == '\t' || (c >= 0x20 && c != 0x7f) || c < 0; });
}

class Checker {
 public:
  Checker(const std::string& path, const TomlNode& root, const Plan& plan) : path_(path), root_(root), plan_(plan) {}

  Result<void> check() {
    for (std::size_t i = 0; i < plan_.variables.size(); ++i) {
      if (auto done = add(known_, plan_.variables[i].name, place("variable", i)); !done) return done;
    }
    if (auto done = headers(plan_.headers, root_); !done) return done;
    if (!plan_.token_path.empty() && !is_target(plan_.token_path)) {
      return toml_error(path_, place("token"), "token: a path is needed, as in \"/oauth/token\"");
    }
    std::set<std::string, std::less<>> names;
    for (std::size_t i = 0; i < plan_.methods.size(); ++i) {
      if (auto done = add(names, plan_.methods[i].name, place("method", i)); !done) return done;
      if (auto done = method(plan_.methods[i], place("method", i)); !done) return done;
    }
    names.clear();
    for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
      if (auto done = add(names, plan_.steps[i].name, place("step", i)); !done) return done;
      if (auto done = step(plan_.steps[i], place("step", i)); !done) return done;
    }
    return {};
  }

 private:
  // Where a part stands; the plan's own line when it is not there.
  const TomlNode& place(std::string_view key) const {
    const TomlNode* node = root_.find(key);
    return node == nullptr ? root_ : *node;
  }
  const TomlNode& place(std::string_view key, std::size_t index) const {
    const TomlNode& all = place(key);
    return index < all.items.size() ? all.items[index] : root_;
  }
  static const TomlNode& inside(const TomlNode& table, std::string_view key) {
    const TomlNode* node = table.find(key);
    return node == nullptr ? table : *node;
  }

  Result<void> add(std::set<std::string, std::less<>>& names, const std::string& name, const TomlNode& node) const {
    if (names.insert(name).second) return {};
    return toml_error(path_, inside(node, "name"), "name: " + shown_word(name) + " stands twice");
  }

  Result<void> unknown(const std::string& word, const TomlNode& node) const {
    std::vector<std::string> known(known_.begin(), known_.end());
    for (const char* made : {"now", "uuid", "day+30", "access_token"}) known.emplace_back(made);
    return toml_error(path_, node, unknown_word("placeholder", word, known));
  }

  Result<void> text(std::string_view value, const TomlNode& node, bool has_token) const {
    for (const std::string& name : placeholders(value)) {
      const bool known = known_.contains(name) || is_made_name(name) || (has_token && name == "access_token");
      if (!known) return unknown(name, node);
    }
    return {};
  }

  Result<void> headers(const NamedTexts& all, const TomlNode& table, bool has_token = false) const {
    const TomlNode& node = inside(table, "headers");
    for (const auto& [name, value] : all) {
      const TomlNode& at = inside(node, name);
      const bool own = http::is_hop_by_hop(name) || std::ranges::any_of(kOwnHeaders, [&](std::string_view one) {
                         return http::equals_ignoring_case(one, name);
                       });
      if (!is_header_name(name) || !is_header_value(value)) {
        return toml_error(path_, at, "headers: " + shown_word(name) + " can not be sent in a header");
      }
      if (own) return toml_error(path_, at, "headers: " + shown_word(name) + " is written by CVR itself");
      if (auto done = text(value, at, has_token); !done) return done;
    }
    return {};
  }

  Result<void> conditions(const NamedTexts& when, const TomlNode& table) const {
    for (const auto& [name, value] : when) {
      if (plan_.find_variable(name) != nullptr) continue;
      return variable_needed(name, inside(inside(table, "when"), name));
    }
    return {};
  }

  Result<void> variable_needed(const std::string& name, const TomlNode& node) const {
    std::vector<std::string> known;
    for (const PlanVariable& variable : plan_.variables) known.push_back(variable.name);
    return toml_error(path_, node, unknown_word("variable", name, known));
  }

  Result<void> method(const PlanMethod& one, const TomlNode& node) const {
    if (auto done = conditions(one.when, node); !done) return done;
    if (auto done = headers(one.headers, node, !one.oauth.empty()); !done) return done;
    if (one.oauth.empty()) return {};
    if (plan_.token_path.empty()) return toml_error(path_, inside(node, "oauth"), "oauth: the plan has no token path");
    if (plan_.find_variable(one.id) == nullptr) return variable_needed(one.id, inside(node, "id"));
    if (plan_.find_variable(one.secret) == nullptr) return variable_needed(one.secret, inside(node, "secret"));
    return {};
  }

  Result<void> step(const PlanStep& one, const TomlNode& node) {
    if (one.auth != PlanStep::Auth::kNone && plan_.methods.empty()) {
      return toml_error(path_, inside(node, "auth"), "auth: the plan has no [[method]]");
    }
    if (auto done = conditions(one.when, node); !done) return done;
    if (auto done = headers(one.headers, node); !done) return done;
    if (auto done = text(one.target, inside(node, "call"), false); !done) return done;
    if (auto done = text(one.body, inside(node, "body"), false); !done) return done;
    const bool reads = one.method == "GET" || one.method == "HEAD" || one.method == "OPTIONS";
    if (!reads && !one.write && inside(node, "write").type != TomlNode::Type::kFlag) {
      return toml_error(path_, inside(node, "call"),
                        "call: write = true is needed, or write = false when nothing is made by it");
    }
    for (const auto& [name, pointer] : one.save) {
      const TomlNode& at = inside(inside(node, "save"), name);
      if (const auto problem = pointer_problem(pointer); !problem.empty()) return toml_error(path_, at, problem);
      if (plan_.find_variable(name) != nullptr) {
        return toml_error(path_, at, "save: " + shown_word(name) + " is a variable already");
      }
      known_.insert(name);
    }
    return {};
  }

  const std::string& path_;
  const TomlNode& root_;
  const Plan& plan_;
  std::set<std::string, std::less<>> known_;  // what a placeholder may name so far
};

}  // namespace

bool is_target(std::string_view text) {
  return text.starts_with('/') && text.size() <= 8'000 && std::ranges::all_of(text, [](char c) {
           return c > 0x20 && c < 0x7f && c != '#' && c != '"' && c != '\\' && c != '<' && c != '>';
         });
}

Result<void> check_plan(const std::string& path, const TomlNode& root, const Plan& plan) {
  return Checker(path, root, plan).check();
}

}  // namespace cvr::profiles
