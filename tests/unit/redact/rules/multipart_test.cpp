#include "base/base64.h"
#include "kit.h"

namespace cvr::redact {
namespace {

constexpr const char* kType = "multipart/form-data; boundary=\"--x\"";

std::string part(std::string_view head, std::string_view content) {
  return "----x\r\n" + std::string(head) + "\r\n\r\n" + std::string(content) + "\r\n";
}

TEST(MultipartRule, FieldsByName) {
  Kit kit;
  const std::string t = test::random_hex(20);
  const std::string p = kit.pseudonyms.of(t);
  const auto body = [&](std::string_view secret) {
    return part("Content-Disposition: form-data; name=\"note\"", "kept") +
           part("content-disposition: form-data; filename=\"f\"; name=client_secret\r\nX-Api-Key: " +
                    std::string(secret),
                secret) +
           part("Content-Disposition: form-data; name=\"json\"\r\nContent-Type: application/json",
                "{\"password\":\"" + std::string(secret) + "\"}") +
           part("Content-Disposition: form-data; name=\"empty\"", "") + "----x--\r\n";
  };
  EXPECT_EQ(kit.ruled(collect_multipart, body(t), kType).text, body(p));
}

TEST(MultipartRule, BareLineFeeds) {
  Kit kit;
  const std::string text = "--b\nContent-Disposition: form-data; name=\"token\"\n\nabcdefgh1\n--b--";
  EXPECT_EQ(kit.ruled(collect_multipart, text, "multipart/form-data; boundary=b").text,
            "--b\nContent-Disposition: form-data; name=\"token\"\n\n" + kit.pseudonyms.of("abcdefgh1") + "\n--b--");
}

TEST(MultipartRule, WhatItCanNotReadIsAnError) {
  Kit kit;
  for (const auto& [type, text] : {std::pair{"multipart/form-data", "----x--"},
                                   {kType, "no boundary"},
                                   {kType, "----x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nnever closed"},
                                   {kType, "----x\r\nno blank line\r\n----x--"},
                                   {kType, "----x"}}) {
    EXPECT_EQ(kit.ruled(collect_multipart, text, type).text, "error") << text;
  }
  EXPECT_EQ(kit.ruled(collect_multipart, part("Content-Type: application/json", "{broken") + "----x--", kType).text,
            "error");
  EXPECT_EQ(
      kit.ruled(collect_multipart, part("Content-Type: multipart/mixed; boundary=y", "--y") + "----x--", kType).text,
      "error");
}

TEST(MultipartRule, PartsInPartsToADepth) {
  Kit kit;
  const std::string secret = test::random_text(24, "abcdefghijklmnop");
  std::string text = "--b0\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n" + secret + "\r\n--b0--";
  std::string type = "multipart/mixed; boundary=b0";
  for (int depth = 1; depth <= 4; ++depth) {
    const std::string boundary = "b" + std::to_string(depth);
    text = "--" + boundary + "\r\nContent-Type: " + type + "\r\n\r\n" + text + "\r\n--" + boundary + "--";
    type = "multipart/mixed; boundary=" + boundary;
    const std::string out = kit.ruled(collect_multipart, text, type).text;
    EXPECT_EQ(out == "error", depth > 3);
    EXPECT_EQ(out.find(secret), out.npos);
  }
}

TEST(MultipartRule, HeadsOfPartsInParts) {
  Kit kit;
  const std::string t = test::random_hex(32);
  const auto body = [&](const std::string& secret) {
    return part("Content-Type: multipart/mixed; boundary=y\r\nX-Auth-Token: " + secret,
                "--y\r\nContent-Type: text/plain\r\nCookie: sid=" + secret + "\r\n\r\nhi\r\n--y--") +
           "----x--\r\n";
  };
  EXPECT_EQ(kit.ruled(collect_multipart, body(t), kType).text, body(kit.pseudonyms.of(t)));
}

TEST(MultipartRule, CodedContentAndExtendedNames) {
  Kit kit;
  const std::string t = test::random_hex(20);
  const auto body = [&](std::string_view secret, const std::string& coded) {
    return part("Content-Disposition: form-data; name*=utf-8\x27\x27password", secret) +
           part("Content-Disposition: form-data; name=password\r\nContent-Transfer-Encoding: base64", coded) +
           "----x--\r\n";
  };
  const std::string p = kit.pseudonyms.of(t);
  EXPECT_EQ(kit.ruled(collect_multipart, body(t, base64_encode(t)), kType).text, body(p, base64_encode(p)));
  EXPECT_NE(kit.ledger.find(t), nullptr);
}

}  // namespace
}  // namespace cvr::redact
