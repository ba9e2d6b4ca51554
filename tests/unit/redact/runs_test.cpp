#include "redact/runs.h"

#include <algorithm>

#include "base/base64.h"
#include "http/unpack.h"
#include "support/random.h"

namespace cvr::redact {
namespace {

TEST(Runs, AreFoundWhereverTheyBegin) {
  for (std::size_t before = 0; before < 40; ++before) {
    const std::string text =
        std::string(before, '.') + std::string(kMinRun, 'A') + ".." + std::string(kMinRun - 1, 'B') + "..";
    const auto run = next_run(text, 0);
    ASSERT_TRUE(run) << before;
    EXPECT_EQ(run->begin, before);
    EXPECT_EQ(run->end, before + kMinRun);
    EXPECT_FALSE(next_run(text, run->end));
  }
  EXPECT_FALSE(next_run("", 0));
}

TEST(Runs, ReadingsOfBase64AndHex) {
  const std::string inner = "readable text: 12345";
  for (const std::string& spelled : {base64_encode(inner), base64url_encode(inner), hex_encode(inner)}) {
    const std::string text = "x " + spelled + " y";
    const auto readings = readings_of(text, next_run(text, 0).value());
    ASSERT_FALSE(readings.empty());
    EXPECT_EQ(readings[0].plain, inner);
    EXPECT_EQ(text.substr(readings[0].begin, readings[0].end - readings[0].begin), spelled);
  }
}

TEST(Runs, APathInFrontShiftsNothing) {
  for (const std::string path : {"/a/", "/ab/", "/abc/", "files/x-y_z/"}) {
    const std::string text = path + base64_encode("readable text: 12345");
    bool found = false;
    for (const Reading& reading : readings_of(text, next_run(text, 0).value()))
      found |= reading.plain.ends_with("readable text: 12345");
    EXPECT_TRUE(found) << path;
  }
}

TEST(Runs, WhatStandsInFrontShiftsNothing) {
  const std::string plain = R"({"text":")" + test::random_hex(20) + R"("})";
  const std::string packed = http::pack(plain, http::Packing::kGzip).value();
  const auto is_read = [](const std::string& text, std::string_view as) {
    return std::ranges::any_of(readings_of(text, next_run(text, 0).value()),
                               [&](const Reading& reading) { return reading.plain.ends_with(as); });
  };
  for (std::size_t before = 0; before < 9; ++before) {
    const std::string prefix = std::string("cache/v1x").substr(0, before);
    EXPECT_TRUE(is_read(prefix + base64_encode(plain), plain)) << before;
    EXPECT_TRUE(is_read(prefix + base64_encode(packed), packed)) << before;
    EXPECT_TRUE(is_read(std::string("abcdefabc").substr(0, before) + hex_encode(plain), plain)) << before;
    EXPECT_TRUE(is_read(std::string("abcdefabc").substr(0, before) + hex_encode(packed), packed)) << before;
  }
}

// Compressed data says where it ends, so that the rest of a path is not read as more of it.
TEST(Runs, WhatStandsBehindCompressedData) {
  for (std::size_t size = 10; size < 16; ++size) {
    const std::string packed = http::pack(test::random_hex(size), http::Packing::kGzip).value();
    const std::string coded = base64url_encode(packed);
    const std::string text = "/api/v1/" + coded + "/items";
    const auto readings = readings_of(text, next_run(text, 0).value());
    EXPECT_TRUE(std::ranges::any_of(readings, [&](const Reading& reading) {
      return reading.plain == packed && reading.begin == 8 && reading.end == 8 + coded.size();
    })) << size;
  }
}

TEST(Runs, WordsAndNoiseAreNotWorthASearch) {
  const std::string path = "/api/trips/atrip-4711/quotes-and-messages";
  EXPECT_TRUE(readings_of(path, next_run(path, 0).value()).empty());
  const std::string noise =
      base64_encode(std::string("\xff\xd8\xff\xe0\x10\x4a\x46\x49\x46\x00\x01\x01\x01\x80\x90\xa0\xb0\xc0", 18));
  EXPECT_TRUE(readings_of(noise, next_run(noise, 0).value()).empty());
}

TEST(Runs, SpelledLikeTheOriginal) {
  EXPECT_EQ(spell_like("ab", "QUI=", false), "YWI=");
  EXPECT_EQ(spell_like("ab", "QUI", false), "YWI");
  EXPECT_EQ(spell_like("\xff\xff", "__8", false), "__8");
  EXPECT_EQ(spell_like("\xff\xff", "//8=", false), "//8=");
  EXPECT_EQ(spell_like("\xab", "AB", true), "AB");
  EXPECT_EQ(spell_like("\xab", "ab", true), "ab");
}

TEST(Runs, Differences) {
  const std::string original = base64_encode("one two three four");
  const std::string by = base64_encode("one TWO three FOUR");
  const auto two = differences(original, by, false, {{4, 7}, {14, 18}});
  ASSERT_EQ(two.size(), 2u);
  std::string out = original;
  for (const Difference& d : two) out.replace(d.begin, d.end - d.begin, d.text);
  EXPECT_EQ(out, by);
  // Covered although nothing differs: another value of that kind would.
  EXPECT_EQ(differences(original, original, false, {{4, 7}}).at(0).text.size(), 8u);
  const auto hex = differences("616263", "615a63", true, {{1, 2}});
  ASSERT_EQ(hex.size(), 1u);
  EXPECT_EQ(hex[0].text, "5a");
  const auto longer = differences(original, base64_encode("one 2 three four"), false, {{4, 7}});
  ASSERT_EQ(longer.size(), 1u);
  EXPECT_EQ(longer[0].begin, 4u);
  EXPECT_EQ(longer[0].end, original.size());
  EXPECT_TRUE(differences(original, by, false, {}).empty());
}

TEST(Runs, EncodedAgain) {
  EXPECT_TRUE(is_encoded_again("QUJDREVGR0hJSktM="));
  EXPECT_FALSE(is_encoded_again("some words and more"));
  EXPECT_FALSE(is_encoded_again("short"));
}

TEST(Runs, AByteOfTheDataAroundShiftsNothing) {
  const std::string plain = "readable text " + test::random_hex(20);
  for (const char* before : {"", "\x01", "\xf0"}) {
    for (const char* junk : {"k", "k7", "k7A"}) {
      const std::string text = before + std::string(junk) + base64_encode(plain);
      const auto run = next_run(text, 0);
      ASSERT_TRUE(run);
      const auto readings = readings_of(text, *run);
      EXPECT_TRUE(std::ranges::any_of(readings, [&](const Reading& r) { return r.plain == plain; })) << junk;
    }
  }
}

}  // namespace
}  // namespace cvr::redact
