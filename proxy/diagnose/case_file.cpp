#include "diagnose/case_file.h"

#include <algorithm>
#include <functional>

#include "base/toml_tree.h"
#include "diagnose/times.h"
#include "profiles/profile_file.h"

namespace cvr::diagnose {
namespace {

constexpr std::string_view kSchema = "cvr.case/1";
constexpr std::size_t kLongestId = 40;
constexpr std::size_t kMostItems = 1'000;

bool is_id(std::string_view text) {
  return text.size() <= kLongestId &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-") == text.npos;
}

// White space fills in nothing.
bool is_told(std::string_view text) { return text.find_first_not_of(" \t\r\n") != text.npos; }

// One key of a table: its name and who reads its value.
struct Member {
  std::string name;
  std::function<Result<void>(const TomlNode&)> read;
};

class Reader {
 public:
  Reader(const std::string& path, ReadCase& out) : path_(path), out_(out), case_(out.value) {}

  Result<void> read(const TomlNode& root) {
    auto done = table(root, {
                                {"schema", word(schema_, {std::string(kSchema)})},
                                {"case", [this](const TomlNode& n) { return heading(n); }},
                                {"impact", [this](const TomlNode& n) { return impact(n); }},
                                {"tried", each([this](const TomlNode& n) { return tried(n); })},
                                {"step", each([this](const TomlNode& n) { return step(n); })},
                                {"contact", [this](const TomlNode& n) { return contact(n); }},
                                {"account", [this](const TomlNode& n) { return account(n); }},
                                {"attachment", each([this](const TomlNode& n) { return attachment(n); })},
                            });
    if (done) find_missing();
    return done;
  }

 private:
  Result<void> table(const TomlNode& node, const std::vector<Member>& members) {
    if (node.type != TomlNode::Type::kTable) return toml_error(path_, node, "a table is needed");
    for (const auto& [name, value] : node.members) {
      const auto found = std::ranges::find(members, name, &Member::name);
      if (found == members.end()) {
        std::vector<std::string> known;
        for (const Member& member : members) known.push_back(member.name);
        return toml_error(path_, value, profiles::unknown_word("key", name, known));
      }
      if (auto done = found->read(value); !done) return done;
    }
    return {};
  }

  std::function<Result<void>(const TomlNode&)> each(std::function<Result<void>(const TomlNode&)> one) {
    return [this, one = std::move(one)](const TomlNode& node) -> Result<void> {
      if (!node.is_table_list() || node.items.size() > kMostItems) {
        return toml_error(path_, node, "[[...]] tables are needed, at most 1000");
      }
      for (const TomlNode& item : node.items) {
        if (auto done = one(item); !done) return done;
      }
      return {};
    };
  }

  std::function<Result<void>(const TomlNode&)> text(std::string& out) {
    return [this, &out](const TomlNode& node) -> Result<void> {
      if (node.type != TomlNode::Type::kText) return toml_error(path_, node, "a text is needed");
      out = node.text;
      return {};
    };
  }

  // One of the words, or empty (to be filled in).
  std::function<Result<void>(const TomlNode&)> word(std::string& out, std::vector<std::string> allowed) {
    return [this, &out, allowed = std::move(allowed)](const TomlNode& node) -> Result<void> {
      const bool known = node.type == TomlNode::Type::kText &&
                         (node.text.empty() || std::ranges::find(allowed, node.text) != allowed.end());
      if (!known) {
        std::string all;
        for (const std::string& one : allowed) all += (all.empty() ? "" : ", ") + one;
        return toml_error(path_, node, "one of these is needed: " + all);
      }
      out = node.text;
      return {};
    };
  }

  std::function<Result<void>(const TomlNode&)> texts(std::vector<std::string>& out) {
    return [this, &out](const TomlNode& node) -> Result<void> {
      const bool sound =
          node.type == TomlNode::Type::kList && node.items.size() <= kMostItems &&
          std::ranges::all_of(node.items, [](const TomlNode& item) { return item.type == TomlNode::Type::kText; });
      if (!sound) return toml_error(path_, node, "a list of texts is needed");
      for (const TomlNode& item : node.items) {
        if (is_told(item.text)) out.push_back(item.text);
      }
      return {};
    };
  }

  // A moment, or with `day` a day too.  Written as TOML's own or in quotes; empty: to be filled in.
  std::function<Result<void>(const TomlNode&)> time(std::function<void(const std::string&, std::int64_t)> take,
                                                    bool day) {
    return [this, take = std::move(take), day](const TomlNode& node) -> Result<void> {
      const bool written = node.type == TomlNode::Type::kTime || node.type == TomlNode::Type::kText;
      if (written && node.text.empty()) return {};
      auto at = written ? parse_timestamp(node.text) : std::nullopt;
      if (!at && written && day) at = parse_day(node.text);
      if (!at) {
        return toml_error(
            path_, node,
            day ? "a date is needed, as in 2026-03-17" : "a time with a zone is needed, as in 2026-03-16T08:00:00Z");
      }
      take(node.text, *at);
      return {};
    };
  }

  Result<void> heading(const TomlNode& node) {
    return table(node, {{"id",
                         [this](const TomlNode& n) -> Result<void> {
                           if (n.type != TomlNode::Type::kText || !is_id(n.text)) {
                             return toml_error(path_, n, "case.id: at most 40 of A-Z a-z 0-9 and - are needed");
                           }
                           case_.id = n.text;
                           return {};
                         }},
                        {"title", text(case_.title)},
                        {"vendor", text(case_.vendor)},
                        {"product", text(case_.product)},
                        {"environment", word(case_.environment, {"sandbox", "production"})},
                        {"from", text(case_.from)},
                        {"to", texts(case_.to)},
                        {"date", time([this](const std::string& t, std::int64_t) { case_.date = t; }, true)}});
  }

  Result<void> impact(const TomlNode& node) {
    return table(node, {{"since", time([this](const std::string& t, std::int64_t) { case_.impact_since = t; }, true)},
                        {"lines", texts(case_.impact_lines)}});
  }

  Result<void> tried(const TomlNode& node) {
    Case::Tried& added = case_.tried.emplace_back();
    return table(node, {{"what", text(added.what)}, {"result", text(added.result)}});
  }

  Result<void> step(const TomlNode& node) {
    Case::Step& added = case_.steps.emplace_back();
    return table(node, {{"what", text(added.what)},
                        {"owner", text(added.owner)},
                        {"timeline", text(added.timeline)},
                        {"status", word(added.status, {"open", "in progress", "waiting", "done"})}});
  }

  Result<void> contact(const TomlNode& node) {
    return table(
        node,
        {{"name", text(case_.contact.name)}, {"role", text(case_.contact.role)}, {"reach", text(case_.contact.reach)}});
  }

  Result<void> account(const TomlNode& node) {
    case_.has_account = true;
    Account& a = case_.account;
    const std::vector<std::string> methods = {"client_secret_basic", "client_secret_post", "client_secret_jwt", "none"};
    return table(node, {{"connection", text(a.connection)},
                        {"oauth_method", word(a.oauth_method, methods)},
                        {"oauth_secret_expires",
                         time([&a](const std::string&, std::int64_t at) { a.oauth_secret_expires_us = at; }, true)},
                        {"support_access_granted",
                         [this, &a](const TomlNode& n) -> Result<void> {
                           if (n.type != TomlNode::Type::kFlag) return toml_error(path_, n, "true or false is needed");
                           a.support_access_granted = n.flag;
                           return {};
                         }},
                        {"permission", each([this](const TomlNode& n) { return permission(n); })},
                        {"visible_in_ui", each([this](const TomlNode& n) { return visible(n); })}});
  }

  Result<void> permission(const TomlNode& node) {
    Permission& p = case_.account.permissions.emplace_back();
    return table(node,
                 {{"name", text(p.name)},
                  {"before", text(p.before)},
                  {"now", text(p.now)},
                  {"seen_by", text(p.seen_by)},
                  {"seen_at", time([&p](const std::string&, std::int64_t at) { p.seen_at_us = at; }, true)},
                  {"changed_at", time([&p](const std::string&, std::int64_t at) { p.changed_at_us = at; }, true)}});
  }

  Result<void> visible(const TomlNode& node) {
    VisibleInUi& v = case_.account.visible_in_ui.emplace_back();
    return table(node, {{"id", text(v.id)},
                        {"seen_by", text(v.seen_by)},
                        {"seen_at", time([&v](const std::string&, std::int64_t at) { v.seen_at_us = at; }, true)}});
  }

  Result<void> attachment(const TomlNode& node) {
    Case::Attachment& added = case_.attachments.emplace_back();
    return table(node, {{"file", text(added.file)}, {"caption", text(added.caption)}});
  }

  void find_missing() {
    const auto need = [this](const std::string& name, bool there) {
      if (!there) out_.missing.push_back(name);
    };
    need("schema", is_told(schema_));
    need("case.id", is_told(case_.id));
    need("case.title", is_told(case_.title));
    need("case.vendor", is_told(case_.vendor));
    need("case.environment", is_told(case_.environment));
    need("case.from", is_told(case_.from));
    need("case.to", !case_.to.empty());
    need("case.date", is_told(case_.date));
    need("impact.since", is_told(case_.impact_since));
    need("impact.lines", !case_.impact_lines.empty());
    if (case_.steps.empty()) need("step", false);
    for (const Case::Step& one : case_.steps) {
      need("step.what", is_told(one.what));
      need("step.owner", is_told(one.owner));
      need("step.timeline", is_told(one.timeline));
      need("step.status", is_told(one.status));
    }
    need("contact.name", is_told(case_.contact.name));
    need("contact.reach", is_told(case_.contact.reach));
    const auto again = std::ranges::unique(out_.missing);
    out_.missing.erase(again.begin(), again.end());
  }

  const std::string& path_;
  ReadCase& out_;
  Case& case_;
  std::string schema_;
};

}  // namespace

Result<ReadCase> read_case(std::string_view toml_text, const std::string& path) {
  const auto tree = parse_toml(toml_text, path);
  if (!tree) return std::unexpected(tree.error());
  ReadCase out;
  if (auto done = Reader(path, out).read(*tree); !done) return std::unexpected(done.error());
  return out;
}

Result<Case> parse_case(std::string_view toml_text, const std::string& path) {
  auto read = read_case(toml_text, path);
  if (!read) return std::unexpected(read.error());
  if (read->missing.empty()) return std::move(read->value);
  std::string names;
  for (const std::string& name : read->missing) names += (names.empty() ? "" : ", ") + name;
  return fail(ErrorCode::kUsage, path + ": missing: " + names);
}

}  // namespace cvr::diagnose
