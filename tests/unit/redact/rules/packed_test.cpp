#include "kit.h"

namespace cvr::redact {
namespace {

using namespace std::string_literals;

class PackedRule : public ::testing::Test {
 protected:
  std::string binary(std::string_view bytes, std::string_view type = {}) {
    return kit_.ruled(collect_binary, bytes, type).text;
  }
  static std::string messagepack(std::string_view value) {
    return "\x82\xadplain_members\x93\x01\xc0\xcb"s + std::string(8, 'x') +
           "\xa1z\x81\xad"
           "client_secret\xd9" +
           static_cast<char>(value.size()) + std::string(value);
  }
  static std::string cbor(std::string_view value) {
    return "\xa2\x61\x61\xc1\x1a\x01\x02\x03\x04\x61z\xbf\x6d"s + "client_secret\x78" +
           static_cast<char>(value.size()) + std::string(value) + "\xff";
  }

  Kit kit_;
  const std::string secret_ = test::random_text(14, "bcdf") + "-" + test::random_text(12, "ghjk");
};

TEST_F(PackedRule, ValuesOfSensitiveKeysKeepTheirLength) {
  const std::string by = kit_.pseudonyms.of(secret_);
  ASSERT_EQ(by.size(), secret_.size());
  for (const char* type : {"application/msgpack", "application/octet-stream", ""}) {
    EXPECT_EQ(binary(messagepack(secret_), type), messagepack(by)) << type;
  }
  for (const char* type : {"application/cbor", "application/octet-stream", "application/senml+cbor"}) {
    EXPECT_EQ(binary(cbor(secret_), type), cbor(by)) << type;
  }
  EXPECT_EQ(kit_.ruled(collect_text, messagepack(secret_), "application/msgpack").text, messagepack(by));
  // A short one stays as long as it is.
  const std::string small = "\x81\xa8password\xa6"s + test::random_text(6, "bcdf");
  EXPECT_EQ(binary(small).size(), small.size());
  EXPECT_NE(binary(small), small);
}

TEST_F(PackedRule, ListsUnderSensitiveKeys) {
  const std::string list = "\x81\xa9passwords\x92\xba"s;
  ASSERT_LT(secret_.size(), 32U);
  const std::string one = static_cast<char>(0xa0 + secret_.size()) + secret_;
  const std::string text = list.substr(0, list.size() - 1) + one + one;
  EXPECT_EQ(binary(text).find(secret_), std::string::npos);
}

TEST_F(PackedRule, TextsInPieces) {
  const std::string text = "\xa1\x68password\x7f\x6e"s + secret_.substr(0, 14) + "\x6d" + secret_.substr(14) + "\xff";
  const std::string out = binary(text, "application/cbor");
  EXPECT_EQ(out.size(), text.size());
  EXPECT_EQ(out.find(secret_.substr(0, 14)), out.npos);
  EXPECT_EQ(out.find(secret_.substr(14)), out.npos);
}

TEST_F(PackedRule, TheBeginningOfAValueGoes) {
  for (const char* type : {"application/msgpack", "application/x-msgpack"}) {
    const std::string text = messagepack(secret_);
    const std::string out = binary(std::string_view(text).substr(0, text.size() - 3), type);
    EXPECT_EQ(out.size(), text.size() - 3);
    EXPECT_EQ(out.find(secret_.substr(0, 12)), out.npos);
  }
}

TEST_F(PackedRule, DocumentsInTextsKeepTheirLength) {
  const std::string document = "{\"client_secret\":\"" + secret_ + "\"}";
  const std::string text = "\x81\xa1z\xd9"s + static_cast<char>(document.size()) + document;
  const std::string out = binary(text);
  EXPECT_EQ(out.size(), text.size());
  EXPECT_EQ(out.find(secret_), out.npos);
  EXPECT_NE(out.find("{\"client_secret\":\""), out.npos);
}

TEST_F(PackedRule, HostileAndOtherBytesStay) {
  std::string cut = messagepack(secret_);
  cut.pop_back();
  EXPECT_EQ(binary(cut), cut);  // a guess that the whole does not bear out
  for (const std::string& bytes :
       {std::string(4000, '\x91'), std::string(4000, '\x81'), "\xdf\xff\xff\xff\xff\xa1z"s, "\x81\xa1"s,
        "\xdb\xff\xff\xff\xff"s, "\xbf\xff\xff\xff"s, "\x9f"s, "\xff\xff\xff"s, "\xc1\xc1\xc1"s, "\xa1\x61\x61\x1b"s,
        "\x5f\x41\x61\xff"s, "\x89PNG\r\n\x1a\n"s, "\x82\xa1z"s + std::string(1, '\xc9')}) {
    for (const char* type : {"application/msgpack", "application/cbor", ""}) EXPECT_EQ(binary(bytes, type), bytes);
  }
}

}  // namespace
}  // namespace cvr::redact
