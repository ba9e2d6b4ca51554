#include "app/config_report.h"

#include <algorithm>
#include <cstdlib>

#include "app/config_keys.h"
#include "app/match_rules.h"
#include "app/upstream_options.h"
#include "base/escape.h"
#include "base/json_writer.h"

namespace cvr::app {
namespace {

constexpr std::size_t kGap = 2;  // blanks between columns

// What holds for a key.
struct Effective {
  std::vector<std::string> values;
  std::string source = "default";
};

Effective effective(const Key& key, const Config& config, const std::vector<std::string>& hosts) {
  if (const auto found = config.settings.find(key.name); found != config.settings.end()) {
    Effective out{found->second.values, found->second.source};
    if (key.shape == Shape::kProxy) {
      for (std::string& value : out.values) value = without_userinfo(value);
    }
    return out;
  }
  if (key.shape == Shape::kHost) return {hosts, "profile"};
  if (key.standard.empty()) return {};
  return {{std::string(key.standard)}, "default"};
}

// The rules of cvr.toml: "json token (token)", "header X-Name (kept)".
std::vector<std::string> redact_lines(const Config& config) {
  std::vector<std::string> out;
  for (const RedactRule& rule : config.redact.rules) {
    out.push_back(std::string(to_string(rule.where)) + " " + rule.name + " (" +
                  (rule.keep ? "kept" : std::string(to_string(rule.kind))) + ")");
  }
  for (const std::string& file : config.redact.secrets) out.push_back("secrets " + file);
  return out;
}

// The rules of [match]: "POST /trips: json /price number:0.5".
std::vector<std::string> match_lines(const Config& config) {
  std::vector<std::string> out;
  match::MatchRules rules;
  if (!config.match || !read_match_rules(*config.match, config.match_path, rules)) return out;
  for (const match::RuleLine& line : match::rule_lines(rules)) {
    out.push_back(line.scope + ": " + line.part + (line.name.empty() ? "" : " " + line.name) + " " + line.comparison);
  }
  return out;
}

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) out += (out.empty() ? "" : ", ") + printable(value);
  return out;
}

void write_value(json::Writer& w, const Key& key, const std::string& value) {
  if (key.shape == Shape::kFlag) {
    w.value(value == "true");
  } else if (key.shape == Shape::kCount) {
    w.value(static_cast<std::int64_t>(std::atoll(value.c_str())));
  } else {
    w.value(value);
  }
}

}  // namespace

std::string config_text(const Config& config, const std::vector<std::string>& hosts) {
  std::vector<std::pair<std::string, std::string>> rows;  // value, source
  std::size_t name_width = 0;
  std::size_t value_width = 0;
  for (const Key& key : known_keys()) {
    const Effective e = effective(key, config, hosts);
    rows.emplace_back(e.values.empty() ? std::string(key.otherwise) : joined(e.values), printable(e.source));
    name_width = std::max(name_width, key.name.size());
    value_width = std::max(value_width, std::min<std::size_t>(rows.back().first.size(), 48));
  }
  std::string out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::string line(known_keys()[i].name);
    line.resize(name_width + kGap, ' ');
    line += rows[i].first;
    line.resize(std::max(line.size(), name_width + kGap + value_width) + kGap, ' ');
    out += line + rows[i].second + "\n";
  }
  const std::vector<std::string> lines = redact_lines(config);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string line = "redact";
    line.resize(name_width + kGap, ' ');
    line += printable(lines[i]);
    line.resize(std::max(line.size(), name_width + kGap + value_width) + kGap, ' ');
    out +=
        line + printable(i < config.redact.rules.size() ? config.redact.rules[i].source : config.redact_source) + "\n";
  }
  for (const std::string& text : match_lines(config)) {
    std::string line = "match";
    line.resize(name_width + kGap, ' ');
    line += printable(text);
    line.resize(std::max(line.size(), name_width + kGap + value_width) + kGap, ' ');
    out += line + printable(config.match_path) + "\n";
  }
  return out;
}

std::string config_json(const Config& config, const std::vector<std::string>& hosts) {
  json::Writer w;
  w.begin_object();
  for (const Key& key : known_keys()) {
    const Effective e = effective(key, config, hosts);
    w.key(key.name).begin_object().key("value");
    if (key.list) {
      w.begin_array();
      for (const std::string& value : e.values) write_value(w, key, value);
      w.end_array();
    } else if (e.values.empty()) {
      w.null();
    } else {
      write_value(w, key, e.values.front());
    }
    w.member("source", e.source);
    if (e.values.empty()) w.member("otherwise", key.otherwise);
    w.end_object();
  }
  w.key("redact").begin_object().key("value").begin_array();
  for (const std::string& line : redact_lines(config)) w.value(line);
  w.end_array().member("source", config.redact_source.empty() ? "default" : config.redact_source).end_object();
  w.key("match").begin_object().key("value").begin_array();
  for (const std::string& line : match_lines(config)) w.value(line);
  w.end_array().member("source", config.match ? config.match_path : "default").end_object();
  w.end_object();
  return w.take() + "\n";
}

}  // namespace cvr::app
