#include "kit.h"

namespace cvr::redact {
namespace {

TEST(JsonLines, OneTextALine) {
  Kit kit;
  EXPECT_EQ(kit.ruled(collect_json_lines, "{\"a\":1}\r\n{\"password\":\"abcd1234\"}\n\n").text,
            "{\"a\":1}\r\n{\"password\":\"" + kit.pseudonyms.of("abcd1234") + "\"}\n\n");
  EXPECT_EQ(kit.ruled(collect_json_lines, "{\"a\":1}\n{").text, "error");
}

TEST(JsonLines, RecordSeparators) {
  Kit kit;
  const std::string text = "\x1e{\"password\":\"%\"}\n\x1e{\"a\":1}\n";
  std::string raw = text;
  std::string by = text;
  raw.replace(raw.find('%'), 1, "abcd1234");
  by.replace(by.find('%'), 1, kit.pseudonyms.of("abcd1234"));
  EXPECT_EQ(kit.ruled(collect_json_lines, raw).text, by);
  EXPECT_EQ(kit.ruled(collect_json_lines, "\x1e{\x1e").text, "error");
}

}  // namespace
}  // namespace cvr::redact
