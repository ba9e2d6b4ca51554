// Tunnels through a real one: tests/e2e/test_upstream_proxy.py.
#include "net/upstream_proxy.h"

namespace cvr::net {
namespace {

TEST(UpstreamProxy, Authorities) {
  EXPECT_EQ(authority_form("a.test", 443), "a.test:443");
  EXPECT_EQ(authority_form("::1", 8443), "[::1]:8443");
}

TEST(UpstreamProxy, TargetsAreWholeUrls) {
  http::Request request;
  request.origin = {http::Scheme::kHttp, "a.test", 80};
  request.path = "/x%20y";
  request.query = "q=1";
  request.has_query = true;
  EXPECT_EQ(absolute_target(request), "http://a.test/x%20y?q=1");
  request.origin.port = 8080;
  request.path = "*";
  request.has_query = false;
  EXPECT_EQ(absolute_target(request), "http://a.test:8080");
}

}  // namespace
}  // namespace cvr::net
