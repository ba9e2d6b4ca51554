#include "redact/alignments.h"

#include <algorithm>

#include "base/base64.h"
#include "http/unpack.h"
#include "support/random.h"

namespace cvr::redact {
namespace {

constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

std::string noise(std::size_t size) {
  std::string out;
  while (out.size() < size) out += static_cast<char>(test::rng()());
  return out;
}

TEST(Alignments, TextBehindAnyPrefix) {
  for (std::size_t before = 0; before < 200; before = before < 20 ? before + 1 : before + 17) {
    for (int i = 0; i < 20; ++i) {
      const std::string run =
          test::random_text(before, kAlphabet) + base64_encode(R"({"id":")" + test::random_hex(30) + R"("})");
      const Alignment way = alignments_of(run.substr(0, run.find('=')))[before % 4];
      EXPECT_TRUE(way.may_read);
      EXPECT_LE(way.text, before);
      EXPECT_EQ(way.text % 4, before % 4);
    }
  }
}

// Eleven readable bytes are found at any place of a group, of a block and of the run.
TEST(Alignments, TheShortestStreak) {
  for (std::size_t before = 0; before < 130; ++before) {
    for (std::size_t after = 0; after < 4; ++after) {
      const std::string plain = std::string(before, '\xff') + "3e7b1c9d5f2" + std::string(after, '\xff');
      EXPECT_TRUE(alignments_of(base64_encode(plain))[0].may_read) << before << ' ' << after;
    }
  }
}

TEST(Alignments, NoTextInNoise) {
  for (const std::size_t size : {0, 1, 2, 3, 15, 16, 17, 63, 64, 65, 400}) {
    int found = 0;
    for (int i = 0; i < 100; ++i) {
      for (const Alignment& way : alignments_of(test::random_text(size, kAlphabet))) {
        found += way.text == std::string_view::npos ? 0 : 1;
      }
    }
    EXPECT_LE(found, 8) << size;
  }
}

TEST(Alignments, CompressedDataAtAnyByteBehindAnyPrefix) {
  const std::string plain = R"({"name":")" + test::random_hex(40) + R"("})";
  for (const auto packing : {http::Packing::kGzip, http::Packing::kZlib, http::Packing::kZstd}) {
    const std::string packed = http::pack(plain, packing).value();
    for (std::size_t prefix = 0; prefix < 9; ++prefix) {
      for (std::size_t bytes = 0; bytes < 7; ++bytes) {
        const std::string data = noise(bytes) + packed;
        for (std::string coded : {base64_encode(data), base64url_encode(data)}) {
          coded.resize(std::min(coded.find('='), coded.size()));
          const std::string run = test::random_text(prefix, kAlphabet) + coded;
          EXPECT_LE(alignments_of(run)[prefix % 4].packed, prefix + bytes / 3 * 4) << prefix << ' ' << bytes;
        }
      }
    }
  }
}

TEST(Alignments, PixelsAndWordsAreNoCompressedData) {
  const std::string pixels = http::pack(noise(300), http::Packing::kZlib).value();
  const std::string run = base64_encode("\x89PNG\r\n\x1a\nIDAT" + pixels);
  for (const Alignment& way : alignments_of(run.substr(0, run.find('='))))
    EXPECT_EQ(way.packed, std::string_view::npos);
  for (const char* words : {"electronicTicketNumberOfTheHolder", "openAlternativesAndMoreJazzNotes",
                            "eJxeJxeJxeJxeJxeJx", "eAeAeAeAeAeAeA", "4A4A4A4A4A4A4A4A", "LCLCLCLCLC", ""}) {
    for (const Alignment& way : alignments_of(words)) EXPECT_EQ(way.packed, std::string_view::npos) << words;
  }
}

TEST(Alignments, NoCompressedDataInNoise) {
  int found = 0;
  for (int i = 0; i < 20; ++i) {
    for (const Alignment& way : alignments_of(test::random_text(15'000, kAlphabet))) {
      found += way.packed == std::string_view::npos ? 0 : 1;
    }
  }
  EXPECT_LE(found, 3);
}

// Of a long run only the beginning is looked at; its own alignment is read all the same.
TEST(Alignments, LongRuns) {
  const std::string text = base64_encode(std::string(30'000, 'x') + test::random_hex(30'000));
  EXPECT_EQ(alignments_of("v1_" + text)[3].text, 3u);
  const auto ways = alignments_of(test::random_text(1000, kAlphabet) + text);
  EXPECT_TRUE(std::ranges::all_of(ways, [](const Alignment& way) { return way.may_read; }));
}

TEST(Alignments, HexFromTheFirstOrSecondDigit) {
  const std::string coded = hex_encode("readable text");
  EXPECT_TRUE(may_read_as_hex(coded));
  EXPECT_TRUE(may_read_as_hex(("ab" + coded)));
  EXPECT_TRUE(may_read_as_hex(("a" + coded).substr(1)));
  EXPECT_FALSE(may_read_as_hex(std::string(64, 'f')));
  EXPECT_FALSE(may_read_as_hex(""));
  for (const auto packing : {http::Packing::kGzip, http::Packing::kZlib, http::Packing::kZstd}) {
    std::string packed = hex_encode(http::pack("readable text 12345", packing).value());
    for (const std::string before : {"", "a", "0f", "abc"}) {
      EXPECT_EQ(next_packed_hex(before + packed, 0), before.size());
      EXPECT_EQ(next_packed_hex(before + packed, before.size() + 1), std::string_view::npos);
    }
    for (char& c : packed) c = c >= 'a' ? static_cast<char>(c - 32) : c;
    EXPECT_EQ(next_packed_hex(packed, 0), 0u);
  }
  EXPECT_EQ(next_packed_hex("789c789c789c789c789c", 0), std::string_view::npos);
}

}  // namespace
}  // namespace cvr::redact
