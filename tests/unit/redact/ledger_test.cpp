#include "redact/ledger.h"

#include <atomic>
#include <thread>

#include "base/base64.h"
#include "support/random.h"

namespace cvr::redact {
namespace {

LedgerEntry entry(std::string value) { return {value, "pseudonym of " + value, Kind::kToken, false, false}; }

std::vector<LedgerHit> scan(const Ledger& ledger, std::string_view text) {
  Budget budget(text.size());
  std::vector<LedgerHit> hits;
  ledger.scan(text, budget, hits);
  EXPECT_FALSE(budget.exhausted());
  return hits;
}

TEST(Ledger, FindsValuesExactly) {
  Ledger ledger(7, {});
  EXPECT_EQ(ledger.find("abcdefgh"), nullptr);
  EXPECT_TRUE(ledger.learn(entry("abcdefgh")));
  ASSERT_NE(ledger.find("abcdefgh"), nullptr);
  EXPECT_EQ(ledger.find("abcdefgh")->pseudonym, "pseudonym of abcdefgh");
  EXPECT_EQ(ledger.find("abcdefghi"), nullptr);
  EXPECT_TRUE(ledger.learn({"abcdefgh", "other", Kind::kUser, false, false}));
  EXPECT_EQ(ledger.find("abcdefgh")->kind, Kind::kToken);  // the first word stays
  EXPECT_EQ(ledger.size(), 1u);
}

// A PIN of eight digits is part of many an id and time stamp.
TEST(Ledger, DigitsInALongerNumberAreAnotherNumber) {
  Ledger ledger(7, {});
  const std::string long_one = test::random_text(20, "123456789");
  ASSERT_TRUE(ledger.learn(entry("12345678")) && ledger.learn(entry(long_one)));
  for (const std::string text : {"a:12345678", "12345678", "{\"a\":12345678.5}", "x12345678x", "1.12345678Z"}) {
    EXPECT_EQ(scan(ledger, text).size(), 1u) << text;
  }
  for (const std::string text : {"a:912345678", "1234567800", "0012345678-"}) EXPECT_TRUE(scan(ledger, text).empty());
  EXPECT_EQ(scan(ledger, "1" + long_one + "1").size(), 1u);  // no chance has that
  Ledger pieces(7, {.inside_numbers = true});
  ASSERT_TRUE(pieces.learn(entry("12345678")));
  EXPECT_EQ(scan(pieces, "0012345678-").size(), 1u);
}

TEST(Ledger, FindsThemInTextsAtEveryOffset) {
  for (const std::size_t known : {1u, 10u, 1000u, 9000u}) {
    Ledger ledger(test::rng()(), {});
    std::vector<std::string> values;
    for (std::size_t i = 0; i < known; ++i) {
      values.push_back(test::random_base64url(8 + i % 30));
      ASSERT_TRUE(ledger.learn(entry(values.back())));
    }
    for (std::size_t i = 0; i < std::min<std::size_t>(known, 50); ++i) {
      for (std::size_t before = 0; before < 5; ++before) {
        const std::string text = std::string(before, ' ') + values[i] + (before % 2 == 0 ? "" : " tail");
        const auto hits = scan(ledger, text);
        ASSERT_FALSE(hits.empty()) << known << ' ' << before;
        EXPECT_TRUE(std::any_of(hits.begin(), hits.end(), [&](const LedgerHit& hit) {
          return hit.begin == before && hit.end == before + values[i].size() && hit.entry->value == values[i];
        }));
      }
    }
    EXPECT_TRUE(scan(ledger, std::string(10'000, ' ')).empty());
  }
}

TEST(Ledger, FindsEncodings) {
  Ledger ledger(3, {});
  const std::string value = test::random_password();
  ledger.learn(entry(value));
  for (const std::string& text : {base64_encode("x" + value + "yz"), base64url_encode("id:" + value), hex_encode(value),
                                  "0x" + hex_encode("a" + value)}) {
    EXPECT_EQ(scan(ledger, text).size(), 1u) << text.size();
  }
}

TEST(Ledger, OverlapsAreJoinedAndTwinsKeptApart) {
  Ledger ledger(3, {});
  ledger.learn(entry("abcabcabc"));
  const auto joined = scan(ledger, "..abcabcabcabcabc..");
  ASSERT_EQ(joined.size(), 1u);
  EXPECT_EQ(joined[0].begin, 2u);
  EXPECT_EQ(joined[0].end, 17u);
  ledger.learn(entry("secret-one-1"));
  ledger.learn(entry("secret-one-2"));
  const auto hits = scan(ledger, "secret-one-2 secret-one-1");
  ASSERT_EQ(hits.size(), 2u);
  EXPECT_EQ(hits[0].entry->value, "secret-one-2");
}

TEST(Ledger, FullRefusesAndForgetsNothing) {
  Ledger ledger(3, {4, 1000});
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(ledger.learn(entry("value-number-" + std::to_string(i))));
  EXPECT_FALSE(ledger.overflowed());
  EXPECT_FALSE(ledger.learn(entry("value-number-4")));
  EXPECT_TRUE(ledger.overflowed());
  EXPECT_TRUE(ledger.learn(entry("value-number-0")));  // known
  EXPECT_EQ(scan(ledger, "value-number-0").size(), 1u);
  Ledger by_bytes(3, {100, 20});
  EXPECT_TRUE(by_bytes.learn(entry(std::string(15, 'a') + "b")));
  EXPECT_FALSE(by_bytes.learn(entry(std::string(15, 'c') + "d")));
}

TEST(Ledger, NearMissesRunOutOfBudget) {
  Ledger ledger(3, {});
  ledger.learn(entry(test::random_text(60'000, "a") + "b"));
  const std::string text(1u << 20, 'a');
  Budget budget(text.size());
  std::vector<LedgerHit> hits;
  ledger.scan(text, budget, hits);
  EXPECT_TRUE(budget.exhausted());
  EXPECT_TRUE(hits.empty());
}

TEST(Ledger, ValuesOfOneSeriesAreStillCheap) {
  Ledger ledger(3, {});
  for (int i = 0; i < 5000; ++i) ledger.learn(entry("session-" + std::to_string(100'000 + i) + "-of-the-same-kind"));
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "session-" + std::to_string(i) + "-of-the-same-kind ";
  EXPECT_TRUE(scan(ledger, text).empty());
  EXPECT_EQ(scan(ledger, text + "session-104999-of-the-same-kind").size(), 1u);
}

TEST(Ledger, LongValues) {
  Ledger ledger(3, {});
  const std::string value = test::random_base64url(9000);
  ledger.learn(entry(value));
  EXPECT_EQ(scan(ledger, "x" + value + "y").size(), 1u);
  EXPECT_EQ(scan(ledger, base64_encode("xy" + value)).size(), 1u);
}

TEST(Ledger, ReadersRunBesideTheWriter) {
  Ledger ledger(5, {});
  std::atomic<bool> done = false;
  ledger.learn(entry("the-first-value"));
  std::thread reader([&] {
    while (!done) {
      std::vector<LedgerHit> hits;
      Budget budget(100);
      ledger.scan("a text with the-first-value in it", budget, hits);
      ASSERT_EQ(hits.size(), 1u);
      ASSERT_NE(ledger.find("the-first-value"), nullptr);
    }
  });
  for (int i = 0; i < 3000; ++i) ledger.learn(entry(test::random_hex(24)));
  done = true;
  reader.join();
  EXPECT_EQ(ledger.size(), 3001u);
}

}  // namespace
}  // namespace cvr::redact
