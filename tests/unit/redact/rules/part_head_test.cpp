#include "redact/rules/part_head.h"

#include "kit.h"

namespace cvr::redact {
namespace {

std::string headed(Kit& kit, std::string_view head, bool changed = false) {
  Edits edits;
  collect_part_head(head, changed, kit.context, edits);
  return kit.apply_to(head, std::move(edits)).text;
}

TEST(PartHead, SaysWhatItsContentIs) {
  const PartHead head = parse_part_head(
      "content-type: application/json; charset=utf-8\r\nContent-Disposition: form-data;\r\n\tfilename=f;\r\n "
      "name=\"a\"\r\nContent-Transfer-Encoding: Base64");
  EXPECT_EQ(head.name, "a");
  EXPECT_TRUE(head.base64);
  EXPECT_EQ(head.type.essence, "application/json");
  EXPECT_EQ(parse_part_head("Content-Disposition: form-data; name*=utf-8\x27\x27pass%77ord").name, "password");
  EXPECT_EQ(parse_part_head("").name, "");
  EXPECT_EQ(parse_part_head("no colon\r\n\r").name, "");
}

TEST(PartHead, FieldsGoAsThoseOfMessagesDo) {
  const std::string hex = test::random_hex(32);
  const std::string text = test::random_text(24, "abcdefghijklmnopqrstuvwxyz0123456789");
  const auto goes = [](std::string_view before, const std::string& secret, std::string_view after = {}) {
    Kit kit;
    const std::string head =
        "Content-Type: text/plain\r\n" + std::string(before) + secret + std::string(after) + "\r\nContent-ID: <a@b>";
    const std::string want = "Content-Type: text/plain\r\n" + std::string(before) + kit.pseudonyms.of(secret) +
                             std::string(after) + "\r\nContent-ID: <a@b>";
    EXPECT_EQ(headed(kit, head), want) << before;
    return kit.ledger.find(secret) != nullptr;
  };
  EXPECT_TRUE(goes("X-Avinode-ApiToken: ", hex));
  EXPECT_TRUE(goes("x-api-key:", text));
  EXPECT_TRUE(goes("X-Api-Key : ", text, "  "));
  EXPECT_TRUE(goes("Cookie: sid=", text, "; theme=\"\""));
  EXPECT_TRUE(goes("Set-Cookie: sid=", text, "; Path=/"));
  EXPECT_TRUE(goes("Authorization: Bearer ", hex));
  EXPECT_TRUE(goes("Content-Disposition: form-data; name=\"x\"; token=\"", text, "\"; filename=\"a b.txt\""));
  EXPECT_TRUE(goes("Content-Disposition: form-data; token=", text, "; name=x"));
  EXPECT_TRUE(goes("Content-Location: /a?access_token=", hex));
  EXPECT_FALSE(goes("X-Foo: ", "some text"));
}

TEST(PartHead, WhatDescribesStays) {
  Kit kit;
  for (const std::string head :
       {"Content-Disposition: form-data; name=\"password\"; filename=\"token.txt\"\r\nContent-Type: text/plain; "
        "charset=utf-8\r\nContent-Length: 12\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <root@x>",
        "MIME-Version: 1.0\nContent-Range: bytes 0-99/1000", "content-disposition: form-data;\r\n name=\"a\"",
        "Content-MD5: 1B2M2Y8AsgTpgAmY7PhCfg==", "no colon", ":", "", "\r\n \r\n"}) {
    EXPECT_EQ(headed(kit, head), head);
  }
  EXPECT_EQ(kit.ledger.size(), 0u);
}

TEST(PartHead, ADigestGoesWithWhatItIsOf) {
  Kit kit;
  const std::string digest = test::random_hex(32);
  EXPECT_EQ(headed(kit, "Content-MD5: " + digest, true), "Content-MD5: " + kit.pseudonyms.of(digest));
}

TEST(PartHead, FoldedValues) {
  Kit kit;
  const std::string secret = test::random_hex(32);
  for (const std::string_view fold : {"\r\n ", "\n\t", "\r "}) {
    const std::string head = "Authorization: Bearer" + std::string(fold) + secret + "\r\nContent-ID: a";
    const std::string out = headed(kit, head);
    EXPECT_EQ(out.find(secret), out.npos);
    EXPECT_TRUE(out.starts_with("Authorization: ") && out.ends_with("\r\nContent-ID: a")) << out;
    EXPECT_NE(kit.ledger.find(secret), nullptr);
  }
  const std::string bearer = "Authorization:\r\n Bearer ";
  EXPECT_EQ(headed(kit, bearer + secret), bearer + kit.pseudonyms.of(secret));
  const std::string head = "Content-Disposition: form-data;\r\n name=\"a\";\r\n token=\"" + secret + "\"";
  EXPECT_EQ(headed(kit, head),
            "Content-Disposition: form-data;\r\n name=\"a\";\r\n token=\"" + kit.pseudonyms.of(secret) + "\"");
}

}  // namespace
}  // namespace cvr::redact
