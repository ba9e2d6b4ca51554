#include "app/config_report.h"

#include <algorithm>
#include <cstdlib>

#include "app/config_keys.h"
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
  if (const auto found = config.find(key.name); found != config.end()) {
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
  w.end_object();
  return w.take() + "\n";
}

}  // namespace cvr::app
