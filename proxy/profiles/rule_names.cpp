#include "profiles/rule_names.h"

#include <algorithm>

#include "base/escape.h"
#include "base/toml_tree.h"
#include "http/characters.h"
#include "profiles/profile_file.h"

namespace cvr::profiles {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool equals_ignoring_case(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, lower, lower); }

std::string header_problem(std::string_view name, bool keep) {
  // '*' is such a character too.
  if (!http::is_token(name)) return "header: " + shown_word(name) + " can not be the name of a header";
  for (const std::string_view never : {"authorization", "proxy-authorization", "cookie", "set-cookie"}) {
    if (keep && equals_ignoring_case(name, never)) return shown_word(name) + " is never kept as a whole";
  }
  return {};
}

// "[0]", "[]" or "[*]": an element of a list.
bool has_index(std::string_view name) {
  for (std::size_t at = name.find('['); at != name.npos; at = name.find('[', at + 1)) {
    const std::size_t end = name.find(']', at);
    if (end == name.npos) return false;
    const std::string_view inside = name.substr(at + 1, end - at - 1);
    if (inside == "*" || inside.find_first_not_of("0123456789") == inside.npos) return true;
  }
  return false;
}

// "data[0].note" and "data/note" as the JSON Pointer that they mean.
std::string as_pointer(std::string_view name) {
  if (name.starts_with("$.")) name.remove_prefix(2);
  std::string out = "/";
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '.' || name[i] == '/' || name[i] == '[') {
      if (out.back() != '/') out += '/';
      if (name.substr(i).starts_with("[]")) out += '*';
    } else if (name[i] != ']') {
      out += name[i];
    }
  }
  return out;
}

std::string json_problem(std::string_view name) {
  if (const auto problem = json_name_problem(name); !problem.empty()) return std::string(problem);
  if (name.starts_with('/')) return {};
  if (name.find('/') != name.npos || name.starts_with("$.") || has_index(name)) {
    return "json: " + shown_word(name) +
           " finds nothing; a place is written as a JSON Pointer: " + shown_word(as_pointer(name));
  }
  return std::string(json_wildcard_problem(name));
}

std::string xml_problem(std::string_view name) {
  if (const auto problem = json_wildcard_problem(name); !problem.empty()) return std::string(problem);
  if (name.find('/') == name.npos) return {};
  std::string last(name.substr(name.rfind('/') + 1));
  if (last.starts_with('@')) last.erase(0, 1);
  std::string_view before = name.substr(0, name.rfind('/'));
  const std::string_view parent = before.substr(before.rfind('/') + 1);
  const std::string by = parent.empty() ? last : std::string(parent) + "." + last;
  return "xml: " + shown_word(name) + " finds nothing; an element or attribute is named " +
         shown_word(by.empty() ? "NAME" : by) + (parent.empty() ? "" : ", its parent before it");
}

}  // namespace

std::string rule_name(NameOf what, std::string_view written) {
  if (what == NameOf::kQuery || what == NameOf::kForm) return percent_decode(written, false);
  if (what != NameOf::kXml || written.find('/') != written.npos) return std::string(written);
  std::string out;
  for (std::size_t at = 0; at <= written.size();) {
    const std::size_t end = std::min(written.find('.', at), written.size());
    const std::string_view part = written.substr(at, end - at);
    out += part.substr(part.rfind(':') + 1);  // npos + 1 is 0
    if (end < written.size()) out += '.';
    at = end + 1;
  }
  return out;
}

std::string rule_name_problem(NameOf what, std::string_view name, bool keep) {
  if (what == NameOf::kJson) return json_problem(name);
  if (what == NameOf::kXml) return xml_problem(name);
  if (const auto problem = wildcard_problem(name); !problem.empty()) return std::string(problem);
  return what == NameOf::kHeader ? header_problem(name, keep) : std::string();
}

std::string rule_host_problem(std::string_view host) {
  const auto is_host = [](char c) {
    const char small = lower(c);
    return (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9') || std::string_view("-._*[]:").contains(c) ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  if (host.find("://") == host.npos && std::ranges::all_of(host, is_host)) return {};
  return "hosts: " + shown_word(host) + " is no host; a name alone is needed, as in api.vendor.example";
}

}  // namespace cvr::profiles
