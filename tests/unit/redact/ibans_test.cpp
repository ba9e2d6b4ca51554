#include "redact/ibans.h"

#include "kit.h"

namespace cvr::redact {
namespace {

// With check digits that hold.
std::string account(const std::string& country, const std::string& inside) {
  for (int check = 2; check < 99; ++check) {
    const std::string text = country + (check < 10 ? "0" : "") + std::to_string(check) + inside;
    if (is_iban(text)) return text;
  }
  return "none";
}

std::string grouped(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) out += (i > 0 && i % 4 == 0 ? " " : "") + text.substr(i, 1);
  return out;
}

TEST(Ibans, OfACountryWithTheirCheck) {
  const std::string german = account("DE", test::random_text(18, "0123456789"));
  const std::string british = account("GB", "WEST" + test::random_text(14, "0123456789"));
  EXPECT_EQ(german.size(), 22u);
  EXPECT_EQ(british.size(), 22u);
  EXPECT_TRUE(is_iban(grouped(german)));
  EXPECT_TRUE(
      is_iban("DE89"
              "370400440532013000"));  // of the registry
  std::string wrong = german;
  wrong.back() = wrong.back() == '9' ? '0' : static_cast<char>(wrong.back() + 1);
  EXPECT_FALSE(is_iban(wrong));
  EXPECT_FALSE(is_iban("XX" + german.substr(2)));
  EXPECT_FALSE(is_iban(german + "1"));
  EXPECT_EQ(iban_size("x" + german, 1), 0u);
  EXPECT_EQ(iban_size(german + "x", 0), 0u);
  for (std::size_t size = 0; size < german.size(); ++size) EXPECT_FALSE(is_iban(german.substr(0, size)));
}

TEST(Ibans, AreFoundAnywhere) {
  Kit kit;
  const std::string german = account("DE", test::random_text(18, "0123456789"));
  for (const std::string& text : {"{\"n\":\"" + german + "\"}", "pay to " + german + ".",
                                  "pay to " + grouped(german) + " now", "a=1&to=" + german, german}) {
    const RedactedText out = kit.found(text);
    ASSERT_EQ(out.spans.size(), 1u) << text;
    EXPECT_EQ(out.spans[0].rule, "pattern.iban");
    EXPECT_EQ(out.text.size(), text.size());
    EXPECT_TRUE(span_text(out, 0).starts_with("DE"));
    EXPECT_FALSE(is_iban(span_text(out, 0)));
    EXPECT_EQ(kit.found(out.text).text, out.text);
  }
}

TEST(Ibans, LongTextsOfBeginningsAreReadOnce) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "DE89 ";
  EXPECT_EQ(next_iban(text, 0), 0u);
  EXPECT_EQ(next_iban("no capitals here at all, none", 0), 29u);
  Kit kit;
  EXPECT_TRUE(kit.found(text).spans.empty());
}

}  // namespace
}  // namespace cvr::redact
