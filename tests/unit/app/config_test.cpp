#include "app/config.h"

#include <filesystem>

#include "support/temporary_directory.h"

namespace cvr::app {
namespace {

constexpr const char* kPath = "project/cvr.toml";

using Words = std::vector<std::string>;

Words values(const Config& config, std::string_view key) {
  const auto* found = values_of(config, key);
  return found == nullptr ? Words{"(absent)"} : *found;
}

// The error's text; "" when there is none, and its code must be kUsage.
std::string complaint(std::string_view text) {
  const auto config = parse_config(text, kPath);
  if (config) return "";
  EXPECT_EQ(config.error().code, ErrorCode::kUsage);
  EXPECT_EQ(config.error().text.find('\n'), std::string::npos);
  return config.error().text;
}

TEST(Config, EveryShapeIsRead) {
  const auto config = parse_config(R"(# a comment
listen = "127.0.0.1:9000"
host = ["example.com", "*.example.com"]
connect_to = "a:1:b:2"
threads = 4
strict = true
body_limit = 1024
max_body = "2G"
grace = 7
upstream_timeout = "250ms"
on_end = "loop"
)",
                                   kPath);
  ASSERT_TRUE(config) << config.error().text;
  EXPECT_EQ(values(*config, "listen"), Words{"127.0.0.1:9000"});
  EXPECT_EQ(values(*config, "host"), (Words{"example.com", "*.example.com"}));
  EXPECT_EQ(values(*config, "connect_to"), Words{"a:1:b:2"});
  EXPECT_EQ(values(*config, "threads"), Words{"4"});
  EXPECT_EQ(values(*config, "strict"), Words{"true"});
  EXPECT_EQ(values(*config, "body_limit"), Words{"1024"});
  EXPECT_EQ(values(*config, "grace"), Words{"7"});
  EXPECT_EQ(values(*config, "durable"), Words{"(absent)"});
  EXPECT_EQ(config->settings.at("threads").source, "project/cvr.toml:5");
  EXPECT_EQ(config->settings.at("host").source, "project/cvr.toml:3");
}

TEST(Config, PathsAreTakenFromTheFilesDirectory) {
  const auto config =
      parse_config("cassette = \"a.cvr\"\nsecrets = [\"../.env\", \"/etc/x.env\"]\nupstream_ca = \"./pki/ca.pem\"",
                   "/srv/project/cvr.toml");
  ASSERT_TRUE(config);
  EXPECT_EQ(values(*config, "cassette"), Words{"/srv/project/a.cvr"});
  EXPECT_EQ(values(*config, "secrets"), (Words{"/srv/.env", "/etc/x.env"}));
  EXPECT_EQ(values(*config, "upstream_ca"), Words{"/srv/project/pki/ca.pem"});
}

TEST(Config, RedactIsReadAndSaysTheLevel) {
  const auto config =
      parse_config("profile = \"v.toml\"\n[redact]\nprivacy = \"commercial\"\njson = [\"a\"]", "/p/cvr.toml");
  ASSERT_TRUE(config);
  EXPECT_EQ(values(*config, "profile"), Words{"/p/v.toml"});
  EXPECT_EQ(values(*config, "privacy"), Words{"commercial"});
  EXPECT_EQ(config->settings.at("privacy").source, "/p/cvr.toml:3");
  EXPECT_EQ(config->redact_source, "/p/cvr.toml:2");
  ASSERT_EQ(config->redact.rules.size(), 1u);
  EXPECT_EQ(config->redact.rules[0].source, "/p/cvr.toml:4");
  EXPECT_EQ(complaint("privacy = \"pii\"\n[redact]\nprivacy = \"pii\""), "project/cvr.toml:2: privacy is said twice");
  EXPECT_NE(complaint("[[redact]]\njson = '/'").find("project/cvr.toml:2: an empty pointer"), std::string::npos);
  const auto named = parse_config("profile = \"vendor\"", "/p/cvr.toml");
  EXPECT_EQ(values(*named, "profile"), Words{"vendor"});
}

TEST(Config, EmptyTextsAndListsAreAllowed) {
  EXPECT_EQ(complaint(""), "");
  EXPECT_EQ(complaint("# nothing\n\n"), "");
  const auto config = parse_config("host = []", kPath);
  ASSERT_TRUE(config);
  EXPECT_EQ(values(*config, "host"), Words{});
}

TEST(Config, UnknownKeysNameLineAndNearestKey) {
  EXPECT_EQ(complaint("strict = true\nhots = \"a\""), "project/cvr.toml:2: unknown key hots (did you mean host?)");
  EXPECT_EQ(complaint("\n\n\ncompletely_different = 1"),
            "project/cvr.toml:4: unknown key completely_different; cvr config lists the known ones");
  EXPECT_EQ(complaint("redat = 1"), "project/cvr.toml:1: unknown key redat (did you mean redact?)");
  EXPECT_TRUE(complaint("[redact]\nx = 1").starts_with("project/cvr.toml:2: unknown key x; known:"));
  EXPECT_NE(complaint("a.b = 1").find("project/cvr.toml:1: unknown key a"), std::string::npos);
}

TEST(Config, TheFirstComplaintOfTheFileIsMade) {
  EXPECT_NE(complaint("zzz = 1\naaa = 1").find(":1: unknown key zzz"), std::string::npos);
}

TEST(Config, WrongTypesNameLineAndWhatIsAllowed) {
  const std::pair<const char*, const char*> cases[] = {
      {"strict = \"true\"", ":1: strict: true or false is needed"},
      {"strict = 1", ":1: strict: true or false is needed"},
      {"threads = \"4\"", ":1: threads: a number from 1 to 256 is needed"},
      {"threads = 0", ":1: threads: a number from 1 to 256 is needed"},
      {"threads = 1.5", ":1: threads: a number from 1 to 256 is needed"},
      {"listen = 8877", ":1: listen: ADDR:PORT is needed"},
      {"listen = [\"127.0.0.1:1\"]", ":1: listen: ADDR:PORT is needed"},
      {"body_limit = \"many\"", ":1: body_limit: a size is needed"},
      {"body_limit = -1", ":1: body_limit: a size is needed"},
      {"body_limit = 1.5", ":1: body_limit: a size is needed"},
      {"grace = \"soon\"", ":1: grace: a duration"},
      {"on_end = \"repeat\"", ":1: on_end: fail, last or loop is needed"},
      {"host = 5", ":1: host: HOST or *.DOMAIN is needed (or a list of such)"},
      {"host = [\n  \"a.example\",\n  5]", ":3: host: HOST or *.DOMAIN"},
      {"host = [[\"a.example\"]]", ":1: host: HOST or *.DOMAIN"},
      {"cassette = {}", ":1: cassette: a path is needed"},
      {"cassette = 1979-05-27", ":1: cassette: a path is needed"},
  };
  for (const auto& [text, words] : cases) {
    EXPECT_NE(complaint(text).find(words), std::string::npos) << text << " -> " << complaint(text);
  }
}

TEST(Config, WhatIsNotTomlNamesTheLine) {
  for (const char* text :
       {"strict = true\nlisten", "strict = true\nlisten = ", "strict = true\nlisten = \"x",
        "strict = true\nstrict = false", "strict = true\n[a", "strict = true\nx = \"\xff\"", "strict = true\n\x01"}) {
    EXPECT_NE(complaint(text).find("project/cvr.toml:2: "), std::string::npos) << text << " -> " << complaint(text);
  }
}

TEST(Config, HostileTextsAreRefusedAndShownHarmless) {
  EXPECT_NE(complaint("host = " + std::string(100'000, '[')), "");
  EXPECT_NE(complaint("\"\\u001b[31m\" = 1").find("unknown key \\x1b[31m"), std::string::npos);
  EXPECT_LT(complaint("\"" + std::string(50'000, 'k') + "\" = 1").size(), 250U);
  EXPECT_NE(complaint("x" + std::string(50'000, '.') + " = 1"), "");
}

TEST(Config, VariablesLieOverTheFile) {
  auto config = parse_config("listen = \"127.0.0.1:1\"\nhost = \"a.example\"\nstrict = true", kPath);
  ASSERT_TRUE(config);
  const os::Environment environment = {{"CVR_LISTEN", "127.0.0.1:2"}, {"CVR_HOST", "b.example,,*.b.example"},
                                       {"CVR_STRICT", "0"},           {"CVR_DURABLE", "1"},
                                       {"CVR_SECRETS", "x.env"},      {"CVR_GRACE", ""},
                                       {"CVR_HOSTS", "not ours"},     {"LISTEN", "nor this"}};
  ASSERT_TRUE(apply_variables(environment, *config));
  EXPECT_EQ(values(*config, "listen"), Words{"127.0.0.1:2"});
  EXPECT_EQ(config->settings.at("listen").source, "CVR_LISTEN");
  EXPECT_EQ(values(*config, "host"), (Words{"b.example", "*.b.example"}));
  EXPECT_EQ(values(*config, "strict"), Words{"false"});
  EXPECT_EQ(values(*config, "durable"), Words{"true"});
  EXPECT_EQ(values(*config, "secrets"), Words{"x.env"});  // as typed: from the working directory
  EXPECT_EQ(values(*config, "grace"), Words{"(absent)"});
}

TEST(Config, BadVariablesAreNamed) {
  const std::tuple<const char*, const char*, const char*> cases[] = {
      {"CVR_THREADS", "many", "CVR_THREADS: a number from 1 to 256 is needed"},
      {"CVR_STRICT", "yes", "CVR_STRICT: true or false is needed"},
      {"CVR_BODY_LIMIT", "1X", "CVR_BODY_LIMIT: a size is needed: digits with optional K, M or G"},
      {"CVR_HOST", "good.example,b d", "CVR_HOST: HOST or *.DOMAIN is needed"},
      {"CVR_MODE", "sometimes", "CVR_MODE: once, new_episodes, none, all or passthrough is needed"},
  };
  for (const auto& [name, value, words] : cases) {
    Config config;
    const auto done = apply_variables({{name, value}}, config);
    ASSERT_FALSE(done) << name;
    EXPECT_EQ(done.error().code, ErrorCode::kUsage);
    EXPECT_EQ(done.error().text, words);
  }
}

TEST(Config, TheNearestFileUpwardsHolds) {
  const test::TemporaryDirectory at;
  const std::string outer = at.write("cvr.toml", "listen = \"127.0.0.1:1\"");
  const std::string inner = at.write("a/cvr.toml", "listen = \"127.0.0.1:2\"\ncassette = \"x.cvr\"");
  at.write("a/b/c/keep", "");
  EXPECT_EQ(find_config_file(at.file("a/b/c")), inner);
  EXPECT_EQ(find_config_file(at.file("a")), inner);
  EXPECT_EQ(find_config_file(at.path()), outer);
  const auto config = load_config(at.file("a/b/c"), {{"CVR_STRICT", "true"}});
  ASSERT_TRUE(config);
  EXPECT_EQ(values(*config, "listen"), Words{"127.0.0.1:2"});
  EXPECT_EQ(values(*config, "cassette"), Words{at.file("a/x.cvr")});
  EXPECT_EQ(values(*config, "strict"), Words{"true"});
  EXPECT_EQ(config->settings.at("listen").source, inner + ":1");
}

TEST(Config, NoFileIsNoConfiguration) {
  EXPECT_EQ(find_config_file(""), "");
  const auto config = load_config("", {});
  ASSERT_TRUE(config);
  EXPECT_TRUE(config->settings.empty());
}

TEST(Config, UnreadableFilesAreErrors) {
  const test::TemporaryDirectory at;
  std::filesystem::create_directory(at.file("cvr.toml"));
  const auto directory = load_config(at.path(), {});
  ASSERT_FALSE(directory);
  EXPECT_EQ(exit_status(directory.error().code), 3);
  EXPECT_NE(directory.error().text.find("cvr.toml"), std::string::npos);
  std::filesystem::remove(at.file("cvr.toml"));
  at.write("cvr.toml", std::string((1u << 20) + 1, '\n'));
  const auto large = load_config(at.path(), {});
  ASSERT_FALSE(large);
  EXPECT_NE(large.error().text.find("cvr.toml"), std::string::npos);
}

TEST(Config, ErrorsOfTheFileNameItWhole) {
  const test::TemporaryDirectory at;
  const std::string path = at.write("cvr.toml", "a = 1");
  const auto config = load_config(at.path(), {});
  ASSERT_FALSE(config);
  EXPECT_NE(config.error().text.find(path + ":1: "), std::string::npos);
}

}  // namespace
}  // namespace cvr::app
