#include "redact/names.h"

#include <algorithm>
#include <array>

namespace cvr::redact {
namespace {

constexpr std::string_view kStructural[] = {"type",       "href",   "currency", "currencycode",
                                            "httpmethod", "method", "rel",      "unit"};

// Lower case, letters, digits and bytes over 0x7f only.  Of a long name its end counts.
class Normal {
 public:
  explicit Normal(std::string_view name) {
    if (name.size() > buffer_.size()) name.remove_prefix(name.size() - buffer_.size());
    for (const char c : name) {
      if (c >= 'A' && c <= 'Z') {
        buffer_[size_++] = static_cast<char>(c + 32);
      } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) {
        buffer_[size_++] = c;
      }
    }
  }
  std::string_view text() const { return {buffer_.data(), size_}; }

 private:
  std::array<char, 64> buffer_;
  std::size_t size_ = 0;
};

// A hash of the last three characters that count; digits at the end do not, nor do they in look_up.
std::size_t ending_of(std::string_view name) {
  std::size_t hash = 0;
  int seen = 0;
  for (std::size_t i = name.size(); i-- > 0 && seen < 3;) {
    const auto byte = static_cast<unsigned char>(name[i]);
    const unsigned char lower = byte >= 'A' && byte <= 'Z' ? byte + 32 : byte;
    if (!(lower >= 'a' && lower <= 'z') && !(lower >= '0' && lower <= '9') && lower < 0x80) continue;
    if (seen == 0 && lower >= '0' && lower <= '9') continue;
    hash = hash * 33 + lower;
    ++seen;
  }
  return hash % 1024;
}

// Whether the last `count` letters and digits of a name are a word of their own ("db_pass", "dbPass2").
bool ends_in_word(std::string_view name, std::size_t count) {
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t at = name.size();
  while (at > 0 && !is_lower(name[at - 1]) && !is_upper(name[at - 1])) --at;
  for (; count > 0 && at > 0; --at) {
    if (is_lower(name[at - 1]) || is_upper(name[at - 1])) --count;
  }
  if (at == 0) return true;
  const char before = name[at - 1];
  if (is_upper(name[at]) && (is_lower(before) || is_digit(before))) return true;
  return !is_lower(before) && !is_upper(before) && static_cast<unsigned char>(before) < 0x80;
}

// The names that count at the end of a longer one, by their last character, in the list's order.
const std::vector<const General*>& suffixes_ending_in(char last) {
  static const auto by_last = [] {
    std::array<std::vector<const General*>, 256> out;
    for (const General& general : general_list()) {
      if (general.counts != Counts::kWhole) out[static_cast<unsigned char>(general.name.back())].push_back(&general);
    }
    return out;
  }();
  return by_last[static_cast<unsigned char>(last)];
}

// What stands behind a name of the list without changing what it names: "passwordNew", "token_old", "clientSecretV2".
constexpr std::string_view kQualifiers[] = {"new",   "old",  "current", "previous", "confirm", "repeat", "again",
                                            "value", "text", "plain",   "hash",     "b64",     "base64"};

// "password", but not "sid", which ends words of all kinds, and not "tokens", which means other things too.
bool can_be_qualified(const General& general) {
  return general.counts == Counts::kEnding && general.level == profiles::Privacy::kCredentials &&
         general.guard == Guard::kNone;
}

// The name without its qualifier, or empty.  `numbered`: digits stood behind it.
std::string_view unqualified(std::string_view normal, bool numbered) {
  if (numbered && normal.ends_with('v')) return normal.substr(0, normal.size() - 1);
  for (const std::string_view word : kQualifiers) {
    if (normal.ends_with(word)) return normal.substr(0, normal.size() - word.size());
  }
  return {};
}

}  // namespace

Names::Names(const profiles::Profile* profile, profiles::Privacy privacy, Guards guards)
    : privacy_(privacy), guards_(guards) {
  for (const General& general : general_list()) {
    if (general.counts != Counts::kWhole || general.level > privacy) continue;
    add_general(json_, general);
    if (!general.parent.empty()) continue;
    for (Table* table : {&query_, &form_}) add_general(*table, general);
    if (general.level == profiles::Privacy::kCredentials && !is_oauth(general.guard)) {
      add_general(headers_, general);
    }
  }
  // Of a form and a query only text is sent: "pass" beside a user is his password, letters or not.
  for (Table* table : {&query_, &form_}) add_general(*table, {"pass", Kind::kPassword, Counts::kWhole});
  for (const General& general : general_list()) {
    for (Table* table : {&headers_, &query_, &form_, &json_}) {
      set_endings(*table, general.name);
      if (!can_be_qualified(general)) continue;
      table->endings.set(ending_of(std::string(general.name) + "v1"));
      for (const std::string_view word : kQualifiers) {
        table->endings.set(ending_of(std::string(general.name) + std::string(word)));
      }
    }
  }
  if (profile == nullptr) return;
  path_ids_ = privacy >= profiles::Privacy::kCommercial && !profile->id_prefixes.empty();
  display_id_size_ = profile->display_id_size;
  add(headers_, profile->secret_headers);
  add(query_, profile->secret_query);
  add(form_, profile->secret_form);
  for (const auto& name : profile->secret_json) {
    if (name.level > privacy) continue;
    add_json(json_, name.name, name.kind);
    // What applications get as JSON they send as a form or a query.
    if (name.level >= profiles::Privacy::kPii) add_to_pairs(name.name, name.kind);
  }
  for (const auto& name : profile->secret_xml) {
    if (name.level <= privacy) add_json(xml_, name.name, name.kind);
  }
  add(cookies_, profile->secret_cookies);
  keep(kept_query_, profile->kept_query);
  keep(kept_form_, profile->kept_form);
  for (const std::string& name : profile->kept_json) add_json(kept_json_, name, Kind::kOther);
  for (const std::string& name : profile->kept_xml) add_json(kept_xml_, name, Kind::kOther);
  keep(kept_cookies_, profile->kept_cookies);
}

bool Names::fits(const Rule& rule, std::string_view name, std::string_view parent) {
  if (rule.dotted && name.find('.') == name.npos) return false;
  if (rule.parent.empty()) return true;
  const Normal normal(parent);
  std::string_view text = normal.text();
  if (!rule.named.general) return text == rule.parent;
  // "cards", "addresses": lists of such.
  for (int i = 0; i < 3; ++i, text.remove_suffix(1)) {
    if (text.ends_with(rule.parent)) return true;
    if (text.empty() || (i == 0 ? text.back() != 's' : text.back() != 'e')) return false;
  }
  return false;
}

void Names::keep(Table& table, const std::vector<std::string>& names) {
  for (const std::string& name : names) add(table, name, Kind::kOther);
}

std::optional<Kind> Names::exactly(const Table& table, std::string_view name, std::string_view parent) {
  if (!table.endings.test(ending_of(name))) return std::nullopt;
  const Normal normal(name);
  if (const auto found = table.rules.find(normal.text()); found != table.rules.end()) {
    for (const Rule& rule : found->second) {
      if (fits(rule, name, parent)) return rule.named.kind;
    }
  }
  const Rule* wild = find_wild(table, normal.text(), parent);
  return wild == nullptr ? std::nullopt : std::optional(wild->named.kind);
}

bool Names::add_wild(Table& table, std::string_view name, Rule rule) {
  Wild wild{.text = {}, .front = name.starts_with('*'), .back = name.ends_with('*'), .rule = std::move(rule)};
  if (!wild.front && !wild.back) return false;
  wild.text = Normal(name).text();
  if (wild.text.empty()) return true;  // all names: the readers of profiles refuse it
  table.endings.set();
  table.wild.push_back(std::move(wild));
  return true;
}

const Names::Rule* Names::find_wild(const Table& table, std::string_view normal, std::string_view parent) {
  for (const Wild& wild : table.wild) {
    const bool is = wild.front && wild.back ? normal.find(wild.text) != normal.npos
                    : wild.front            ? normal.ends_with(wild.text)
                                            : normal.starts_with(wild.text);
    if (is && fits(wild.rule, normal, parent)) return &wild.rule;
  }
  return nullptr;
}

void Names::add(Table& table, const std::vector<profiles::SensitiveName>& names) {
  for (const profiles::SensitiveName& name : names) {
    if (name.level <= privacy_) add(table, name.name, name.kind);
  }
}

bool Names::is_path_id(std::string_view segment) const {
  if (!path_ids_ || segment.empty()) return false;
  if (segment.find_first_not_of("0123456789") == segment.npos) return true;
  return segment.size() == display_id_size_ &&
         segment.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == segment.npos;
}

// "X-Auth", "X-Auth-Key", "X-Auth-Anything": each vendor's own Authorization.
std::optional<Named> Names::find_header(std::string_view name) const {
  if (const auto found = look_up(headers_, name, {})) return found;
  const Normal normal(name);
  if (normal.text().starts_with("xauth") && !normal.text().starts_with("xauthor") && !normal.text().ends_with("id"))
    return Named{Kind::kToken};
  return std::nullopt;
}

// Of a name of two characters any third one may stand before.
void Names::set_endings(Table& table, std::string_view name) {
  table.endings.set(ending_of(name));
  if (name.size() != 2) return;
  for (const char before : std::string_view("abcdefghijklmnopqrstuvwxyz0123456789")) {
    table.endings.set(ending_of(before + std::string(name)));
  }
}

std::optional<Named> Names::by_suffix(std::string_view normal, std::string_view name) const {
  if (normal.empty()) return std::nullopt;
  for (const General* general : suffixes_ending_in(normal.back())) {
    if (general->level <= privacy_ && normal.ends_with(general->name) &&
        (general->counts == Counts::kEnding || ends_in_word(name, general->name.size()))) {
      return Named{general->kind, general->guard, true};
    }
  }
  return std::nullopt;
}

// Such names are of labels and flags too ("passwordText": "Your password"), so their values have to look the part.
std::optional<Named> Names::by_qualified(std::string_view normal, bool numbered) const {
  const std::string_view rest = unqualified(normal, numbered);
  if (rest.empty()) return std::nullopt;
  for (const General* general : suffixes_ending_in(rest.back())) {
    if (!can_be_qualified(*general) || general->level > privacy_ || !rest.ends_with(general->name)) continue;
    const bool free = general->kind == Kind::kPassword && !normal.ends_with("text");
    return Named{general->kind, free ? Guard::kPass : Guard::kMixed, true};
  }
  return std::nullopt;
}

// A profile's word on a name comes before the general one.
void Names::add(Table& table, std::string_view name, Kind kind) {
  if (add_wild(table, name, Rule{Named{kind}, {}, false})) return;
  table.endings.set(ending_of(name));
  auto& rules = table.rules[std::string(Normal(name).text())];
  rules.insert(rules.begin(), Rule{Named{kind}, {}, false});
}

void Names::add_general(Table& table, const General& general) {
  table.endings.set(ending_of(general.name));
  auto& rules = table.rules[std::string(general.name)];
  Rule rule{Named{general.kind, general.guard, true}, std::string(general.parent), false};
  // What holds under a parent comes before what holds everywhere.
  general.parent.empty() ? rules.push_back(std::move(rule)) : void(rules.insert(rules.begin(), std::move(rule)));
}

void Names::add_json(Table& table, std::string_view name, Kind kind) {
  if (name.starts_with('/')) return;
  const std::size_t dot = name.rfind('.');
  std::string_view parent = dot == name.npos ? std::string_view() : name.substr(0, dot);
  const std::string_view last = dot == name.npos ? name : name.substr(dot + 1);
  // Of a longer way what is nearest counts.
  if (const std::size_t before = parent.rfind('.'); before != parent.npos) parent.remove_prefix(before + 1);
  const auto enter = [&table](std::string_view key, Rule rule) {
    table.endings.set(ending_of(key));
    auto& rules = table.rules[std::string(Normal(key).text())];
    const auto general = std::ranges::find_if(rules, [](const Rule& one) { return one.named.general; });
    rules.insert(general, std::move(rule));
  };
  if (dot != name.npos && name.find('*') == name.npos) enter(name, Rule{Named{kind}, {}, true});
  if (add_wild(table, last, Rule{Named{kind}, std::string(Normal(parent).text()), false})) return;
  enter(last, Rule{Named{kind}, std::string(Normal(parent).text()), false});
}

void Names::add_to_pairs(std::string_view name, Kind kind) {
  constexpr std::string_view kRoot = "$request.";
  if (name.starts_with(kRoot)) return add_json(form_, name.substr(kRoot.size()), kind);
  if (name.find('.') != name.npos) return;  // in_pairs finds them
  add_json(query_, name, kind);
  add_json(form_, name, kind);
}

Named Names::guarded(Named named) const {
  if (guards_ == Guards::kOff) named.guard = is_oauth(named.guard) ? Guard::kBeside : Guard::kNone;
  return named;
}

std::optional<Named> Names::look_up(const Table& table, std::string_view name, std::string_view parent) const {
  if (!table.endings.test(ending_of(name))) return std::nullopt;
  const Normal normal(name);
  std::string_view text = normal.text();
  for (bool whole = true;; whole = false) {
    const Rule* found = nullptr;
    if (const auto rules = table.rules.find(text); rules != table.rules.end()) {
      const auto rule = std::ranges::find_if(rules->second, [&](const Rule& r) { return fits(r, name, parent); });
      if (rule != rules->second.end()) found = &*rule;
    }
    // The profile's names, then general ones.
    const bool own = found != nullptr && !found->named.general;
    if (const Rule* wild = whole && !own ? find_wild(table, text, parent) : nullptr) found = wild;
    if (found != nullptr) return guarded(found->named);
    if (const auto suffix = by_suffix(text, name)) return guarded(*suffix);
    if (const auto qualified = by_qualified(text, !whole)) return guarded(*qualified);
    // "password2", "password[0]", "token1": members of a list.
    const std::size_t end = text.find_last_not_of("0123456789") + 1;
    if (end == text.size()) return std::nullopt;
    text = text.substr(0, end);
  }
}

std::optional<Named> Names::in_pairs(const Table& table, std::string_view name) const {
  if (const auto whole = look_up(table, name, {})) return whole;
  std::size_t sign = name.find_last_of("[.");
  if (sign == name.npos || sign == 0) return std::nullopt;
  const std::string_view last = name.substr(sign + 1, name.find(']', sign) - sign - 1);
  std::string_view parent = name.substr(0, sign);
  while (!parent.empty() && std::string_view("[].0123456789").contains(parent.back())) parent.remove_suffix(1);
  if (sign = parent.find_last_of("[."); sign != parent.npos) parent.remove_prefix(sign + 1);
  return parent.empty() ? std::nullopt : find_json(last, parent);
}

bool is_structural_name(std::string_view name) {
  return std::ranges::find(kStructural, Normal(name).text()) != std::end(kStructural);
}

std::vector<GeneralName> general_names() {
  std::vector<GeneralName> out;
  for (const General& general : general_list()) {
    if (!general.parent.empty()) continue;
    out.push_back({general.name, general.kind, general.counts != Counts::kWhole, general.level});
  }
  return out;
}

bool is_authorization_name(std::string_view name) {
  constexpr std::string_view kName = "authorization";
  return name.size() >= kName.size() && Normal(name).text().ends_with(kName);
}

}  // namespace cvr::redact
