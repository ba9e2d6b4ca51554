#include "app/match_rules.h"

#include <algorithm>

#include "app/config_keys.h"
#include "cvr/http.h"
#include "match/named_lists.h"
#include "os/file.h"
#include "profiles/profile_file.h"

namespace cvr::app {
namespace {

using match::BodyAs;
using match::How;
using match::PartRules;
using match::ValueRule;

constexpr std::uint64_t kMostBytes = 1u << 20;
constexpr std::size_t kMostRoutes = 1000;
constexpr std::size_t kMostNames = 1000;

const std::vector<std::string> kWords = {"method", "host", "credentials", "path",    "query",
                                         "body",   "json", "form",        "headers", "lists"};

class Reader {
 public:
  Reader(const std::string& path, match::MatchRules& rules) : path_(path), rules_(rules) {}

  Result<void> table(const TomlNode& node) {
    if (node.type != TomlNode::Type::kTable) {
      return toml_error(path_, node, "match: a table [match] is needed; routes stand in [[match.routes]]");
    }
    const TomlNode* routes = nullptr;
    for (const auto& [name, value] : node.members) {
      if (name == "routes") {
        routes = &value;
        continue;
      }
      if (auto done = part(name, value, rules_.parts, "routes"); !done) return done;
    }
    if (routes == nullptr) return {};
    if (!routes->is_table_list()) return toml_error(path_, *routes, "routes: tables [[match.routes]] are needed");
    if (routes->items.size() > kMostRoutes) return toml_error(path_, *routes, "more than 1000 routes");
    for (const TomlNode& item : routes->items) {
      if (auto done = route(item); !done) return done;
    }
    return {};
  }

 private:
  Result<void> route(const TomlNode& node) {
    match::RouteRules route;
    route.parts = rules_.parts;
    const TomlNode* named = node.find("route");
    if (named == nullptr) return toml_error(path_, node, "route is needed, as in route = \"POST /trips/*\"");
    if (auto done = split(*named, route); !done) return done;
    for (const auto& [name, value] : node.members) {
      if (name == "route") continue;
      if (auto done = part(name, value, route.parts, "route"); !done) return done;
    }
    rules_.routes.push_back(std::move(route));
    return {};
  }

  Result<void> split(const TomlNode& node, match::RouteRules& route) {
    const std::size_t space = node.text.find(' ');
    const std::size_t path = std::min(node.text.find_first_not_of(' ', space), node.text.size());
    const bool whole = node.type == TomlNode::Type::kText && space != std::string::npos && space > 0 &&
                       (node.text.substr(path).starts_with('/') || node.text.substr(path).starts_with('*'));
    if (!whole) return toml_error(path_, node, "route: METHOD (or *) and a path are needed, as in \"POST /trips/*\"");
    route.method = node.text.substr(0, space);
    if (route.method == "*") route.method.clear();
    std::ranges::transform(route.method, route.method.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    route.path = node.text.substr(path);
    return {};
  }

  Result<void> part(const std::string& name, const TomlNode& node, PartRules& parts, const char* more) {
    if (name == "method") return any_or_exact(name, node, parts.any_method);
    if (name == "host") return any_or_exact(name, node, parts.any_host);
    if (name == "credentials") return any_or_exact(name, node, parts.any_credentials);
    if (name == "path") return whole(name, node, {How::kExact, How::kAny, How::kRegex}, parts.path);
    if (name == "query") {
      if (node.type == TomlNode::Type::kTable) return names(name, node, parts.query_names, &parts.query);
      return whole(name, node, {How::kExact, How::kSet, How::kAny}, parts.query);
    }
    if (name == "body") return body(node, parts.body);
    if (name == "json") return names(name, node, parts.json_values, nullptr);
    if (name == "form") return names(name, node, parts.form_names, nullptr);
    if (name == "headers") return headers(node, parts.headers);
    if (name == "lists") return lists(node, parts);
    std::vector<std::string> known = kWords;
    known.emplace_back(more);
    return toml_error(path_, node, profiles::unknown_word("key", name, known));
  }

  Result<void> any_or_exact(const std::string& name, const TomlNode& node, bool& any) {
    const bool sound = node.type == TomlNode::Type::kText && (node.text == "any" || node.text == "exact");
    if (!sound) return toml_error(path_, node, name + ": \"exact\" or \"any\" is needed");
    any = node.text == "any";
    return {};
  }

  Result<match::Comparison> comparison(const std::string& name, const TomlNode& node) {
    if (node.type != TomlNode::Type::kText) {
      return toml_error(
          path_, node,
          shown_word(name) + ": a comparison is needed: exact, set, any, regex:PATTERN or number:TOLERANCE");
    }
    auto out = match::parse_comparison(node.text);
    if (!out) return toml_error(path_, node, shown_word(name) + ": " + out.error().text);
    return out;
  }

  Result<void> whole(const std::string& name, const TomlNode& node, std::initializer_list<How> allowed,
                     match::Comparison& to) {
    auto read = comparison(name, node);
    if (!read) return std::unexpected(read.error());
    if (std::ranges::find(allowed, read->how) == allowed.end()) {
      return toml_error(path_, node, name + ": " + shown_word(read->word) + " makes no sense for it");
    }
    // What is the default anyway is no rule.
    const bool usual = (name == "path" && read->how == How::kExact) || (name == "query" && read->how == How::kSet);
    to = usual ? match::Comparison{} : std::move(*read);
    return {};
  }

  Result<void> body(const TomlNode& node, BodyAs& to) {
    constexpr std::string_view kKinds[] = {"auto", "exact", "json", "form", "multipart", "any"};
    const auto* found = std::ranges::find(kKinds, node.text);
    if (node.type != TomlNode::Type::kText || found == std::end(kKinds)) {
      return toml_error(path_, node, "body: auto, exact, json, form, multipart or any is needed");
    }
    to = static_cast<BodyAs>(found - std::begin(kKinds));
    return {};
  }

  Result<void> names(const std::string& part, const TomlNode& node, std::vector<ValueRule>& to,
                     match::Comparison* rest) {
    if (node.type != TomlNode::Type::kTable) {
      return toml_error(path_, node, part + ": a table is needed, as in " + part + " = { name = \"any\" }");
    }
    for (const auto& [name, value] : node.members) {
      if (name == "*" && rest != nullptr) {
        if (auto done = whole(part, value, {How::kExact, How::kSet, How::kAny}, *rest); !done) return done;
        continue;
      }
      auto read = comparison(name, value);
      if (!read) return std::unexpected(read.error());
      if (read->how == How::kSet && part != "json") return toml_error(path_, value, "set is for arrays in json");
      if (auto done = add(part, name, std::move(*read), value, to); !done) return done;
    }
    return {};
  }

  Result<void> headers(const TomlNode& node, std::vector<ValueRule>& to) {
    if (node.type == TomlNode::Type::kTable) return names("headers", node, to, nullptr);
    if (node.type != TomlNode::Type::kList)
      return toml_error(path_, node, "headers: a list of names or a table is needed");
    for (const TomlNode& item : node.items) {
      if (item.type != TomlNode::Type::kText) return toml_error(path_, item, "headers: a list of names is needed");
      if (auto done = add("headers", item.text, *match::parse_comparison("exact"), item, to); !done) return done;
    }
    return {};
  }

  // Built-in lists of names: those that are switched on do not count, those switched off do.
  Result<void> lists(const TomlNode& node, PartRules& parts) {
    std::vector<std::string> known;
    for (const match::NamedList& list : match::kNamedLists) known.emplace_back(list.name);
    if (node.type != TomlNode::Type::kList) {
      return toml_error(path_, node, "lists: names are needed, as in lists = [\"azure\", \"-aws\"]");
    }
    for (const TomlNode& item : node.items) {
      const bool off = item.text.starts_with('-');
      const std::string name = item.text.substr(off ? 1 : 0);
      const auto* list = std::ranges::find(match::kNamedLists, name, &match::NamedList::name);
      if (item.type != TomlNode::Type::kText || list == std::end(match::kNamedLists)) {
        return toml_error(path_, item, profiles::unknown_word("list", name, known));
      }
      if (off != list->on) continue;  // it is so anyway
      for (const std::string_view one : list->names) {
        for (auto* to : {&parts.query_names, &parts.form_names}) {
          // A rule of its own for a name says more than a list.
          if (std::ranges::find(*to, one, &ValueRule::name) != to->end()) continue;
          if (to->size() >= kMostNames) return toml_error(path_, item, "lists: more than 1000 names");
          to->push_back({std::string(one), *match::parse_comparison(off ? "exact" : "any")});
        }
      }
    }
    return {};
  }

  Result<void> add(const std::string& part, const std::string& name, match::Comparison comparison, const TomlNode& node,
                   std::vector<ValueRule>& to) {
    if (name.empty()) return toml_error(path_, node, part + ": an empty name");
    const bool pointer = part == "json" && name.starts_with('/');
    if (part == "json") {
      if (const auto problem = profiles::json_name_problem(name); !problem.empty())
        return toml_error(path_, node, problem);
    }
    if (to.size() >= kMostNames) return toml_error(path_, node, part + ": more than 1000 names");
    std::string key = pointer ? name : http::to_lower(name);
    std::erase_if(to, [&](const ValueRule& other) { return other.name == key; });
    to.push_back({std::move(key), std::move(comparison)});
    return {};
  }

  const std::string& path_;
  match::MatchRules& rules_;
};

}  // namespace

Result<void> read_match_rules(const TomlNode& node, const std::string& path, match::MatchRules& rules) {
  if (auto done = Reader(path, rules).table(node); !done) return done;
  match::finish_rules(rules);
  return {};
}

Result<void> parse_match_file(std::string_view text, const std::string& path, match::MatchRules& rules) {
  const auto tree = parse_toml(text, path);
  if (!tree) return std::unexpected(tree.error());
  for (const auto& [name, node] : tree->members) {
    if (name == "match" || name == "redact" || find_key(name) != nullptr) continue;
    return toml_error(path, node, profiles::unknown_word("key", name, {"match"}));
  }
  const TomlNode* node = tree->find("match");
  return node == nullptr ? Result<void>{} : read_match_rules(*node, path, rules);
}

Result<match::MatchRules> load_match_rules(const profiles::Profile& profile, const Config& config,
                                           const std::vector<std::string>& files) {
  match::MatchRules rules = match::rules_for(profile);
  if (config.match) {
    if (auto done = read_match_rules(*config.match, config.match_path, rules); !done) {
      return std::unexpected(done.error());
    }
  }
  for (const std::string& file : files) {
    auto text = os::read_file(file, kMostBytes);
    if (!text) return std::unexpected(text.error());
    if (auto done = parse_match_file(*text, file, rules); !done) return std::unexpected(done.error());
  }
  return rules;
}

}  // namespace cvr::app
