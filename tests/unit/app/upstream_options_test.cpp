#include "app/upstream_options.h"

#include "base/base64.h"
#include "support/random.h"

namespace cvr::app {
namespace {

TEST(UpstreamOptions, AProxyIsHostAndPort) {
  const auto plain = parse_upstream_proxy("http://proxy.example:3128", {});
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->host, "proxy.example");
  EXPECT_EQ(plain->port, 3128);
  EXPECT_EQ(plain->authorization, "");
  EXPECT_EQ(parse_upstream_proxy("http://proxy.example/", {})->port, 80);
  EXPECT_EQ(parse_upstream_proxy("http://[::1]:3128", {})->host, "::1");
}

TEST(UpstreamOptions, HostsThatAreReachedWithoutTheProxy) {
  const auto bypass = [](const os::Environment& environment) {
    return parse_upstream_proxy("http://proxy.example:3128", environment)->bypass;
  };
  EXPECT_EQ(bypass({}), "");
  EXPECT_EQ(bypass({{"NO_PROXY", "a.example"}}), "a.example");
  EXPECT_EQ(bypass({{"NO_PROXY", "a.example"}, {"no_proxy", "b.example"}}), "b.example");
}

TEST(UpstreamOptions, CredentialsBecomeBasic) {
  const auto basic = [](std::string_view user_and_password) { return "Basic " + base64_encode(user_and_password); };
  EXPECT_EQ(parse_upstream_proxy("http://u:p@h:1", {})->authorization, basic("u:p"));
  EXPECT_EQ(parse_upstream_proxy("http://u:a%40b%3Ac@h:1", {})->authorization, basic("u:a@b:c"));
  EXPECT_EQ(parse_upstream_proxy("http://u:a@b@h:1", {})->authorization, basic("u:a@b"));
  EXPECT_EQ(parse_upstream_proxy("http://u@h:1", {})->authorization, basic("u:"));
  EXPECT_EQ(without_userinfo("http://u:a@b@h:1"), "http://...@h:1");
  EXPECT_EQ(without_userinfo("http://h:1"), "http://h:1");
}

TEST(UpstreamOptions, WhatIsNoProxy) {
  for (const char* text : {"", "proxy:3128", "https://proxy:3128", "socks5://proxy:1080", "http://", "http://h:99999",
                           "http://h:1/path", "http://h:1?q", "http://u:p@", "http://a b", "http://u%0d%0aX:p@h:1"}) {
    EXPECT_FALSE(parse_upstream_proxy(text, {})) << text;
  }
}

TEST(UpstreamOptions, Latency) {
  EXPECT_EQ(parse_latency("none"), 0);
  EXPECT_EQ(parse_latency("recorded"), 1);
  EXPECT_EQ(parse_latency("0.5x"), 0.5);
  EXPECT_EQ(parse_latency("10x"), 10);
  for (const char* text : {"", "x", "2", "-1x", "1e3x", "101x", "1.2.3x", "nanx", "infx", "recordedx", "+1x", " 1x"}) {
    EXPECT_FALSE(parse_latency(text)) << text;
  }
}

TEST(UnusedProxy, IsToldWithoutWhatStandsBeforeTheAt) {
  const std::string password = test::random_base64url(12);
  const std::vector<std::string> hosts = {"vendor.example"};
  const os::Environment set = {{"HTTPS_PROXY", "http://u:" + password + "@proxy.test:1/"}};
  const auto told = unused_proxy(set, hosts);
  ASSERT_TRUE(told);
  EXPECT_TRUE(told->starts_with("HTTPS_PROXY is set (http://...@proxy.test:1); ")) << *told;
  EXPECT_FALSE(unused_proxy({}, hosts));
  EXPECT_FALSE(unused_proxy({{"https_proxy", ""}}, hosts));
  for (const auto& [name, value] : os::Environment{
           {"NO_PROXY", "a,.vendor.example"}, {"no_proxy", "*"}, {"CVR_PROXY", "http://session:x@proxy.test:1"}}) {
    os::Environment more = set;
    more.emplace_back(name, value);
    EXPECT_FALSE(unused_proxy(more, hosts)) << name;
  }
}

}  // namespace
}  // namespace cvr::app
