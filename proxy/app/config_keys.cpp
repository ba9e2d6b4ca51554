#include "app/config_keys.h"

#include <algorithm>

#include "app/replay_options.h"
#include "app/upstream_options.h"
#include "base/nearest_word.h"
#include "base/size.h"
#include "http/target.h"

namespace cvr::app {
namespace {

constexpr std::int64_t kLongestMs = 24 * 3'600'000;
constexpr std::uint64_t kMostThreads = 256;

bool is_number(std::string_view text, std::uint64_t least, std::uint64_t most) {
  if (text.empty() || text.size() > 9 || text.find_first_not_of("0123456789") != text.npos) return false;
  std::uint64_t value = 0;
  for (const char c : text) value = value * 10 + static_cast<std::uint64_t>(c - '0');
  return value >= least && value <= most;
}

// "ADDR:PORT", "[v6]:PORT" or "PORT".
bool is_endpoint(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (!is_number(colon == text.npos ? text : text.substr(colon + 1), 0, 65535)) return false;
  return colon == text.npos || (colon > 0 && text.find_first_of(" /@") == text.npos);
}

bool is_host_pattern(std::string_view text) {
  if (text.starts_with("*.")) text.remove_prefix(2);
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return http::is_valid_host(lower);
}

bool is_word_of(std::string_view words, std::string_view text) {
  const std::string all = " " + std::string(words) + " ";
  return !text.empty() && text.find(' ') == text.npos && all.find(" " + std::string(text) + " ") != all.npos;
}

std::string any_of(std::string_view words) {
  std::string out(words);
  for (std::size_t at = out.find(' '); at != out.npos; at = out.find(' ', at + 2)) out.replace(at, 1, ", ");
  const std::size_t last = out.rfind(", ");
  return last == out.npos ? out : out.replace(last, 2, " or ");
}

bool has_shape(const Key& key, std::string_view value) {
  switch (key.shape) {
    case Shape::kText:
    case Shape::kProfile:
      return !value.empty();
    case Shape::kPath:
      return !value.empty() && value.find('\0') == value.npos;
    case Shape::kEndpoint:
      return is_endpoint(value);
    case Shape::kOrigin:
      return http::parse_origin(value).has_value();
    case Shape::kHost:
      return is_host_pattern(value);
    case Shape::kSize:
      return parse_size(value).has_value();
    case Shape::kDuration: {
      const auto ms = parse_duration_ms(value);
      return ms && *ms <= kLongestMs;
    }
    case Shape::kCount:
      return is_number(value, 1, kMostThreads);
    case Shape::kFlag:
      return value == "true" || value == "false";
    case Shape::kWord:
      return is_word_of(key.words, value);
    case Shape::kProxy:
      return parse_upstream_proxy(value, {}).has_value();
    case Shape::kLatency:
      return parse_latency(value).has_value();
    case Shape::kAge:
      return parse_max_age_us(value).has_value();
    case Shape::kFault:
      return engine::parse_fault(value).has_value();
  }
  return false;
}

}  // namespace

const std::vector<Key>& known_keys() {
  static const std::vector<Key> table = {
      {"cassette", "CVR_CASSETTE", Shape::kPath, true, "the cassette; replay takes several", "", "none", ""},
      {"mode", "CVR_MODE", Shape::kWord, false, "mode of cvr run and cvr proxy", "once", "",
       "once new_episodes none all passthrough"},
      {"dir", "CVR_DIR", Shape::kPath, false, "cassettes of the sessions of cvr proxy", "cassettes", "", ""},
      {"listen", "CVR_LISTEN", Shape::kEndpoint, false, "where the proxy listens", "127.0.0.1:8877", "", ""},
      {"host", "CVR_HOST", Shape::kHost, true, "hosts in scope", "", "the profile's", ""},
      {"allow_out_of_scope", "CVR_ALLOW_OUT_OF_SCOPE", Shape::kFlag, false, "replay lets other hosts through", "false",
       "", ""},
      {"reverse", "CVR_REVERSE", Shape::kOrigin, false, "upstream of a reverse proxy", "", "no reverse proxy", ""},
      {"reverse_listen", "CVR_REVERSE_LISTEN", Shape::kEndpoint, false, "where the reverse proxy listens",
       "127.0.0.1:0", "", ""},
      {"connect_to", "CVR_CONNECT_TO", Shape::kText, true, "HOST:PORT:ADDR:PORT", "", "none", ""},
      {"upstream_ca", "CVR_UPSTREAM_CA", Shape::kPath, false, "authorities to trust beside the system's", "",
       "the system's", ""},
      {"upstream_proxy", "CVR_UPSTREAM_PROXY", Shape::kProxy, false, "HTTP proxy on the way to the upstream", "",
       "none", ""},
      {"client_cert", "CVR_CLIENT_CERT", Shape::kPath, false, "certificate shown to the upstream", "", "none", ""},
      {"client_key", "CVR_CLIENT_KEY", Shape::kPath, false, "its key", "", "none", ""},
      {"allow_private", "CVR_ALLOW_PRIVATE", Shape::kFlag, false, "upstreams at private addresses", "false", "", ""},
      {"threads", "CVR_THREADS", Shape::kCount, false, "shards", "", "one a core", ""},
      {"body_limit", "CVR_BODY_LIMIT", Shape::kSize, false, "largest body that is recorded", "16M", "", ""},
      {"max_body", "CVR_MAX_BODY", Shape::kSize, false, "largest request body that is accepted", "1G", "", ""},
      {"max_cassette", "CVR_MAX_CASSETTE", Shape::kSize, false, "where recording stops", "", "no limit", ""},
      {"upstream_timeout", "CVR_UPSTREAM_TIMEOUT", Shape::kDuration, false, "longest wait for the upstream", "120s", "",
       ""},
      {"durable", "CVR_DURABLE", Shape::kFlag, false, "recordings survive power loss", "false", "", ""},
      {"profile", "CVR_PROFILE", Shape::kProfile, false, "what is known of the vendor: a name or a file", "",
       "the built-in vendor's", ""},
      {"privacy", "CVR_PRIVACY", Shape::kWord, false, "how much is hidden", "pii", "", "credentials pii commercial"},
      {"rules", "CVR_RULES", Shape::kPath, true, "files of redaction rules", "", "none", ""},
      {"secrets", "CVR_SECRETS", Shape::kPath, true, "dotenv files whose values are secrets", "", "none", ""},
      {"strict", "CVR_STRICT", Shape::kFlag, false, "unused interactions are a failure", "false", "", ""},
      {"stateful", "CVR_STATEFUL", Shape::kFlag, false, "reads are answered by the writes in between", "false", "", ""},
      {"on_end", "CVR_ON_END", Shape::kWord, false, "the same request more often than recorded", "",
       "last for safe methods, fail for others", "fail last loop"},
      {"latency", "CVR_LATENCY", Shape::kLatency, false, "speed of replay: none, recorded or FACTORx", "none", "", ""},
      {"fault", "CVR_FAULT", Shape::kFault, true, "replay: METHOD PATH: ACTION", "", "none", ""},
      {"max_age", "CVR_MAX_AGE", Shape::kAge, false, "where recordings are stale", "", "no limit", ""},
      {"stale", "CVR_STALE", Shape::kWord, false, "what a stale recording does", "warn", "", "warn fail record"},
      {"grace", "CVR_GRACE", Shape::kDuration, false, "time for exchanges in flight at the end", "5s", "", ""},
  };
  return table;
}

const Key* find_key(std::string_view name) {
  const auto& table = known_keys();
  const auto found = std::find_if(table.begin(), table.end(), [&](const Key& key) { return key.name == name; });
  return found == table.end() ? nullptr : &*found;
}

bool is_profile_file(std::string_view value) { return value.find('/') != value.npos || value.ends_with(".toml"); }

std::string nearest_key(std::string_view name) {
  std::vector<std::string> names = {"redact", "match"};
  for (const Key& key : known_keys()) names.emplace_back(key.name);
  return nearest_word(name, names);
}

std::string what_is_needed(const Key& key, std::string_view value) {
  if (has_shape(key, value)) return {};
  switch (key.shape) {
    case Shape::kText:
      return "a text is needed";
    case Shape::kProfile:
      return "the name of a profile or its file is needed";
    case Shape::kPath:
      return "a path is needed";
    case Shape::kEndpoint:
      return "ADDR:PORT is needed, as in 127.0.0.1:8877";
    case Shape::kOrigin:
      return "a URL of the form https://HOST[:PORT] is needed";
    case Shape::kHost:
      return "HOST or *.DOMAIN is needed";
    case Shape::kSize:
      return "a size is needed: digits with optional K, M or G";
    case Shape::kDuration:
      return "a duration of at most a day is needed: 5s, 250ms, 2m";
    case Shape::kCount:
      return "a number from 1 to " + std::to_string(kMostThreads) + " is needed";
    case Shape::kFlag:
      return "true or false is needed";
    case Shape::kWord:
      return any_of(key.words) + " is needed";
    case Shape::kProxy:
      return "a URL of the form http://[USER:PASSWORD@]HOST[:PORT] is needed";
    case Shape::kLatency:
      return "none, recorded or a factor of at most 100 like 0.5x is needed";
    case Shape::kAge:
      return "a duration is needed: 7d, 12h, 90m";
    case Shape::kFault:
      return "METHOD PATH: ACTION is needed, as in POST /trips: status=503";
  }
  return {};
}

}  // namespace cvr::app
