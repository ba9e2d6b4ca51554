#include "app/tool_settings.h"

#include <algorithm>

#include "app/bypass.h"
#include "app/upstream_options.h"
#include "base/escape.h"

namespace cvr::app {
namespace {

constexpr std::size_t kMostSettings = 20;
constexpr std::size_t kMostShown = 80;
constexpr std::string_view kBlanks = " \t\r\f\v";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  return begin == text.npos ? std::string_view() : text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

std::string_view unquoted(std::string_view text) {
  const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

struct Pair {
  std::string name;  // as the tool compares it
  std::string_view value;
  bool has_value = true;  // git: a name alone is "true"
};

Pair split(std::string_view line, std::string_view separators) {
  const std::size_t at = line.find_first_of(separators);
  if (at == line.npos) return {std::string(trimmed(line)), {}, false};
  return {std::string(trimmed(line.substr(0, at))), unquoted(trimmed(line.substr(at + 1)))};
}

// curl: NAME VALUE, NAME=VALUE or NAME: VALUE, with or without "--"; -xVALUE.
Pair curl_pair(std::string_view line) {
  if (line.starts_with("-k") && trimmed(line.substr(2)).empty()) return {"insecure", {}};
  if (line.starts_with("-x")) return {"proxy", unquoted(trimmed(line.substr(2)))};
  if (line.starts_with("--")) line.remove_prefix(2);
  Pair out = split(line, " \t=:");
  // "NAME = VALUE": the separator was the blank before it.
  if (!out.value.empty() && (out.value.front() == '=' || out.value.front() == ':')) {
    out.value = unquoted(trimmed(out.value.substr(1)));
  }
  return out;
}

// wget: case, '-' and '_' make no difference.
Pair wget_pair(std::string_view line) {
  Pair out = split(line, "=");
  std::erase_if(out.name, [](char c) { return c == '-' || c == '_'; });
  out.name = lower(out.name);
  return out;
}

bool is_off(std::string_view value) {
  const std::string word = lower(value);
  return word == "off" || word == "no" || word == "false" || word == "0";
}

bool is_on(const Pair& pair) { return !pair.has_value || !(is_off(pair.value) || pair.value.empty()); }

bool hides_one(std::string_view list, const std::vector<std::string>& hosts) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    const std::string_view entry = trimmed(list.substr(0, end));
    if (!entry.empty() && hides_host(entry, hosts)) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

enum class Effect : std::uint8_t { kNone, kWins, kHides };

Effect of_curl(const Pair& pair, const std::vector<std::string>& hosts) {
  const std::string& name = pair.name;
  // An empty proxy means none at all.
  if (name == "proxy" || name == "preproxy" || name == "cacert" || name == "capath" || name.starts_with("socks")) {
    return Effect::kWins;
  }
  if (name == "noproxy") return hides_one(pair.value, hosts) ? Effect::kWins : Effect::kNone;
  return name == "insecure" || name == "proxy-insecure" ? Effect::kHides : Effect::kNone;
}

Effect of_wget(const Pair& pair, const std::vector<std::string>& hosts) {
  const std::string& name = pair.name;
  if (name == "httpproxy" || name == "httpsproxy") return Effect::kWins;
  if (name == "useproxy" || name == "proxy") return is_off(pair.value) ? Effect::kWins : Effect::kNone;
  if (name == "noproxy") return hides_one(pair.value, hosts) ? Effect::kWins : Effect::kNone;
  return name == "checkcertificate" && is_off(pair.value) ? Effect::kHides : Effect::kNone;
}

// `section`: "http", "http.URL" or "remote.NAME".  An empty proxy means none at all.
Effect of_git(const std::string& section, const Pair& pair) {
  const bool http = section == "http" || section.starts_with("http.");
  if (pair.name == "proxy") return http || section.starts_with("remote.") ? Effect::kWins : Effect::kNone;
  return http && pair.name == "sslverify" && is_off(pair.value) ? Effect::kHides : Effect::kNone;
}

Effect of_npm(const Pair& pair) {
  const bool has = !pair.value.empty() && pair.value != "null" && pair.value != "false";
  if (pair.name == "proxy" || pair.name == "https-proxy") return has ? Effect::kWins : Effect::kNone;
  return pair.name == "strict-ssl" && is_off(pair.value) ? Effect::kHides : Effect::kNone;
}

Effect of_pip(const Pair& pair) { return pair.name == "proxy" && is_on(pair) ? Effect::kWins : Effect::kNone; }

// `[http "https://x/"]` is "http.https://x/".  What stands behind the bracket is left in `line`.
std::string take_section(std::string_view& line) {
  const std::size_t end = line.find(']');
  std::string_view inside = line.substr(1, end == line.npos ? line.npos : end - 1);
  line = end == line.npos ? std::string_view() : trimmed(line.substr(end + 1));
  const std::size_t blank = inside.find_first_of(kBlanks);
  if (blank == inside.npos) return lower(inside);
  return lower(inside.substr(0, blank)) + "." + std::string(unquoted(trimmed(inside.substr(blank))));
}

std::string mend_of(Tool tool, const std::string& section, const std::string& name) {
  switch (tool) {
    case Tool::kGit:
      return "git config --unset " + printable(shortened(section + "." + name, kMostShown)) + ", or --global --unset";
    case Tool::kNpm:
      return "npm config delete " + printable(shortened(name, kMostShown)) + ", or take the line out";
    case Tool::kCurl:
      return "take the line out; curl -q leaves the file out";
    case Tool::kWget:
    case Tool::kPip:
      break;
  }
  return "take the line out";
}

Pair pair_of(Tool tool, std::string_view line) {
  if (tool == Tool::kCurl) return curl_pair(line);
  if (tool == Tool::kWget) return wget_pair(line);
  Pair out = split(line, tool == Tool::kPip ? "=:" : "=");
  if (tool != Tool::kNpm) out.name = lower(out.name);
  return out;
}

Effect effect_of(Tool tool, const std::string& section, const Pair& pair, const std::vector<std::string>& hosts) {
  switch (tool) {
    case Tool::kCurl:
      return of_curl(pair, hosts);
    case Tool::kWget:
      return of_wget(pair, hosts);
    case Tool::kGit:
      return of_git(section, pair);
    case Tool::kNpm:
      return of_npm(pair);
    case Tool::kPip:
      return of_pip(pair);
  }
  return Effect::kNone;
}

}  // namespace

std::string_view to_string(Tool tool) {
  constexpr std::string_view kNames[] = {"curl", "wget", "git", "npm", "pip"};
  return kNames[static_cast<std::size_t>(tool)];
}

std::vector<ToolSetting> telling_settings(Tool tool, std::string_view text, const std::vector<std::string>& hosts) {
  std::vector<ToolSetting> out;
  std::string section;
  const bool has_sections = tool == Tool::kGit || tool == Tool::kPip;
  for (std::size_t number = 1; !text.empty() && out.size() < kMostSettings; ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (has_sections && line.starts_with('[')) section = take_section(line);
    if (line.empty() || line.front() == '#' || line.front() == ';') continue;
    const Pair pair = pair_of(tool, line);
    const Effect effect = effect_of(tool, section, pair, hosts);
    if (effect == Effect::kNone) continue;
    // [http "https://USER:PASSWORD@HOST/"] is a section, too.
    const std::string place = section.find("://") == section.npos ? section : without_userinfo(section);
    const std::string name = (tool == Tool::kGit ? place + "." : std::string()) + pair.name;
    const std::string value = shortened(without_userinfo(pair.value), kMostShown);
    out.push_back({number, printable(shortened(name, kMostShown) + (value.empty() ? "" : " = " + value)),
                   effect == Effect::kWins, mend_of(tool, place, pair.name)});
  }
  return out;
}

std::string what_it_does(const ToolSetting& setting) {
  return setting.text +
         (setting.wins ? " wins over the proxy and trust that CVR sets" : " hides trust problems, for every host");
}

}  // namespace cvr::app
