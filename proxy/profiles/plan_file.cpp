#include "profiles/plan_file.h"

#include <algorithm>
#include <functional>

#include "http/target.h"
#include "profiles/plan_check.h"
#include "profiles/profile_file.h"

namespace cvr::profiles {
namespace {

constexpr std::size_t kMostText = 64 * 1024;
constexpr std::size_t kMostEntries = 200;  // of one list or table

using Node = TomlNode;
struct Key {
  std::string_view word;
  std::function<Result<void>(const Node&)> read;
};

// "static", "create-trip"; variables have '_' for '-'.
bool is_name(std::string_view text, char separator) {
  return !text.empty() && text.size() <= 40 && text.front() >= 'a' && text.front() <= 'z' &&
         std::ranges::all_of(
             text, [&](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == separator; });
}

class Reader {
 public:
  Reader(const std::string& path, Plan& out) : path_(path), out_(out) {}

  Result<void> read(const Node& root) {
    if (root.type != Node::Type::kTable) return toml_error(path_, root, "a plan is a table");
    auto done =
        members(root, {{"name", [&](const Node& n) { return text(n, out_.name); }},
                       {"base", [&](const Node& n) { return base(n); }},
                       {"token", [&](const Node& n) { return text(n, out_.token_path); }},
                       {"headers", [&](const Node& n) { return named(n, out_.headers); }},
                       {"wait_headers", [&](const Node& n) { return texts(n, out_.wait_headers); }},
                       {"variable", [&](const Node& n) { return each(n, [&](const Node& t) { return variable(t); }); }},
                       {"method", [&](const Node& n) { return each(n, [&](const Node& t) { return method(t); }); }},
                       {"step", [&](const Node& n) { return each(n, [&](const Node& t) { return step(t); }); }}});
    if (!done) return done;
    if (out_.base.empty())
      return fail(ErrorCode::kUsage, path_ + ": base is needed, as in base = \"https://HOST/api\"");
    if (out_.steps.empty()) return fail(ErrorCode::kUsage, path_ + ": at least one [[step]] is needed");
    return check_plan(path_, root, out_);
  }

 private:
  Result<void> members(const Node& table, const std::vector<Key>& keys) {
    for (const auto& [name, node] : table.members) {
      const auto key = std::ranges::find(keys, name, &Key::word);
      if (key == keys.end()) {
        std::vector<std::string> known;
        for (const Key& one : keys) known.emplace_back(one.word);
        return toml_error(path_, node, unknown_word("key", name, known));
      }
      key_ = name;
      if (auto done = key->read(node); !done) return done;
    }
    return {};
  }

  // "PATH:LINE: KEY: what is needed"
  std::unexpected<Error> wrong(const Node& node, const std::string& what) const {
    return toml_error(path_, node, key_ + ": " + what);
  }

  Result<void> text(const Node& node, std::string& out) const {
    if (node.type != Node::Type::kText || node.text.size() > kMostText) return wrong(node, "a text is needed");
    out = node.text;
    return {};
  }

  Result<void> name(const Node& node, char separator, std::string& out) const {
    if (node.type != Node::Type::kText || !is_name(node.text, separator)) {
      return wrong(node, std::string("a name of a-z, 0-9 and '") + separator + "', at most 40 long, is needed");
    }
    out = node.text;
    return {};
  }

  Result<void> flag(const Node& node, bool& out) const {
    if (node.type != Node::Type::kFlag) return wrong(node, "true or false is needed");
    out = node.flag;
    return {};
  }

  Result<void> texts(const Node& node, std::vector<std::string>& out) const {
    const bool sound = node.type == Node::Type::kList && !node.items.empty() && node.items.size() <= kMostEntries &&
                       std::ranges::all_of(node.items, [](const Node& item) {
                         return item.type == Node::Type::kText && !item.text.empty() && item.text.size() <= 200;
                       });
    if (!sound) return wrong(node, "a list of texts is needed");
    for (const Node& item : node.items) out.push_back(item.text);
    return {};
  }

  Result<void> named(const Node& node, NamedTexts& out) const {
    const bool sound = node.type == Node::Type::kTable && node.members.size() <= kMostEntries &&
                       std::ranges::all_of(node.members, [](const TomlMember& one) {
                         return one.node.type == Node::Type::kText && one.node.text.size() <= kMostText;
                       });
    if (!sound) return wrong(node, "a table of texts is needed, as in { NAME = \"VALUE\" }");
    for (const auto& [key, value] : node.members) out.emplace_back(key, value.text);
    return {};
  }

  template <class Read>
  Result<void> each(const Node& node, Read read) const {
    if (!node.is_table_list() || node.items.size() > kMostEntries) {
      return wrong(node, "tables in double brackets are needed, at most 200");
    }
    for (const Node& table : node.items) {
      if (auto done = read(table); !done) return done;
    }
    return {};
  }

  template <class Value>
  Result<void> word(const Node& node, std::initializer_list<std::pair<std::string_view, Value>> words,
                    Value& out) const {
    std::string allowed;
    for (const auto& [text, value] : words) {
      if (node.type == Node::Type::kText && node.text == text) {
        out = value;
        return {};
      }
      allowed += (allowed.empty() ? "" : ", ") + std::string(text);
    }
    return wrong(node, "one of these words is needed: " + allowed);
  }

  // Credentials go there: never in the clear.
  Result<void> base(const Node& node) {
    constexpr std::string_view kScheme = "https://";
    const std::size_t slash = node.text.find('/', kScheme.size());
    const bool sound = node.type == Node::Type::kText && node.text.starts_with(kScheme) && node.text.size() <= 2'000 &&
                       http::parse_origin(node.text.substr(0, slash)) &&
                       (slash == node.text.npos || is_target(node.text.substr(slash))) &&
                       node.text.find('?') == node.text.npos;
    if (!sound) return wrong(node, "a URL is needed, as in \"https://HOST/api\"");
    out_.base = node.text;
    while (out_.base.ends_with('/')) out_.base.pop_back();
    return {};
  }

  Result<void> variable(const Node& table) {
    PlanVariable& out = out_.variables.emplace_back();
    using Shape = PlanVariable::Shape;
    auto done =
        members(table, {{"name", [&](const Node& n) { return name(n, '_', out.name); }},
                        {"from", [&](const Node& n) { return texts(n, out.from); }},
                        {"shape",
                         [&](const Node& n) {
                           return word<Shape>(n, {{"text", Shape::kText}, {"uuid", Shape::kUuid}, {"jwt", Shape::kJwt}},
                                              out.shape);
                         }},
                        {"public", [&](const Node& n) { return flag(n, out.is_public); }},
                        {"preset", [&](const Node& n) { return text(n, out.preset); }}});
    if (!done) return done;
    if (out.name.empty() || out.from.empty()) return toml_error(path_, table, "variable: name and from are needed");
    if (!out.preset.empty() && !out.is_public) {
      return toml_error(path_, table, "variable: preset goes with public = true; a secret stands in no plan");
    }
    return {};
  }

  Result<void> method(const Node& table) {
    PlanMethod& out = out_.methods.emplace_back();
    auto done = members(table, {{"name", [&](const Node& n) { return name(n, '-', out.name); }},
                                {"oauth",
                                 [&](const Node& n) {
                                   const std::string basic = "client_secret_basic", post = "client_secret_post",
                                                     jwt = "client_secret_jwt";
                                   return word<std::string>(n, {{basic, basic}, {post, post}, {jwt, jwt}}, out.oauth);
                                 }},
                                {"id", [&](const Node& n) { return name(n, '_', out.id); }},
                                {"secret", [&](const Node& n) { return name(n, '_', out.secret); }},
                                {"when", [&](const Node& n) { return named(n, out.when); }},
                                {"guess", [&](const Node& n) { return flag(n, out.guess); }},
                                {"headers", [&](const Node& n) { return named(n, out.headers); }}});
    if (!done) return done;
    if (out.name.empty() || out.headers.empty()) {
      return toml_error(path_, table, "method: name and headers are needed");
    }
    if (out.oauth.empty() != out.id.empty() || out.oauth.empty() != out.secret.empty()) {
      return toml_error(path_, table, "method: oauth, id and secret go together");
    }
    if (out.guess && (out.oauth.empty() || out.when.empty())) {
      return toml_error(path_, table, "method: guess goes with oauth and when");
    }
    return {};
  }

  Result<void> call(const Node& node, PlanStep& out) const {
    const std::size_t space = std::min(node.text.find(' '), node.text.size());
    out.method = node.text.substr(0, space);
    out.target = node.text.substr(std::min(space + 1, node.text.size()));
    const bool sound = node.type == Node::Type::kText && !out.method.empty() && out.method.size() <= 20 &&
                       std::ranges::all_of(out.method, [](char c) { return c >= 'A' && c <= 'Z'; }) &&
                       out.method != "CONNECT" && is_target(out.target);
    return sound ? Result<void>() : wrong(node, "\"METHOD /path\" is needed, as in \"GET /airports?filter=KTEB\"");
  }

  Result<void> expect(const Node& node, std::vector<std::int64_t>& out) const {
    const bool sound = node.type == Node::Type::kList && !node.items.empty() && node.items.size() <= 20 &&
                       std::ranges::all_of(node.items, [](const Node& item) {
                         return item.type == Node::Type::kInteger && item.integer >= 200 && item.integer <= 599;
                       });
    if (!sound) return wrong(node, "a list of statuses is needed, as in [200, 201]");
    out.clear();
    for (const Node& item : node.items) out.push_back(item.integer);
    return {};
  }

  Result<void> step(const Node& table) {
    PlanStep& out = out_.steps.emplace_back();
    using Kind = PlanStep::Kind;
    using Auth = PlanStep::Auth;
    auto done = members(
        table, {{"name", [&](const Node& n) { return name(n, '-', out.name); }},
                {"kind",
                 [&](const Node& n) {
                   return word<Kind>(
                       n, {{"call", Kind::kCall}, {"clock", Kind::kClock}, {"dns", Kind::kDns}, {"tls", Kind::kTls}},
                       out.kind);
                 }},
                {"auth",
                 [&](const Node& n) {
                   return word<Auth>(n,
                                     {{"none", Auth::kNone},
                                      {"made-up", Auth::kMadeUp},
                                      {"each", Auth::kEach},
                                      {"accepted", Auth::kAccepted}},
                                     out.auth);
                 }},
                {"call", [&](const Node& n) { return call(n, out); }},
                {"headers", [&](const Node& n) { return named(n, out.headers); }},
                {"body", [&](const Node& n) { return text(n, out.body); }},
                {"expect", [&](const Node& n) { return expect(n, out.expect); }},
                {"write", [&](const Node& n) { return flag(n, out.write); }},
                {"control", [&](const Node& n) { return flag(n, out.control); }},
                {"when", [&](const Node& n) { return named(n, out.when); }},
                {"save", [&](const Node& n) { return named(n, out.save); }},
                {"shows", [&](const Node& n) { return text(n, out.shows); }}});
    if (!done) return done;
    if (out.name.empty()) return toml_error(path_, table, "step: name is needed");
    const bool calls = out.kind == Kind::kCall;
    if (calls == out.target.empty()) {
      return toml_error(path_, table, calls ? "step: call is needed" : "step: only kind = \"call\" has a call");
    }
    return {};
  }

  const std::string& path_;
  Plan& out_;
  std::string key_;  // the one that is read
};

}  // namespace

Result<Plan> read_plan(const std::string& path, const TomlNode& table) {
  Plan out;
  if (auto done = Reader(path, out).read(table); !done) return std::unexpected(done.error());
  return out;
}

Result<Plan> parse_plan(std::string_view toml_text, const std::string& path) {
  const auto tree = parse_toml(toml_text, path);
  if (!tree) return std::unexpected(tree.error());
  return read_plan(path, *tree);
}

}  // namespace cvr::profiles
