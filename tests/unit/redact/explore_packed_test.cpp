// Compressed data and charsets wherever they stand in a text.
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

TEST(ExplorePacked, PartsAreDecodedOneByOne) {
  for (const auto packing : {http::Packing::kGzip, http::Packing::kZlib, http::Packing::kRawDeflate,
                             http::Packing::kZstd, http::Packing::kBrotli}) {
    Kit kit;
    const std::string secret = secret_text();
    kit.know(secret);
    const std::string text = multipart("Content-Type: application/x-any", packed("it is " + secret, packing));
    const std::string want =
        multipart("Content-Type: application/x-any", packed("it is " + kit.pseudonyms.of(secret), packing));
    EXPECT_EQ(kit.found(text).text, want) << static_cast<int>(packing);
    const std::string harmless = multipart("A: b", packed("it is " + secret_text(), packing));
    EXPECT_EQ(kit.found(harmless).text, harmless);
    EXPECT_EQ(kit.found(want).text, want);
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
