#include "net/proxy_bypass.h"

#include <gtest/gtest.h>

namespace cvr::net {
namespace {

bool goes_past(std::string_view list, std::string_view host, std::uint16_t port = 443) {
  return bypasses_proxy(list, host, port);
}

TEST(ProxyBypass, AListIsDividedByCommasAndSpaces) {
  for (const char* host : {"a.example", "b.example", "c"})
    EXPECT_TRUE(goes_past(" A.example,, b.example\tc ", host)) << host;
  EXPECT_FALSE(goes_past(" A.example,, b.example\tc ", "d"));
}

TEST(ProxyBypass, ANameAndWhatIsBelow) {
  for (const char* entry :
       {"vendor.example", ".vendor.example", "*.vendor.example", "VENDOR.example.", "*", "x, vendor.example"}) {
    EXPECT_TRUE(goes_past(entry, "vendor.example")) << entry;
    EXPECT_TRUE(goes_past(entry, "api.vendor.example")) << entry;
  }
  for (const char* entry : {"", ".", "api.vendor.example", "dor.example", "vendor.example.org", "vendor"}) {
    EXPECT_FALSE(goes_past(entry, "vendor.example")) << entry;
  }
}

TEST(ProxyBypass, APortNarrowsIt) {
  EXPECT_TRUE(goes_past("vendor.example:8443", "vendor.example", 8443));
  EXPECT_FALSE(goes_past("vendor.example:8443", "vendor.example", 443));
  EXPECT_TRUE(goes_past("[::1]:8443", "::1", 8443));
  for (const char* broken :
       {"vendor.example:", "vendor.example:44x", "vendor.example:99999999999", "[::1", "[::1]8443"}) {
    EXPECT_FALSE(goes_past(broken, "vendor.example")) << broken;
    EXPECT_FALSE(goes_past(broken, "::1")) << broken;
  }
}

TEST(ProxyBypass, AddressesAndNetworks) {
  EXPECT_TRUE(goes_past("192.0.2.7", "192.0.2.7"));
  EXPECT_FALSE(goes_past("2.7", "192.0.2.7"));  // no ending of an address
  EXPECT_TRUE(goes_past("::1", "::1"));
  EXPECT_TRUE(goes_past("192.0.2.0/24", "192.0.2.255"));
  EXPECT_TRUE(goes_past("192.0.2.9/24", "192.0.2.255"));
  EXPECT_FALSE(goes_past("192.0.2.0/24", "192.0.3.1"));
  EXPECT_TRUE(goes_past("2001:db8::/32", "2001:db8:ffff::1"));
  EXPECT_FALSE(goes_past("2001:db8::/32", "2001:db9::1"));
  for (const char* broken : {"192.0.2.0/", "192.0.2.0/33", "/24", "name/24", "2001:db8::/129"}) {
    EXPECT_FALSE(goes_past(broken, "192.0.2.1")) << broken;
    EXPECT_FALSE(goes_past(broken, "2001:db8::1")) << broken;
    EXPECT_FALSE(goes_past(broken, "name")) << broken;
  }
}

}  // namespace
}  // namespace cvr::net
