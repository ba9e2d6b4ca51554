// Compressed data and charsets wherever they stand in a text.
#include "base/base64.h"
#include "http/unpack.h"
#include "kit.h"
#include "redact/charset.h"

namespace cvr::redact {
namespace {

std::string secret_text(std::size_t size = 36) {
  return test::random_text(size, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}
std::string packed(std::string_view text, http::Packing packing) { return http::pack(text, packing).value(); }

std::string reason(Kit& kit, const std::string& text) {
  Edits edits;
  std::string_view why = "passed";
  (void)kit.finder.find(text, edits, &why);
  return std::string(why);
}

std::string multipart(std::string_view head, std::string_view file) {
  std::string out = "--B\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\n";
  for (int i = 0; i < 800; ++i) out += "lorem ";
  out += "\r\n--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n" + std::string(head) + "\r\n\r\n";
  return out + std::string(file) + "\r\n--B--\r\n";
}

// Signs of an escape that stand in the packed bytes by chance have the whole left out, which is another test's matter.
bool reads_one_way(std::string_view packed) { return packed.find_first_of("=%&\\<+?#") == packed.npos; }

TEST(ExplorePacked, PartsAreDecodedOneByOne) {
  for (const auto packing : {http::Packing::kGzip, http::Packing::kZlib, http::Packing::kRawDeflate,
                             http::Packing::kZstd, http::Packing::kBrotli}) {
    Kit kit;
    std::string secret = secret_text();
    const auto both_read_one_way = [&] {
      return reads_one_way(packed("it is " + secret, packing)) &&
             reads_one_way(packed("it is " + kit.pseudonyms.of(secret), packing));
    };
    while (!both_read_one_way()) secret = secret_text();
    kit.know(secret);
    const std::string text = multipart("Content-Type: application/x-any", packed("it is " + secret, packing));
    const std::string want =
        multipart("Content-Type: application/x-any", packed("it is " + kit.pseudonyms.of(secret), packing));
    EXPECT_EQ(kit.found(text).text, want) << static_cast<int>(packing) << ' ' << reason(kit, text);
    const std::string harmless = multipart("A: b", packed("it is " + secret_text(), packing));
    EXPECT_EQ(kit.found(harmless).text, harmless);
    EXPECT_EQ(kit.found(want).text, want);
  }
}

// A name, a comment and an extra field of gzip, of the first or a later member; a frame that zstd skips.
TEST(ExplorePacked, WhatStandsBesideTheData) {
  const auto with = [](std::string gzip, char flags, const std::string& words) {
    gzip[3] = flags;
    return gzip.insert(10, words);
  };
  const std::string member = packed("nothing at all", http::Packing::kGzip);
  for (const std::size_t size : {12, 36, 200}) {
    Kit kit;
    const std::string secret = secret_text(size);
    kit.know(secret);
    const std::string zero(1, '\0');
    std::string escaped;
    for (const char c : secret) escaped += "%" + hex_encode(std::string_view(&c, 1));
    const auto extra = [&](const std::string& text) { return static_cast<char>(text.size()) + zero + text; };
    for (const std::string& bytes :
         {with(member, 8, secret + ".log" + zero), with(member, 16, "by " + secret + zero),
          with(member, 24, "a.log" + zero + secret + zero), with(member, 4, extra("ab" + secret)),
          with(member, 28, extra("x") + "b" + zero + base64_encode("z" + secret) + zero),
          with(member, 8, escaped + zero), member + with(member, 8, secret + zero),
          packed("nothing at all", http::Packing::kZstd) + "\x50\x2a\x4d\x18" + extra(secret).substr(0, 1) +
              std::string(3, '\0') + secret}) {
      const std::string out = kit.found(bytes).text;
      EXPECT_EQ(out.find(secret), out.npos) << size;
      EXPECT_EQ(out.find(escaped), out.npos) << size;
      const auto packing = http::packing_at(out);
      ASSERT_TRUE(packing);
      EXPECT_TRUE(http::unpack(out, *packing, 1000).plain.starts_with("nothing at all"));
    }
    for (const std::string& bytes :
         {with(member, 8, "notes.txt" + zero), with(member, 4, extra("ab")), with(member, 8, "cut off")}) {
      EXPECT_EQ(kit.found(bytes).text, bytes);
    }
  }
}

TEST(ExplorePacked, PartsThatNobodyReadsAreRefused) {
  Kit kit;
  kit.know(secret_text());
  EXPECT_EQ(reason(kit, multipart("A: b", "BZh91AY&SY" + std::string(8, '\1'))), "compressed data that is not read");
  EXPECT_EQ(reason(kit, multipart("A: b", std::string("\xfd"
                                                      "7zXZ\0\0",
                                                      7))),
            "compressed data that is not read");
  EXPECT_EQ(reason(kit, multipart("A: b", "some text \x1f\x8b and then Rar!\x1a\x07")),
            "compressed data that is not read");
  EXPECT_EQ(reason(kit, multipart("Content-Encoding: x-own", "\x01\x02 bytes")), "compressed data that is not read");
}

TEST(ExplorePacked, NestedParts) {
  Kit kit;
  const std::string secret = secret_text();
  kit.know(secret);
  const std::string inner = "--C\r\nX: y\r\n\r\n" + packed("it is " + secret, http::Packing::kBrotli) + "\r\n--C--\r\n";
  const std::string out = kit.found(multipart("Content-Type: multipart/mixed; boundary=C", inner)).text;
  EXPECT_NE(out.find(packed("it is " + kit.pseudonyms.of(secret), http::Packing::kBrotli)), out.npos);
}

TEST(ExplorePacked, StreamsBehindAnyAmountOfText) {
  Kit kit;
  const std::string secret = secret_text();
  kit.know(secret);
  std::string pdf = "%PDF-1.4\n";
  for (int i = 0; i < 400; ++i) pdf += "% lorem ipsum\n";
  pdf += "1 0 obj <</Filter/FlateDecode>> stream\n";
  EXPECT_EQ(reason(kit, pdf + packed("BT (" + secret + ") Tj ET", http::Packing::kZlib) + "\nendstream"),
            "a known secret in compressed data");
  EXPECT_EQ(reason(kit, pdf + packed("BT (words) Tj ET", http::Packing::kZlib) + "\nendstream"), "passed");
}

// Behind four signs of escapes, each in the next ("%2525252541").
std::string at_the_depth(std::string_view stream) {
  return std::string("\1\2 %2525252541 ") + std::string(stream) + std::string(40, '\3');
}

TEST(ExplorePacked, AtTheDepthWhatBreaksOffIsSearchedAsItStands) {
  Kit kit;
  const std::string secret = secret_text();
  kit.know(secret);
  const auto broken = [](std::string_view text) {
    const std::string whole = packed(text, http::Packing::kZlib);
    return whole.substr(0, whole.size() - 6);
  };
  EXPECT_EQ(reason(kit, at_the_depth(broken("nothing that anybody knows, and readable"))), "passed");
  EXPECT_EQ(reason(kit, at_the_depth(packed("a whole stream, and readable", http::Packing::kZlib))),
            "too many encodings to search");
  // What is known is found there too; the stream begins with the last decoding only.
  std::string hidden = broken("here it is: " + secret + " and more behind it");
  ASSERT_EQ(hidden[0], 'x');
  EXPECT_EQ(reason(kit, at_the_depth("%25252578" + hidden.substr(1))), "a known secret in compressed data");
}

TEST(ExplorePacked, APartInItsOwnCharset) {
  Kit kit;
  ASSERT_TRUE(is_read_charset("koi8-r")) << "the C library's charset modules are missing";
  const std::string secret = to_charset("\xd0\x9f\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c-", "koi8-r") + "2";
  kit.know("\xd0\x9f\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c-2");
  const std::string out = kit.found(multipart("Content-Type: text/plain; charset=koi8-r", "it is " + secret)).text;
  EXPECT_EQ(out.find(secret), out.npos);
  EXPECT_NE(out.find("it is "), out.npos);
}

}  // namespace
}  // namespace cvr::redact
