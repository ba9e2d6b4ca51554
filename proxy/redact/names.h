// Names that mark a sensitive value, whatever it is: the profile's, a general word list (REDACTION
// layer 2), and from kPii on a list of names of people's data.  Names compare without case and
// punctuation ("Client-Secret", "client_secret", "clientSecret", "user[client_secret]" ...); the list
// counts at the end of a name too ("stripe_api_key", "newPassword").  A name that the profile keeps marks
// nothing.  A profile's name may begin or end with '*', which stands for any characters.  JSON Pointers are not looked
// at here (pointers.h).  Immutable, thread-safe.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cvr/interaction.h"
#include "profiles/profile.h"
#include "redact/general_names.h"

namespace cvr::redact {

enum class Guards : std::uint8_t { kOn, kOff };

class Names {
 public:
  // Names above `privacy` do not count.
  explicit Names(const profiles::Profile* profile, profiles::Privacy privacy = profiles::Privacy::kPii,
                 Guards guards = Guards::kOn);

  // Without guards a name marks every value: for what a dummy may stand for.
  bool has_guards() const { return guards_ == Guards::kOn; }

  // What a name says of its value, whatever that is; `find_...` tells also which values count (Guard).
  std::optional<Kind> in_header(std::string_view name) const { return kind_of(find_header(name)); }
  std::optional<Kind> in_query(std::string_view name) const { return kind_of(find_query(name)); }
  std::optional<Kind> in_form(std::string_view name) const { return kind_of(find_form(name)); }
  // `parent`: the key of the object (or of the array around it) that holds `name`, or empty.
  std::optional<Kind> in_json(std::string_view name, std::string_view parent) const {
    return kind_of(find_json(name, parent));
  }
  std::optional<Named> find_header(std::string_view name) const;
  std::optional<Named> find_query(std::string_view name) const {
    return is_kept(kept_query_, name, {}) ? std::nullopt : in_pairs(query_, name);
  }
  std::optional<Named> find_form(std::string_view name) const {
    return is_kept(kept_form_, name, {}) ? std::nullopt : in_pairs(form_, name);
  }
  std::optional<Named> find_json(std::string_view name, std::string_view parent) const {
    return is_kept(kept_json_, name, parent) ? std::nullopt : look_up(json_, name, parent);
  }
  // Whether the profile keeps what stands there.
  bool keeps_query(std::string_view name) const { return is_kept(kept_query_, name, {}); }
  bool keeps_form(std::string_view name) const { return is_kept(kept_form_, name, {}); }
  bool keeps_json(std::string_view name, std::string_view parent) const { return is_kept(kept_json_, name, parent); }
  // Elements and attributes: names of their own, and those of JSON.  `parent`: the element that holds it, or empty.
  std::optional<Kind> in_xml(std::string_view name) const { return kind_of(find_xml(name, {})); }
  std::optional<Named> find_xml(std::string_view name, std::string_view parent) const {
    if (is_kept(kept_xml_, name, parent)) return std::nullopt;
    if (const auto kind = xml_.empty() ? std::nullopt : exactly(xml_, name, parent)) return Named{*kind};
    return find_json(name, parent);
  }
  // nullopt: the cookie's value is kept.
  std::optional<Kind> in_cookie(std::string_view name) const {
    if (is_kept(kept_cookies_, name, {})) return std::nullopt;
    return cookies_.empty() ? Kind::kCookie : exactly(cookies_, name).value_or(Kind::kCookie);
  }

  // Whether the names of people count at all.
  bool knows_people() const { return privacy_ >= profiles::Privacy::kPii; }

  // At kCommercial: a path segment that is a vendor's id without its prefix, or a display id.
  bool has_path_ids() const { return path_ids_; }
  bool is_path_id(std::string_view segment) const;

 private:
  struct Rule {
    Named named;
    std::string parent;   // normalised; empty: any.  Of a general name the parent's ending
    bool dotted = false;  // only a name that has a '.' in it
  };
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  // "*shade", "shade*": of a profile.
  struct Wild {
    std::string text;  // normalised
    bool front = false;
    bool back = false;
    Rule rule;
  };
  struct Table {
    bool empty() const { return rules.empty() && wild.empty(); }
    std::vector<Wild> wild;
    std::unordered_map<std::string, std::vector<Rule>, Hash, std::equal_to<>> rules;
    std::bitset<1024> endings;  // of all names in it and of the general ones: most names stop here
  };

  static std::optional<Kind> kind_of(const std::optional<Named>& named) {
    return named ? std::optional(named->kind) : std::nullopt;
  }
  static void add(Table& table, std::string_view name, Kind kind);
  static bool add_wild(Table& table, std::string_view name, Rule rule);  // false: is no such name
  static const Rule* find_wild(const Table& table, std::string_view normal, std::string_view parent);
  static void add_general(Table& table, const General& general);
  // "parent.key" is two keys, or one that has a '.' in it.
  static void add_json(Table& table, std::string_view name, Kind kind);
  void add_to_pairs(std::string_view name, Kind kind);
  static void keep(Table& table, const std::vector<std::string>& names);
  // By the table alone, without the general endings.
  static std::optional<Kind> exactly(const Table& table, std::string_view name, std::string_view parent = {});
  static bool is_kept(const Table& table, std::string_view name, std::string_view parent) {
    return !table.empty() && exactly(table, name, parent).has_value();
  }
  void add(Table& table, const std::vector<profiles::SensitiveName>& names);
  static bool fits(const Rule& rule, std::string_view name, std::string_view parent);
  static void set_endings(Table& table, std::string_view name);
  // `normal`: of `name`, or of its beginning.
  std::optional<Named> by_suffix(std::string_view normal, std::string_view name) const;
  std::optional<Named> by_qualified(std::string_view normal, bool numbered) const;
  std::optional<Named> look_up(const Table& table, std::string_view name, std::string_view parent) const;
  // "passengers[0][name]", "passenger.name": as in JSON, unless the whole of it is known.
  std::optional<Named> in_pairs(const Table& table, std::string_view name) const;

  Named guarded(Named named) const;

  profiles::Privacy privacy_;
  Guards guards_;
  bool path_ids_ = false;
  std::size_t display_id_size_ = 0;
  Table headers_;
  Table query_;
  Table form_;
  Table json_;
  Table xml_;
  Table cookies_;
  Table kept_query_;
  Table kept_form_;
  Table kept_json_;
  Table kept_xml_;
  Table kept_cookies_;
};

// True for names that say what an object is, not what is in it ("type", "href", "currency"): within a
// block of personal or commercial data they stay, or nothing could be done with the rest.
bool is_structural_name(std::string_view name);

// The general word list, for people.
struct GeneralName {
  std::string_view name;
  Kind kind;
  bool ending;  // counts at the end of a longer name too
  profiles::Privacy level;
};
std::vector<GeneralName> general_names();

// True for names whose value is "SCHEME CREDENTIALS" like that of the header.
bool is_authorization_name(std::string_view name);

}  // namespace cvr::redact
