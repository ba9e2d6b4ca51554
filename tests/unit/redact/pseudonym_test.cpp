#include "redact/pseudonym.h"

#include <set>

#include "kit.h"
#include "redact/check.h"

namespace cvr::redact {
namespace {

TEST(Pseudonym, SameValueSamePseudonymTwinsDiffer) {
  Kit kit;
  for (const std::string& value :
       {test::random_uuid(), test::random_hex(32), test::random_base64url(43), test::random_jwt(),
        test::random_password(), std::string("svc"), std::string("8374926151")}) {
    EXPECT_EQ(kit.pseudonyms.of(value), kit.pseudonyms.of(value));
    std::string twin = value;
    twin.back() = twin.back() == '1' ? '2' : '1';
    EXPECT_NE(kit.pseudonyms.of(value), kit.pseudonyms.of(twin));
    EXPECT_NE(kit.pseudonyms.of(value), value);
  }
  EXPECT_NE(Pseudonyms(test_key(9), {{}, {}, [](std::string_view) { return false; }}).of("some-token-value"),
            kit.pseudonyms.of("some-token-value"));
}

TEST(Pseudonym, AllAreRecognisedWithoutTheKey) {
  Kit kit;
  for (std::size_t size = 1; size < 80; ++size) {
    for (const char* alphabet : {"0123456789", "0123456789abcdef", "0123456789ABCDEF", "abcXYZ019-_",
                                 "a!\"\\&<%\xc3\xa4 ", "!@#$%^&*", "-_.:"}) {
      const std::string value = test::random_text(size, alphabet);
      const std::string pseudonym = kit.pseudonyms.of(value);
      if (size >= 8 && size < 20 && value.find_first_not_of("0123456789") == value.npos) {
        // Too few digits for a check: a JSON number that holds it must stay one that programs can read.
        EXPECT_EQ(pseudonym.size(), size);
        EXPECT_EQ(pseudonym.find_first_not_of("0123456789"), pseudonym.npos);
        EXPECT_EQ(pseudonym, kit.pseudonyms.number(value));
        continue;
      }
      EXPECT_TRUE(is_pseudonym(pseudonym)) << size << ' ' << alphabet;
      EXPECT_EQ(pseudonym.size(), std::max<std::size_t>(size, pseudonym.size() == 20 ? 20 : 16));
    }
  }
  EXPECT_TRUE(is_pseudonym(kit.pseudonyms.of(test::random_uuid())));
  EXPECT_EQ(kit.pseudonyms.of(""), "");
}

TEST(Pseudonym, ShapesStay) {
  Kit kit;
  const std::string uuid = test::random_uuid();
  const std::string by = kit.pseudonyms.of(uuid);
  EXPECT_TRUE(is_uuid(by));
  EXPECT_EQ(by[14], '4');
  EXPECT_EQ(by[19], uuid[19]);
  std::string upper = uuid;
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  std::string by_upper = kit.pseudonyms.of(upper);
  for (char& c : by_upper) c = static_cast<char>(std::tolower(c));
  EXPECT_EQ(by_upper.substr(0, 28), by.substr(0, 28));  // one identity, two spellings

  const std::string hex = kit.pseudonyms.of(test::random_hex(64));
  EXPECT_EQ(hex.find_first_not_of("0123456789abcdef"), hex.npos);
  const std::string digits = kit.pseudonyms.of("83749261");
  EXPECT_EQ(digits.find_first_not_of("0123456789"), digits.npos);
  const std::string prefixed = kit.pseudonyms.of("avinode_" + test::random_base64url(50));
  EXPECT_TRUE(prefixed.starts_with("avinode_"));
  EXPECT_EQ(prefixed.size(), 58u);
  EXPECT_TRUE(is_pseudonym(prefixed));
}

TEST(Pseudonym, PunctuationOfPasswordsGoes) {
  Kit kit;
  const std::string by = kit.pseudonyms.of("p\"a\\s&s<w%o!r@d#1234");
  EXPECT_TRUE(std::all_of(by.begin(), by.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)); }));
  EXPECT_EQ(kit.pseudonyms.of("ab12-cd34-ef56-gh78")[4], '-');
}

TEST(Pseudonym, NumbersKeepTheirForm) {
  Kit kit;
  for (const char* text : {"12345", "-275.50", "0.5", "7", "1.5e10", "0"}) {
    const std::string by = kit.pseudonyms.number(text);
    EXPECT_EQ(by.size(), std::string(text).size());
    for (std::size_t i = 0; i < by.size(); ++i) EXPECT_EQ(std::isdigit(by[i]) != 0, std::isdigit(text[i]) != 0);
    EXPECT_EQ(by[0] == '0', text[0] == '0');
  }
  EXPECT_EQ(kit.pseudonyms.number("1.5e10").substr(3), "e10");
}

// Of a hundred seats no two are one.
TEST(Pseudonym, SmallNumbersStayApart) {
  Kit kit;
  std::set<std::string> seen;
  for (int i = 0; i < 2000; ++i) {
    const std::string by = kit.pseudonyms.number(std::to_string(i));
    EXPECT_NE(by, i == 0 ? "" : std::to_string(i));
    EXPECT_TRUE(seen.insert(by).second) << i;
  }
}

TEST(Pseudonym, BodyDigestsAreKeyed) {
  Kit kit;
  EXPECT_EQ(kit.pseudonyms.body_digest_of("abc").size(), 64u);
  EXPECT_NE(kit.pseudonyms.body_digest_of("abc"), kit.pseudonyms.body_digest_of("abd"));
  EXPECT_NE(Pseudonyms(test_key(9), {}).body_digest_of("abc"), kit.pseudonyms.body_digest_of("abc"));
}

TEST(Pseudonym, NoWindowOfTheValueSurvives) {
  Kit kit;
  for (int i = 0; i < 200; ++i) {
    const std::string value = test::random_base64url(60);
    const std::string by = kit.pseudonyms.of(value);
    for (std::size_t at = 0; at + 12 <= value.size(); ++at) EXPECT_EQ(by.find(value.substr(at, 12)), by.npos);
  }
}

}  // namespace
}  // namespace cvr::redact
