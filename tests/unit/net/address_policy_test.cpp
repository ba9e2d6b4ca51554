#include "net/address_policy.h"

namespace cvr::net {
namespace {

bool is_public(const char* text) { return is_public_address(asio::ip::make_address(text)); }

TEST(AddressPolicy, WhatTheInternetReaches) {
  for (const char* text : {"1.1.1.1",         "8.8.8.8",         "9.255.255.255",
                           "11.0.0.0",        "100.63.255.255",  "100.128.0.0",
                           "126.255.255.255", "128.0.0.0",       "169.253.255.255",
                           "169.255.0.0",     "172.15.255.255",  "172.32.0.0",
                           "192.0.1.0",       "192.0.3.0",       "192.167.255.255",
                           "192.169.0.0",     "198.17.255.255",  "198.20.0.0",
                           "203.0.112.255",   "223.255.255.255", "2001:4860:4860::8888",
                           "2606:4700::1111", "2a00:1450::1",    "3000::1",
                           "2001:200::1",     "2001:db9::1",     "3fff:1000::1"}) {
    EXPECT_TRUE(is_public(text)) << text;
  }
}

TEST(AddressPolicy, WhatItDoesNot) {
  for (const char* text : {
           "0.0.0.0",     "0.255.255.255",                                       // this network
           "127.0.0.1",   "127.255.255.254",  "::1",                             // loopback
           "10.0.0.0",    "10.255.255.255",   "172.16.0.0",   "172.31.255.255",  // private
           "192.168.0.1", "192.168.255.255",  "fc00::1",      "fdff:ffff::1",    //
           "169.254.0.1", "169.254.169.254",  "fe80::1",      "febf::1",
           "fec0::1",                                                         // link-local, metadata, site-local
           "100.64.0.0",  "100.127.255.255",                                  // shared
           "198.18.0.0",  "198.19.255.255",                                   // benchmarking
           "192.0.0.1",   "192.0.2.1",        "198.51.100.1", "203.0.113.1",  // protocols, documentation
           "224.0.0.1",   "239.255.255.255",  "ff02::1",      "ff0e::1",      // multicast
           "240.0.0.1",   "255.255.255.255",  "::",           "4000::1",
           "e000::1",  // reserved, unspecified
           "2001::1",     "2001:1ff:ffff::1", "2001:db8::1",  "2001:db8:ffff::1",
           "3fff::1",     "3fff:fff::1",  // protocols, documentation
       }) {
    EXPECT_FALSE(is_public(text)) << text;
  }
}

TEST(AddressPolicy, AnIpv4AddressInDisguiseIsJudgedByItself) {
  for (const char* text : {"::ffff:127.0.0.1", "::ffff:10.1.2.3", "::ffff:169.254.169.254", "64:ff9b::127.0.0.1",
                           "64:ff9b::192.168.1.1", "2002:7f00:1::", "::127.0.0.1"}) {
    EXPECT_FALSE(is_public(text)) << text;
  }
  EXPECT_TRUE(is_public("::ffff:8.8.8.8"));
  EXPECT_TRUE(is_public("64:ff9b::8.8.8.8"));
  EXPECT_FALSE(is_public("2002:808:808::"));  // 6to4 is nobody's upstream
}

TEST(AddressPolicy, AZoneChangesNothing) { EXPECT_FALSE(is_public("fe80::1%1")); }

}  // namespace
}  // namespace cvr::net
