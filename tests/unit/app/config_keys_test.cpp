#include "app/config_keys.h"

#include <set>

namespace cvr::app {
namespace {

std::string needed(std::string_view name, std::string_view value) {
  const Key* key = find_key(name);
  return key == nullptr ? "no such key" : what_is_needed(*key, value);
}

TEST(ConfigKeys, EachHasANameAVariableAndAMeaning) {
  std::set<std::string_view> seen;
  for (const Key& key : known_keys()) {
    EXPECT_TRUE(seen.insert(key.name).second) << key.name;
    std::string variable = "CVR_";
    for (const char c : key.name) variable += c == '_' ? c : static_cast<char>(c - 32);
    EXPECT_EQ(key.variable, variable);
    EXPECT_FALSE(key.meaning.empty()) << key.name;
    EXPECT_EQ(key.shape == Shape::kWord, !key.words.empty()) << key.name;
  }
}

TEST(ConfigKeys, StandardValuesHaveTheirShapeOrAreSaidInWords) {
  for (const Key& key : known_keys()) {
    EXPECT_NE(key.standard.empty(), key.otherwise.empty()) << key.name;
    if (key.standard.empty()) continue;
    EXPECT_EQ(what_is_needed(key, key.standard), "") << key.name;
  }
}

// The variables that children get must not be read as settings by a cvr that runs inside.
TEST(ConfigKeys, NoVariableOfChildrenIsASetting) {
  for (const Key& key : known_keys()) {
    for (const char* taken : {"CVR_HOME", "CVR_PROXY", "CVR_NO_PROXY", "CVR_HOSTS", "CVR_CA"}) {
      EXPECT_NE(key.variable, taken);
    }
  }
}

TEST(ConfigKeys, SoundValues) {
  const std::pair<const char*, const char*> cases[] = {
      {"listen", "127.0.0.1:0"}, {"listen", "[::1]:8877"},
      {"listen", "8877"},        {"host", "*.Example.com"},
      {"host", "example.com"},   {"reverse", "https://a.b"},
      {"reverse", "http://a:1"}, {"body_limit", "16M"},
      {"body_limit", "1GiB"},    {"body_limit", "1024"},
      {"grace", "250ms"},        {"grace", "24h"},
      {"threads", "1"},          {"threads", "256"},
      {"strict", "true"},        {"on_end", "loop"},
      {"mode", "new_episodes"},  {"secrets", "../dir/x.env"},
      {"connect_to", "a:1:b:2"}, {"upstream_proxy", "http://u:p@h:1"},
      {"latency", "0.5x"},       {"max_age", "7d"},
      {"stale", "record"},       {"fault", "GET /a: reset"},
  };
  for (const auto& [name, value] : cases) EXPECT_EQ(needed(name, value), "") << name << " " << value;
}

TEST(ConfigKeys, UnsoundValuesAreToldWhatIsNeeded) {
  const std::tuple<const char*, const char*, const char*> cases[] = {
      {"listen", "127.0.0.1:99999", "ADDR:PORT"},
      {"listen", "127.0.0.1", "ADDR:PORT"},
      {"listen", ":8877", "ADDR:PORT"},
      {"listen", "", "ADDR:PORT"},
      {"listen", "http://127.0.0.1:1", "ADDR:PORT"},
      {"listen", "127.0.0.1:-1", "ADDR:PORT"},
      {"host", "a b", "HOST or *.DOMAIN"},
      {"host", "*", "HOST or *.DOMAIN"},
      {"host", "", "HOST or *.DOMAIN"},
      {"host", "https://example.com/", "HOST or *.DOMAIN"},
      {"reverse", "example.com", "https://HOST"},
      {"reverse", "https://u:p@example.com", "https://HOST"},
      {"reverse", "https://example.com/path", "https://HOST"},
      {"body_limit", "many", "a size"},
      {"body_limit", "-1", "a size"},
      {"body_limit", "16X", "a size"},
      {"body_limit", "99999999999999999999", "a size"},
      {"grace", "25h", "at most a day"},
      {"grace", "soon", "at most a day"},
      {"threads", "0", "from 1 to 256"},
      {"threads", "257", "from 1 to 256"},
      {"threads", "99999999999999999999", "from 1 to 256"},
      {"strict", "yes", "true or false"},
      {"on_end", "repeat", "fail, last or loop"},
      {"on_end", "fail last", "fail, last or loop"},
      {"mode", "", "once, new_episodes, none, all or passthrough"},
      {"secrets", "", "a path"},
      {"connect_to", "", "a text"},
      {"upstream_proxy", "https://h:1", "http://[USER"},
      {"latency", "slow", "0.5x"},
      {"max_age", "old", "7d"},
      {"stale", "often", "warn, fail or record"},
      {"fault", "GET /a", "METHOD PATH"},
  };
  for (const auto& [name, value, words] : cases) {
    EXPECT_NE(needed(name, value).find(words), std::string::npos)
        << name << " " << value << ": " << needed(name, value);
  }
  EXPECT_EQ(needed("cassette", std::string_view("a\0b", 3)), "a path is needed");
}

TEST(ConfigKeys, NearestNames) {
  EXPECT_EQ(nearest_key("hots"), "host");
  EXPECT_EQ(nearest_key("body-limit"), "body_limit");
  EXPECT_EQ(nearest_key("cassettes"), "cassette");
  EXPECT_EQ(nearest_key("completely_different_thing"), "");
  EXPECT_EQ(find_key(""), nullptr);
  EXPECT_EQ(find_key("Host"), nullptr);
}

}  // namespace
}  // namespace cvr::app
