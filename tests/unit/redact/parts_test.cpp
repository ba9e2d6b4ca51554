#include "redact/parts.h"

#include <map>

#include "base/base64.h"
#include "kit.h"
#include "redact/charset.h"

namespace cvr::redact {
namespace {

std::map<std::string, std::string> parts(Kit& kit, const std::string& value) {
  std::map<std::string, std::string> out;
  for_each_part(value, kit.pseudonyms.of(value), kit.pseudonyms,
                [&](std::string_view part, std::string by) { out.emplace(part, std::move(by)); });
  return out;
}

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(c));
  return text;
}

TEST(Parts, HexInBothCasesWithAndWithoutDashes) {
  Kit kit;
  std::string uuid = test::random_uuid();
  uuid[0] = 'a';
  std::string digits = uuid;
  std::erase(digits, '-');
  const auto of_uuid = parts(kit, uuid);
  for (const std::string& part : {upper(uuid), digits, upper(digits)}) EXPECT_TRUE(of_uuid.contains(part)) << part;
  EXPECT_FALSE(of_uuid.contains(uuid));
  const auto of_digits = parts(kit, digits);
  for (const std::string& part : {uuid, upper(uuid), upper(digits)}) EXPECT_TRUE(of_digits.contains(part)) << part;
  const std::string hex = "f" + test::random_hex(39);
  EXPECT_TRUE(parts(kit, hex).contains(upper(hex)));
  EXPECT_TRUE(parts(kit, upper(hex)).contains(hex));
  EXPECT_TRUE(parts(kit, "12345678901").empty());
}

TEST(Parts, LinesAndOtherLineBreaks) {
  Kit kit;
  const std::string a = test::random_base64url(64);
  const std::string b = test::random_base64url(64);
  const auto found = parts(kit, a + "\n" + b + "\nend");
  EXPECT_TRUE(found.contains(a));
  EXPECT_TRUE(found.contains(b));
  EXPECT_TRUE(found.contains(a + "\r\n" + b + "\r\nend"));
  EXPECT_FALSE(found.contains("end"));
  EXPECT_TRUE(parts(kit, a + "\r\n" + b).contains(a + "\n" + b));
}

// What the pseudonym keeps is no secret: learned, it would stand in every cassette and no seal could be set.
TEST(Parts, AJwtSegmentThatIsKeptIsNone) {
  Kit kit;
  const std::string head = base64url_encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + ".";
  const std::string signature = test::random_base64url(43);
  const std::string kept = base64url_encode("{\"iat\":1700000000,\"exp\":1700000600,\"iss\":\"123456\"}");
  const auto found = parts(kit, head + kept + "." + signature);
  EXPECT_FALSE(found.contains(kept));
  EXPECT_TRUE(found.contains(signature));
  const std::string mixed = base64url_encode("{\"iat\":1700000000,\"sub\":\"somebody else\"}");
  EXPECT_TRUE(parts(kit, head + mixed + "." + signature).contains(mixed));
}

TEST(Parts, CharactersInOtherCharsets) {
  Kit kit;
  const std::string utf8 = "P\xc3\xa4ss\xc3\xb6-w\xc3\xbcrd9";
  const std::string latin1 = "P\xe4ss\xf6-w\xfcrd9";
  auto found = parts(kit, utf8);
  ASSERT_TRUE(found.contains(latin1));
  EXPECT_EQ(found[latin1], kit.pseudonyms.of(utf8));
  EXPECT_TRUE(parts(kit, latin1).contains(utf8));
  found = parts(kit,
                "\xe2\x82\xac"
                "100-and-more");  // the euro sign is not in ISO 8859-1
  EXPECT_FALSE(found.contains("?100-and-more"));
  EXPECT_TRUE(
      found.contains("\x80"
                     "100-and-more"));
  found = parts(kit, "\xd0\xbf\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c-42");
  EXPECT_TRUE(found.contains("\xd0\xc1\xd2\xcf\xcc\xd8-42"));  // KOI8-R
  EXPECT_TRUE(found.contains("\xef\xe0\xf0\xee\xeb\xfc-42"));  // Windows-1251
}

TEST(Parts, LinesOfCodedTextAreNoSecretsOfTheirOwn) {
  Kit kit;
  const std::string text = base64_encode(std::string(57, 'a') + std::string(57, 'b'));
  const std::string folded = text.substr(0, 76) + "\n" + text.substr(76);
  EXPECT_FALSE(parts(kit, folded).contains(text.substr(0, 76)));
  std::string bytes;
  for (int i = 0; i < 114; ++i) bytes += static_cast<char>(128 + i);
  const std::string key = base64_encode(bytes);
  EXPECT_TRUE(parts(kit, key.substr(0, 76) + "\n" + key.substr(76)).contains(key.substr(0, 76)));
}

}  // namespace
}  // namespace cvr::redact
