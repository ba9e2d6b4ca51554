#include "app/config_report.h"

#include "support/golden.h"

namespace cvr::app {
namespace {

const std::vector<std::string> kHosts = {"*.vendor.example", "vendor.example"};

Config some() {
  auto config = parse_config(R"(listen = "127.0.0.1:9000"
host = ["api.example", "*.api.example"]
secrets = []
threads = 2
strict = true
body_limit = "1M"
[redact]
json = ["/data/token"]
keep = { headers = ["X-Name"] }
secrets = ["more.env"]
)",
                             "project/cvr.toml");
  EXPECT_TRUE(config);
  EXPECT_TRUE(apply_variables({{"CVR_ON_END", "loop"}}, *config));
  return *config;
}

TEST(ConfigReport, Text) {
  test::expect_golden("app/config_default.txt", config_text({}, kHosts));
  test::expect_golden("app/config_some.txt", config_text(some(), kHosts));
}

TEST(ConfigReport, Json) {
  test::expect_golden("app/config_default.json", config_json({}, kHosts));
  test::expect_golden("app/config_some.json", config_json(some(), kHosts));
}

TEST(ConfigReport, HostileValuesAreHarmlessInText) {
  Config config;
  config.settings["listen"] = {{"\x1b[31m"}, "a\nb"};
  const std::string text = config_text(config, kHosts);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find("a\nb"), std::string::npos);
  EXPECT_EQ(config_json(config, kHosts).find('\x1b'), std::string::npos);
}

TEST(ConfigReport, ThePasswordOfAProxyIsNotShown) {
  Config config;
  config.settings["upstream_proxy"] = {{"http://user:pass-word@proxy.example:3128"}, "CVR_UPSTREAM_PROXY"};
  for (const std::string& told : {config_text(config, kHosts), config_json(config, kHosts)}) {
    EXPECT_EQ(told.find("pass-word"), std::string::npos);
    EXPECT_NE(told.find("http://...@proxy.example:3128"), std::string::npos);
  }
}

}  // namespace
}  // namespace cvr::app
