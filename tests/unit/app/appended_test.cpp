#include "app/appended.h"

namespace cvr::app {
namespace {

TEST(Appended, NodeReadsQuotes) {
  EXPECT_EQ(node_options("", "/a/cvr-preload.cjs"), "--require \"/a/cvr-preload.cjs\"");
  EXPECT_EQ(node_options("--no-warnings", "/a b/\"\\/cvr-preload.cjs"),
            "--no-warnings --require \"/a b/\\\"\\\\/cvr-preload.cjs\"");
}

TEST(Appended, Bun) {
  EXPECT_EQ(bun_options("", "/a b/cvr-preload.cjs"), "\"--preload=/a b/cvr-preload.cjs\"");
  EXPECT_EQ(bun_options("--smol", "/a/cvr-preload.cjs"), "--smol \"--preload=/a/cvr-preload.cjs\"");
}

TEST(Appended, PhpKeepsTheDistributions) {
  EXPECT_EQ(php_scan_dir("", "/a/cvr-php.d"), ":/a/cvr-php.d");
  EXPECT_EQ(php_scan_dir("/mine:/yours", "/a/cvr-php.d"), "/mine:/yours:/a/cvr-php.d");
}

TEST(Appended, Java) {
  EXPECT_EQ(
      java_tool_options("-Xmx1g", "http://127.0.0.1:8877",
                        "localhost,127.0.0.1,::1,[::1],.corp.internal,*.b.internal,c.internal", "/a/s.jks"),
      "-Xmx1g -Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=8877 -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=8877 "
      "-Dhttp.nonProxyHosts=localhost|127.*|[::1]|*.corp.internal|corp.internal|*.b.internal|b.internal|c.internal "
      "-Djavax.net.ssl.trustStore=/a/s.jks -Djavax.net.ssl.trustStorePassword=changeit");
  const auto v6 = java_tool_options("", "http://[::1]:8877", "localhost", "/a b/s.jks");
  ASSERT_TRUE(v6);
  EXPECT_NE(v6->find("-Dhttps.proxyHost=::1 "), v6->npos);
  EXPECT_NE(v6->find("\"-Djavax.net.ssl.trustStore=/a b/s.jks\""), v6->npos);
  EXPECT_NE(java_tool_options("", "http://[::1]:8877", "", "/a\"b/s")->find("'-Djavax"), v6->npos);
  EXPECT_FALSE(java_tool_options("", "http://[::1]:8877", "", "/a\"b'/s"));
  EXPECT_FALSE(java_tool_options("", "", "", "/a"));
}

// Whatever the caller had, ours goes and the rest stays.
TEST(Appended, TakenAwayAgain) {
  for (const std::string& callers : {std::string(), std::string("--a --require \"/b/c.cjs\""), std::string("x y")}) {
    EXPECT_EQ(without_ours("NODE_OPTIONS", node_options(callers, "/r/cvr-preload.cjs")), callers);
    EXPECT_EQ(without_ours("BUN_OPTIONS", bun_options(callers, "/r s/cvr-preload.cjs")), callers);
    EXPECT_EQ(without_ours("PHP_INI_SCAN_DIR", php_scan_dir(callers, "/r/cvr-php.d")), callers);
    EXPECT_EQ(without_ours("JAVA_TOOL_OPTIONS", *java_tool_options(callers, "http://a:1", "b", "/r/s")), callers);
  }
  EXPECT_EQ(without_ours("NODE_OPTIONS", node_options(node_options("", "/1/cvr-preload.cjs"), "/2/cvr-preload.cjs")),
            "");
  EXPECT_EQ(without_ours("NODE_OPTIONS", node_options("", "/1/cvr-preload.cjs") + " --b"), " --b");
  for (const char* odd : {"/cvr-preload.cjs\"", "--require \"", "\"", ""}) {
    EXPECT_EQ(without_ours("NODE_OPTIONS", odd), odd);
  }
  EXPECT_EQ(without_ours("OTHER", node_options("", "/1/cvr-preload.cjs")), node_options("", "/1/cvr-preload.cjs"));
}

}  // namespace
}  // namespace cvr::app
