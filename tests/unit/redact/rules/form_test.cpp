#include "kit.h"

namespace cvr::redact {
namespace {

TEST(FormRule, NamedFields) {
  Kit kit;
  const std::string out =
      kit.ruled(collect_form,
                "grant_type=client_credentials&client_id=abc-def-ghi&client_secret=a%2Bb%21c%40d&expiresInMinutes=30")
          .text;
  EXPECT_EQ(out, "grant_type=client_credentials&client_id=" + kit.pseudonyms.of("abc-def-ghi") +
                     "&client_secret=" + kit.pseudonyms.of("a+b!c@d") + "&expiresInMinutes=30");
  EXPECT_EQ(kit.ruled(collect_form, "").text, "");
}

}  // namespace
}  // namespace cvr::redact
