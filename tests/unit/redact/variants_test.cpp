#include "redact/variants.h"

#include "base/base64.h"
#include "support/random.h"

namespace cvr::redact {
namespace {

TEST(Variants, BaseSixtyFourAtEveryAlignment) {
  for (std::size_t size = 8; size < 40; ++size) {
    const std::string value = test::random_text(size, "abcXYZ019\xff\xfe?>~");
    for (std::size_t before = 0; before < 6; ++before) {
      for (std::size_t after = 0; after < 4; ++after) {
        const std::string text = test::random_hex(before) + value + test::random_hex(after);
        const int alignment = static_cast<int>(before % 3);
        const auto standard = variant_of(value, static_cast<Variant>(static_cast<int>(Variant::kBase64_0) + alignment));
        const auto url = variant_of(value, static_cast<Variant>(static_cast<int>(Variant::kBase64Url_0) + alignment));
        EXPECT_NE(base64_encode(text).find(standard), std::string::npos);
        EXPECT_NE(base64url_encode(text).find(url), std::string::npos);
        EXPECT_GE(standard.size(), 8u);
        EXPECT_EQ(base64_encode(text).find(standard), before / 3 * 4 + skipped_by(alignment));
      }
    }
  }
}

TEST(Variants, HexAndRaw) {
  EXPECT_EQ(variant_of("\xab\x01z", Variant::kHexLower), "ab017a");
  EXPECT_EQ(variant_of("\xab\x01z", Variant::kHexUpper), "AB017A");
  EXPECT_EQ(variant_of("plain", Variant::kRaw), "plain");
}

TEST(Variants, EscapedFormsOnlyWhereTheyDiffer) {
  EXPECT_EQ(variant_of("a+b\"c/", Variant::kPercentUpper), "a%2Bb%22c%2F");
  EXPECT_EQ(variant_of("a+b\"c/", Variant::kPercentLower), "a%2bb%22c%2f");
  EXPECT_EQ(variant_of("a+b\"c/", Variant::kJson), "a+b\\\"c/");
  const auto distinct = [](std::string_view value, Variant variant) {
    return is_distinct(variant_of(value, variant), value, variant);
  };
  for (std::size_t i = 0; i < kVariantCount; ++i) {
    const auto variant = static_cast<Variant>(i);
    EXPECT_EQ(distinct("onlyletters", variant), !is_base64url(variant) && !is_escaped(variant) &&
                                                    !is_doubled(variant) && variant != Variant::kDecoded &&
                                                    variant != Variant::kUtf16Big);
  }
  EXPECT_TRUE(distinct("a+b", Variant::kPercentUpper));
  EXPECT_TRUE(distinct("a+b", Variant::kPercentLower));
  EXPECT_FALSE(distinct("a b", Variant::kPercentLower));
  EXPECT_FALSE(distinct("a+b", Variant::kJson));
  EXPECT_EQ(variant_of("abcdef%41\\n", Variant::kDecoded), "abcdefA\n");
  EXPECT_TRUE(distinct("abcdef%41\\n", Variant::kDecoded));
  EXPECT_FALSE(distinct("abcde%41", Variant::kDecoded));  // too short
}

TEST(Variants, QuotesThatAreWrittenTwice) {
  const std::string value = "it's \"so\"";
  EXPECT_EQ(variant_of(value, Variant::kDoubledQuotes), "it's \"\"so\"");
  EXPECT_EQ(variant_of("\"a\"b\"\"", Variant::kDoubledQuotes), "\"a\"\"b\"\"");
  EXPECT_EQ(variant_of("\"\"\"", Variant::kDoubledQuotes), "\"\"\"");
  EXPECT_EQ(variant_of(value, Variant::kDoubledApostrophes), "it''s \"so\"");
  for (const auto& [text, quotes, apostrophes] : {std::tuple{"it's a secret", false, true},
                                                  {"a \"big\" secret", true, false},
                                                  {"\"a secret\"", false, false},
                                                  {"a secret`", false, false}}) {
    const auto distinct = [&](Variant variant) { return is_distinct(variant_of(text, variant), text, variant); };
    EXPECT_EQ(distinct(Variant::kDoubledQuotes), quotes);
    EXPECT_EQ(distinct(Variant::kDoubledApostrophes), apostrophes);
  }
}

}  // namespace
}  // namespace cvr::redact
