#include "app/bypass.h"

namespace cvr::app {
namespace {

const std::vector<std::string> kScope = {"*.vendor.example", "vendor.example"};

TEST(Bypass, EntriesThatHideAHostInScope) {
  for (const char* entry :
       {"vendor.example", ".vendor.example", "*.vendor.example", "Vendor.EXAMPLE", "api.vendor.example",
        "api.vendor.example:443", "vendor.example:8443", "*", "example", ".example", "endor.example", "*.example"}) {
    EXPECT_TRUE(hides_host(entry, kScope)) << entry;
  }
}

TEST(Bypass, EntriesThatHideNone) {
  for (const char* entry : {"", "localhost", "127.0.0.1", "::1", "[::1]", "10.0.0.0/8", "other.example",
                            "vendor.example.org", "intranet", "xvendor.example", ".corp.internal:8080", "fe80::1"}) {
    EXPECT_FALSE(hides_host(entry, kScope)) << entry;
  }
}

TEST(Bypass, AddressesInScope) {
  EXPECT_TRUE(hides_host("10.0.0.0/8", {"10.1.2.3"}));  // no arithmetic: any network counts
  EXPECT_TRUE(hides_host("[::1]:8443", {"::1"}));
  EXPECT_FALSE(hides_host("10.0.0.0/8", {"vendor.example"}));
}

TEST(Bypass, LoopbackNamesComeFirst) {
  const Bypass bypass = bypass_list({}, kScope);
  EXPECT_EQ(bypass.list, "localhost,127.0.0.1,::1,[::1]");
  EXPECT_TRUE(bypass.left_out.empty());
}

TEST(Bypass, LoopbackNamesInScopeAreProxied) {
  EXPECT_EQ(bypass_list({}, {"localhost"}).list, "127.0.0.1,::1,[::1]");
  EXPECT_EQ(bypass_list({}, {"app.localhost"}).list, "127.0.0.1,::1,[::1]");
  EXPECT_EQ(bypass_list({}, {"127.0.0.1"}).list, "localhost,::1,[::1]");
  EXPECT_TRUE(bypass_list({}, {"localhost"}).left_out.empty());  // the caller did not ask for them
}

TEST(Bypass, TheCallersEntriesAreKept) {
  const Bypass bypass = bypass_list({"corp.internal, .corp.internal,,localhost", "10.0.0.5 corp.internal"}, kScope);
  EXPECT_EQ(bypass.list, "localhost,127.0.0.1,::1,[::1],corp.internal,.corp.internal,10.0.0.5");
  EXPECT_TRUE(bypass.left_out.empty());
}

TEST(Bypass, TheCallersEntriesThatHideAreNamedOnce) {
  const Bypass bypass = bypass_list({".vendor.example,a.b,*", "*,.vendor.example"}, kScope);
  EXPECT_EQ(bypass.list, "localhost,127.0.0.1,::1,[::1],a.b");
  EXPECT_EQ(bypass.left_out, (std::vector<std::string>{".vendor.example", "*"}));
}

TEST(Bypass, WithoutScopeAllEntriesStay) { EXPECT_EQ(bypass_list({"*"}, {}).list, "localhost,127.0.0.1,::1,[::1],*"); }

TEST(Bypass, OddEntries) {
  for (const char* entry : {"[", "[]", ":", "::", "*.", ".", "/", ":443", "[::1"}) {
    hides_host(entry, kScope);
    bypass_list({entry}, kScope);
  }
}

}  // namespace
}  // namespace cvr::app
