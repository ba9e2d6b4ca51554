#include "exporters/yaml.h"

namespace cvr::exporters {
namespace {

TEST(Yaml, AScalarIsOneLineWhateverStandsInIt) {
  EXPECT_EQ(yaml_quoted("a: #b {c} 'd' \"e\" \\"), R"("a: #b {c} 'd' \"e\" \\")");
  EXPECT_EQ(yaml_quoted("1\n2\r\t\x1b\x7f"), R"("1\n2\u000D\u0009\u001B\u007F")");
  EXPECT_EQ(yaml_quoted("caf\xc3\xa9 \xf0\x9f\x9b\xa9"), "\"caf\xc3\xa9 \xf0\x9f\x9b\xa9\"");
  EXPECT_EQ(yaml_quoted("\xc2\x85\xe2\x80\xa8\xef\xbb\xbf"), R"("\u0085\u2028\uFEFF")");
  EXPECT_EQ(yaml_quoted("\xff!"), "\"\xef\xbf\xbd!\"");
  EXPECT_EQ(yaml_quoted(""), "\"\"");
}

TEST(Yaml, BytesAreBase64) { EXPECT_EQ(yaml_binary(std::string_view("\0\1", 2)), "!!binary \"AAE=\""); }

}  // namespace
}  // namespace cvr::exporters
