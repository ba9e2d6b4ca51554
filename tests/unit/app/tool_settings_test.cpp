#include "app/tool_settings.h"

#include <gtest/gtest.h>

#include "support/random.h"

namespace cvr::app {
namespace {

const std::vector<std::string> kHosts = {"*.vendor.example", "vendor.example"};

// What is told of one line: empty for nothing, "~" in front of what only hides.
std::string told(Tool tool, const std::string& text) {
  std::string out;
  for (const ToolSetting& setting : telling_settings(tool, text, kHosts)) {
    out += (out.empty() ? "" : "|") + std::string(setting.wins ? "" : "~") + setting.text;
  }
  return out;
}

TEST(ToolSettings, Curl) {
  EXPECT_EQ(told(Tool::kCurl, "proxy = http://p.test:1"), "proxy = http://p.test:1");
  EXPECT_EQ(told(Tool::kCurl, "--proxy http://p.test:1\n-x\"p.test:2\"\nproxy: p.test:3"),
            "proxy = http://p.test:1|proxy = p.test:2|proxy = p.test:3");
  EXPECT_EQ(told(Tool::kCurl, "proxy=\"\""), "proxy");  // none at all
  EXPECT_EQ(told(Tool::kCurl, "cacert=/x.pem\ncapath = /x"), "cacert = /x.pem|capath = /x");
  EXPECT_EQ(told(Tool::kCurl, "noproxy = \"*\""), "noproxy = *");
  EXPECT_EQ(told(Tool::kCurl, "noproxy = a.test, .vendor.example"), "noproxy = a.test, .vendor.example");
  EXPECT_EQ(told(Tool::kCurl, "noproxy = a.test"), "");
  EXPECT_EQ(told(Tool::kCurl, "-k\ninsecure"), "~insecure|~insecure");
  EXPECT_EQ(told(Tool::kCurl, "# proxy = x\n\nsilent\nuser-agent = \"proxy = x\"\n"), "");
}

TEST(ToolSettings, Wget) {
  EXPECT_EQ(told(Tool::kWget, "HTTPS-Proxy = http://p.test:1"), "httpsproxy = http://p.test:1");
  EXPECT_EQ(told(Tool::kWget, "use_proxy = off\nuse_proxy = on\ncheck_certificate=off\nca_certificate=/x"),
            "useproxy = off|~checkcertificate = off");
  EXPECT_EQ(told(Tool::kWget, "no_proxy = vendor.example\nno_proxy = other.test"), "noproxy = vendor.example");
}

TEST(ToolSettings, Git) {
  EXPECT_EQ(
      told(Tool::kGit, "[user]\n\tproxy = x\n[HTTP]\n\tProxy = p.test:1\n\tsslVerify = false\n\tsslCAInfo = /x\n"),
      "http.proxy = p.test:1|~http.sslverify = false");
  EXPECT_EQ(told(Tool::kGit, "[http \"https://x.test/\"] proxy = p.test:1\n[remote \"origin\"]\n proxy =\n"),
            "http.https://x.test/.proxy = p.test:1|remote.origin.proxy");
  EXPECT_EQ(telling_settings(Tool::kGit, "[http]\nproxy=x", kHosts)[0].mend,
            "git config --unset http.proxy, or --global --unset");
}

TEST(ToolSettings, NpmAndPip) {
  EXPECT_EQ(told(Tool::kNpm, "https-proxy=http://p.test:1\nproxy=null\nstrict-ssl=false\ncafile=/x\nnoproxy=a"),
            "https-proxy = http://p.test:1|~strict-ssl = false");
  EXPECT_EQ(told(Tool::kPip, "[global]\nproxy = p.test:1\ncert = /x\n[install]\nproxy: p.test:2\n"),
            "proxy = p.test:1|proxy = p.test:2");
}

TEST(ToolSettings, NothingOfAPasswordOrOfControlBytesIsShown) {
  const std::string password = test::random_base64url(16);
  for (const Tool tool : kTools) {
    const std::string text = "[http \"https://u:" + password + "@x.test/\"]\nproxy = http://u:" + password +
                             "@p.test:1\nhttps_proxy = u:" + password + "@p\x1b[1m.test:1\n";
    const auto settings = telling_settings(tool, text, kHosts);
    ASSERT_FALSE(settings.empty()) << to_string(tool);
    for (const ToolSetting& setting : settings) {
      EXPECT_EQ(what_it_does(setting).find(password), std::string::npos) << setting.text;
      EXPECT_EQ(what_it_does(setting).find('\x1b'), std::string::npos);
      EXPECT_EQ(setting.mend.find(password), std::string::npos) << setting.mend;
    }
  }
}

TEST(ToolSettings, HostileFiles) {
  for (const Tool tool : kTools) {
    for (const std::string& text :
         {std::string("["), std::string("[]]]"), std::string("[http \""), std::string("="), std::string("-x"),
          std::string("\0\n\0", 3), std::string("--"), std::string("\xff\xfe=\xff"), std::string(100'000, '\n'),
          std::string(100'000, '[')}) {
      static_cast<void>(told(tool, text));
    }
    std::string many;
    for (int i = 0; i < 1000; ++i) many += "[http]\nproxy=x\nhttps_proxy=x\n";
    EXPECT_EQ(telling_settings(tool, many, kHosts).size(), 20U);
  }
}

}  // namespace
}  // namespace cvr::app
