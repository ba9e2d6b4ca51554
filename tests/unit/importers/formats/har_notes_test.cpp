#include "importers/formats/har_notes.h"

#include "importers/json_reader.h"
#include "kit.h"

namespace cvr::importers {
namespace {

std::vector<std::string> certificate(const std::string& entry) {
  std::vector<std::string> out;
  add_certificate_flags(read_json(entry).value(), out);
  return out;
}
std::vector<std::string> padding(const std::string& headers) {
  std::vector<std::string> out;
  add_padding_flags(read_json("{\"headers\":" + headers + "}").value(), out);
  return out;
}

TEST(HarNotes, TheIssuerOfEntryOrResponse) {
  EXPECT_EQ(certificate(R"({"_securityDetails":{"issuer":"R11"}})"), std::vector<std::string>{"tls-issuer: R11"});
  EXPECT_EQ(certificate(R"({"response":{"_securityDetails":{"issuer":"A b"}}})"),
            std::vector<std::string>{"tls-issuer: A b"});
  for (const char* text : {"{}", R"({"_securityDetails":[]})", R"({"_securityDetails":{"issuer":7}})",
                           R"({"_securityDetails":{"issuer":""}})"}) {
    EXPECT_TRUE(certificate(text).empty()) << text;
  }
  const auto hostile =
      certificate(R"({"_securityDetails":{"issuer":"\u001b[31m)" + std::string(10'000, 'x') + R"("}})");
  ASSERT_EQ(hostile.size(), 1u);
  EXPECT_LT(hostile.front().size(), 120u);
  EXPECT_EQ(hostile.front().find('\x1b'), std::string::npos);
}

TEST(HarNotes, WhiteSpaceAroundCredentialsAlone) {
  EXPECT_EQ(padding(R"([{"name":"Authorization","value":" x"},{"name":"X-Api-Key","value":"x\t"}])"),
            (std::vector<std::string>{"padded-field: authorization", "padded-field: x-api-key"}));
  EXPECT_TRUE(padding(R"([{"name":"Accept","value":" x"},{"name":"Authorization","value":"x"},{"name":"a b token",)"
                      R"("value":" "}])")
                  .empty());
  EXPECT_TRUE(padding("7").empty());
  std::string many = "[";
  for (int i = 0; i < 100; ++i) many += R"({"name":"token","value":" x"},)";
  EXPECT_LE(padding(many + "{}]").size(), 4u);
}

}  // namespace
}  // namespace cvr::importers
