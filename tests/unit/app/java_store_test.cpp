#include "app/java_store.h"

#include "base/base64.h"

namespace cvr::app {
namespace {

std::string pem(const std::string& der) {
  return "-----BEGIN CERTIFICATE-----\n" + base64_encode(der) + "\n-----END CERTIFICATE-----\n";
}

// By the description of JKS: magic, version, count; tag, alias, date, type, length, certificate; SHA-1.
// keytool reads the real ones in tests/e2e/test_switches.py.
TEST(JavaStore, Bytes) {
  const std::string store = java_trust_store("text\n" + pem("DER1") + pem("D2"), "changeit");
  const std::string head =
      "feedfeed"
      "00000002"
      "00000002";
  const std::string first =
      "00000002"
      "0005" +
      hex_encode("cvr-1") +
      "0000000000000000"
      "0005" +
      hex_encode("X.509") + "00000004" + hex_encode("DER1");
  const std::string second =
      "00000002"
      "0005" +
      hex_encode("cvr-2") +
      "0000000000000000"
      "0005" +
      hex_encode("X.509") + "00000002" + hex_encode("D2");
  const std::string hex = hex_encode(store);
  EXPECT_EQ(hex.substr(0, hex.size() - 40), head + first + second);
  EXPECT_NE(java_trust_store(pem("DER1"), "a").substr(12), java_trust_store(pem("DER1"), "b").substr(12));
  EXPECT_EQ(java_trust_store(pem("DER1"), "a"), java_trust_store(pem("DER1"), "a"));
}

TEST(JavaStore, WhatIsNoCertificateIsLeftOut) {
  const std::string none = java_trust_store("", "changeit");
  EXPECT_EQ(none.size(), 12U + 20U);
  for (const std::string& text : {std::string("-----BEGIN CERTIFICATE-----\n***\n-----END CERTIFICATE-----\n"),
                                  std::string("-----BEGIN CERTIFICATE-----\nQUJD"), std::string("QUJD"),
                                  std::string("-----BEGIN CERTIFICATE----------END CERTIFICATE-----")}) {
    EXPECT_EQ(java_trust_store(text, "changeit"), none);
  }
}

}  // namespace
}  // namespace cvr::app
