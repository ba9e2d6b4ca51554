// Names that mark a sensitive value, whatever the value is: the profile's and a general word list
// (REDACTION layer 2).  Names compare without case and punctuation ("Client-Secret", "client_secret",
// "clientSecret", "user[client_secret]" ...); the list counts at the end of a name too
// ("stripe_api_key", "newPassword").  Immutable after construction, thread-safe.
#pragma once

#include <bitset>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cvr/interaction.h"
#include "profiles/profile.h"

namespace cvr::redact {

class Names {
 public:
  explicit Names(const profiles::Profile* profile);

  std::optional<Kind> in_header(std::string_view name) const { return look_up(headers_, name, {}); }
  std::optional<Kind> in_query(std::string_view name) const { return look_up(query_, name, {}); }
  std::optional<Kind> in_form(std::string_view name) const { return look_up(form_, name, {}); }
  // `parent`: the key of the object (or of the array around it) that holds `name`, or empty.
  std::optional<Kind> in_json(std::string_view name, std::string_view parent) const {
    return look_up(json_, name, parent);
  }

 private:
  struct Rule {
    Kind kind;
    std::string parent;  // normalised; empty: any
  };
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  struct Table {
    std::unordered_map<std::string, std::vector<Rule>, Hash, std::equal_to<>> rules;
    std::bitset<1024> endings;  // of all names in it and of the general ones: most names stop here
  };

  static void add(Table& table, std::string_view name, Kind kind);
  static std::optional<Kind> look_up(const Table& table, std::string_view name, std::string_view parent);

  Table headers_;
  Table query_;
  Table form_;
  Table json_;
};

// True for names whose value is "SCHEME CREDENTIALS" like that of the header.
bool is_authorization_name(std::string_view name);

}  // namespace cvr::redact
