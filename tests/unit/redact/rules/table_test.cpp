#include "kit.h"

namespace cvr::redact {
namespace {

TEST(TableRule, ColumnsWithSensitiveNames) {
  Kit kit;
  const std::string secret = test::random_text(6, "bcdf") + "-" + test::random_text(6, "ghjk");
  for (const char* form :
       {"id,client_secret\n1,%\n2,%\n", "\xef\xbb\xbfpassword;id\r\n%;1\r\n%;2", "a\tpassword\tb\nx\t%\ty\n",
        "\"id\",\"client_secret\"\n\"a, \"\"b\"\"\nc\",\"%\"\n", "client_secret\n%"}) {
    const auto filled = [form](std::string_view by) {
      std::string text = form;
      for (std::size_t at = text.find('%'); at != text.npos; at = text.find('%', at + by.size()))
        text.replace(at, 1, by);
      return text;
    };
    EXPECT_EQ(kit.ruled(collect_text, filled(secret), "text/csv").text, filled(kit.pseudonyms.of(secret))) << form;
  }
}

TEST(TableRule, NamesBesideAddressesAreOfPeople) {
  Kit kit;
  const std::string ada = kit.pseudonyms.shaped("Ada Lovelace", Kind::kName).value();
  const RedactedText out =
      kit.ruled(collect_text, "id,Name,note\n1,Ada Lovelace,x\n2,Sky Charter GmbH,y\n", "text/csv");
  EXPECT_EQ(out.text, "id,Name,note\n1,Ada Lovelace,x\n2,Sky Charter GmbH,y\n");
  EXPECT_EQ(kit.ruled(collect_text, "id;Name;e-mail\n1;Ada Lovelace;\n2;Sky Charter GmbH;\n", "text/csv").text,
            "id;Name;e-mail\n1;" + ada + ";\n2;Sky Charter GmbH;\n");
}

TEST(TableRule, OtherTablesStay) {
  Kit kit;
  for (const char* text : {"id,name\n1,Bob Smith\n", "id,client_secret", "id,client_secret\n1", "\"", "\n\n,,\n\"", ",",
                           "a,\"b\"c\n\"\"\"", "id,client_secret\n1,\n2,\"\"\n"}) {
    EXPECT_EQ(kit.ruled(collect_text, text, "text/csv").text, text);
  }
}

}  // namespace
}  // namespace cvr::redact
