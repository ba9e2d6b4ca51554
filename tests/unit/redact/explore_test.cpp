// What the finder sees in what a text decodes to.  Everything is checked by decoding what comes out
// in the same way as a reader would.
#include <functional>
#include <random>

#include "base/base64.h"
#include "base/escape.h"
#include "http/unpack.h"
#include "kit.h"
#include "redact/encoded_words.h"
#include "redact/wide.h"

namespace cvr::redact {
namespace {

std::string secret_text(std::size_t size = 36) {
  return test::random_text(size, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}

std::string packed(std::string_view text, http::Packing packing) { return http::pack(text, packing).value(); }
std::string unpacked(std::string_view text, http::Packing packing) {
  return http::unpack(text, packing, 1u << 20).plain;
}

using Coding = std::pair<std::function<std::string(std::string_view)>, std::function<std::string(std::string_view)>>;

const Coding kBase64 = {[](auto s) { return base64_encode(s); }, [](auto s) { return base64_decode(s).value_or("?"); }};
const Coding kBase64Url = {[](auto s) { return base64url_encode(s); },
                           [](auto s) { return base64_decode(s).value_or("?"); }};
const Coding kHex = {[](auto s) { return hex_encode(s); }, [](auto s) { return hex_decode(s).value_or("?"); }};
const Coding kPercent = {[](auto s) { return encode(s, View::kPercent); },
                         [](auto s) { return decode(s, View::kPercent); }};
const Coding kQuotedPrintable = {[](auto s) { return encode(s, View::kQuoted); },
                                 [](auto s) { return decode(s, View::kQuoted); }};
const Coding kWord = {[](auto s) { return encode_word(s); }, [](auto s) { return next_encoded_words(s, 0)->plain; }};
const Coding kGzip = {[](auto s) { return packed(s, http::Packing::kGzip); },
                      [](auto s) { return unpacked(s, http::Packing::kGzip); }};
const Coding kBrotli = {[](auto s) { return packed(s, http::Packing::kBrotli); },
                        [](auto s) { return unpacked(s, http::Packing::kBrotli); }};
const Coding kDeflate = {[](auto s) { return packed(s, http::Packing::kRawDeflate); },
                         [](auto s) { return unpacked(s, http::Packing::kRawDeflate); }};
const Coding kZstd = {[](auto s) { return packed(s, http::Packing::kZstd); },
                      [](auto s) { return unpacked(s, http::Packing::kZstd); }};
const Coding kUtf16 = {[](auto s) { return to_utf16(s, ByteOrder::kLittle); },
                       [](auto s) { return from_utf16(s, ByteOrder::kLittle).value_or("?"); }};

TEST(Explore, EncodingsInEncodings) {
  const std::vector<std::vector<Coding>> chains = {
      {kBase64, kBase64},
      {kBase64Url, kBase64, kBase64},
      {kPercent, kBase64},
      {kBase64, kPercent},
      {kHex, kBase64},
      {kBase64, kHex},
      {kHex, kHex},
      {kGzip, kBase64},
      {kBrotli, kBase64},
      {kDeflate, kBase64},
      {kZstd, kBase64Url},
      {kGzip, kGzip},
      {kBase64, kGzip, kBase64},
      {kUtf16, kBase64},
      {kQuotedPrintable},
      {kWord},
      {kBase64, kWord},
      {kBase64, kQuotedPrintable},
      {kGzip, kZstd, kBrotli},
      {kUtf16},
      {kPercent, kBase64, kGzip},
  };
  for (std::size_t i = 0; i < chains.size(); ++i) {
    Kit kit;
    const std::string secret = secret_text();
    kit.know(secret);
    std::string text = "the value is " + secret + ", and words follow";
    for (const Coding& coding : chains[i]) text = coding.first(text);
    std::string out = kit.found(text).text;
    ASSERT_NE(out, "gave up") << i;
    for (auto coding = chains[i].rbegin(); coding != chains[i].rend(); ++coding) out = coding->second(out);
    EXPECT_EQ(out, "the value is " + kit.pseudonyms.of(secret) + ", and words follow") << i;
  }
}

TEST(Explore, WithoutASecretEveryByteStays) {
  Kit kit;
  kit.know(secret_text());
  for (const Coding& coding : {kBase64, kGzip, kBrotli, kZstd, kDeflate, kUtf16, kQuotedPrintable, kWord}) {
    const std::string text = coding.first("nothing to see in these words, " + secret_text());
    EXPECT_EQ(kit.found(text).text, text);
  }
}

TEST(Explore, Base64OverLines) {
  Kit kit;
  const std::string secret = secret_text(70);
  kit.know(secret);
  for (const char* line_break : {"\n", "\r\n", "\n  "}) {
    std::string coded = base64_encode("some words before " + secret + " and after");
    for (std::size_t at = 76; at < coded.size(); at += 76 + std::string_view(line_break).size())
      coded.insert(at, line_break);
    std::string out = kit.found("Key:\n\n" + coded + "\n.").text.substr(6);
    std::erase_if(out, [](char c) { return c == '\r' || c == '\n' || c == ' ' || c == '.'; });
    EXPECT_EQ(base64_decode(out), "some words before " + kit.pseudonyms.of(secret) + " and after");
  }
}

// What was redacted once is not redacted again, whatever it is and however it is spelled.
TEST(Explore, ASecondPassChangesNothing) {
  std::string pem = std::string("-----BEGIN ") + "PRIVATE KEY-----\n";
  for (int line = 0; line < 3; ++line) pem += secret_text(64) + "\n";
  const std::string secrets[] = {secret_text(),
                                 test::random_jwt(),
                                 test::random_uuid(),
                                 pem,
                                 "svc.x:" + secret_text(14),
                                 "avinode_" + secret_text(30),
                                 secret_text(9),
                                 "+1" + test::random_text(11, "0123456789"),
                                 pem + "-----END PRIVATE KEY-----"};
  for (const std::string& secret : secrets) {
    for (const bool known : {true, false}) {
      if (!known && secret[0] == '+') continue;  // a phone number's pseudonym is one: Spans vouch for it
      Kit kit;
      if (known) kit.know(secret);
      for (const auto& spell :
           {Coding{[](auto s) { return std::string(s); }, {}}, kBase64, kHex, kPercent, kWord, kQuotedPrintable}) {
        for (const std::string around : {"Bearer ", "token=", "https://user:", ""}) {
          const std::string once =
              kit.found("see " + around + spell.first("it is " + around + secret + "@host, yes")).text;
          EXPECT_EQ(kit.found(once).text, once) << secret << ' ' << known << ' ' << around;
        }
      }
    }
  }
}

TEST(Explore, ATextThatWasCutEndsInNoSecret) {
  Kit kit;
  const std::string secret = secret_text(40);
  kit.know(secret);
  for (std::size_t size = 12; size < 40; ++size) {
    const std::string part = secret.substr(0, size);
    for (const std::string& tail :
         {part, encode(part, View::kPercent) + "%4", part + "\\u00", base64_encode(part), hex_encode(part)}) {
      const std::string text = "words and " + tail;
      Edits edits;
      ASSERT_TRUE(kit.finder.find(text, edits, nullptr, true));
      const std::string out = kit.apply_to(text, edits).text;
      EXPECT_TRUE(out.starts_with("words and ")) << tail;
      EXPECT_EQ(out.find(tail.substr(0, 12)), out.npos) << tail;
      edits.clear();
      ASSERT_TRUE(kit.finder.find("words and no secret at all", edits, nullptr, true));
      EXPECT_TRUE(edits.empty());
    }
  }
}

TEST(Explore, ARangeBeginsInNoSecret) {
  Kit kit;
  const std::string secret = secret_text(40);
  kit.know(secret);
  for (std::size_t from = 1; from <= 28; ++from) {
    const std::string part = secret.substr(from);
    for (const std::string& head : {part, hex_encode(secret).substr(2 * from + 1), hex_encode(part),
                                    base64_encode(secret).substr(4 * (from / 3) + 1)}) {
      const std::string text = head + " and words";
      Edits edits;
      ASSERT_TRUE(kit.finder.find(text, edits, nullptr, true));
      const std::string out = kit.apply_to(text, edits).text;
      EXPECT_TRUE(out.ends_with(" and words")) << head;
      EXPECT_EQ(out.find(head.substr(head.size() - 10)), out.npos) << head;
      edits.clear();
      ASSERT_TRUE(kit.finder.find(out, edits, nullptr, true));
      EXPECT_TRUE(edits.empty()) << out;
    }
  }
}

TEST(Explore, LinesOfOneEventAreOneText) {
  Kit kit;
  const std::string secret = secret_text(60);
  kit.know(secret);
  const std::string coded = base64_encode("some words before " + secret + " and after");
  const std::string out = kit.found("data: " + coded.substr(0, 60) + "\ndata: " + coded.substr(60) + "\n\n").text;
  EXPECT_EQ(base64_decode(out.substr(6, 60) + out.substr(73, coded.size() - 60)),
            "some words before " + kit.pseudonyms.of(secret) + " and after");
}

TEST(Explore, CdataSectionsThatTouch) {
  Kit kit;
  const std::string secret = secret_text();
  kit.know(secret);
  const std::string out =
      kit.found("<a><![CDATA[" + secret.substr(0, 15) + "]]><![CDATA[" + secret.substr(15) + "]]></a>").text;
  EXPECT_EQ(out.find(secret.substr(15)), out.npos);
  EXPECT_EQ(out.find(secret.substr(0, 15)), out.npos);
}

TEST(Explore, CdataBesideText) {
  const std::string secret = secret_text();
  for (const auto& [before, between, after] :
       {std::tuple{"<a><![CDATA[", "]]>", "</a>"}, {"<a>", "<![CDATA[", "]]></a>"}}) {
    Kit kit;
    kit.know(secret);
    const std::string out = kit.found(before + secret.substr(0, 15) + between + secret.substr(15) + after).text;
    EXPECT_EQ(decode(out, View::kHtml), "<a>" + kit.pseudonyms.of(secret) + "</a>");
    const auto count = [&](std::string_view what) { return out.find(what) != out.npos; };
    EXPECT_EQ(count("<![CDATA["), count("]]>")) << out;
  }
}

TEST(Explore, EscapesOfProgramsAndShells) {
  const std::string secret = secret_text(20) + "'" + secret_text(8);
  Kit kit;
  kit.know(secret);
  std::string braced;
  std::string octal;
  for (const char c : secret) {
    const auto byte = static_cast<unsigned>(static_cast<unsigned char>(c));
    braced += "\\u{" + hex_encode(std::string(1, c)) + "}";
    octal += {'\\', static_cast<char>('0' + (byte >> 6)), static_cast<char>('0' + (byte >> 3 & 7)),
              static_cast<char>('0' + (byte & 7))};
  }
  const std::string quoted = "curl -u '" + encode(secret, View::kShell) + "'";
  for (const std::string& text : {"x = \"" + braced + "\";", "x = \"" + octal + "\";", quoted}) {
    const std::string out = decode(kit.found(text).text, View::kAll);
    EXPECT_NE(out.find(kit.pseudonyms.of(secret)), out.npos) << out;
    EXPECT_EQ(out.find(secret), out.npos);
  }
}

TEST(Explore, DeeperThanItLooksIsRefused) {
  Kit kit;
  const std::string secret = secret_text();
  kit.know(secret);
  std::string text = secret;
  for (int i = 0; i < 7; ++i) text = base64_encode(text);
  EXPECT_EQ(kit.found(text).text, "gave up");
  text = secret;
  for (int i = 0; i < 6; ++i) text = packed(text, http::Packing::kGzip);
  EXPECT_EQ(kit.found(text).text, "gave up");
}

// A zip file of one deflated entry, as far as a reader of local headers looks.
std::string zip_of(std::string_view content, char method, char flags = 0) {
  std::string head("PK\x03\x04\x14\0\0\0\0\0", 10);
  head[6] = flags;
  head[8] = method;
  head += std::string(16, '\0') + std::string("\x05\0\0\0", 4) + "a.txt";
  return head + std::string(method == 8 ? packed(content, http::Packing::kRawDeflate) : std::string(content)) +
         "PK\x01\x02";
}

TEST(Explore, ArchivesAreLookedIntoOrLeftOut) {
  Kit kit;
  const std::string secret = secret_text();
  kit.know(secret);
  const auto reason = [&](const std::string& text) {
    Edits edits;
    std::string_view why = "passed";
    (void)kit.finder.find(text, edits, &why);
    return std::string(why);
  };
  EXPECT_EQ(reason(zip_of("words and " + secret, 8)), "a known secret in compressed data");
  EXPECT_EQ(reason(zip_of("words alone", 8)), "passed");
  EXPECT_EQ(reason(zip_of("words alone", 9)), "compressed data that is not read");
  EXPECT_EQ(reason(zip_of("words alone", 8, 1)), "compressed data that is not read");
  EXPECT_EQ(reason("BZh91AY&SY" + std::string(4, '\1')), "compressed data that is not read");
  EXPECT_EQ(reason(std::string("%PDF-1.4\n\0", 10) + "stream\n" + packed("words " + secret, http::Packing::kZlib) +
                   "endstream"),
            "a known secret in compressed data");
  // Cut off in the middle: a reader would still see what came before.
  const std::string whole =
      packed(secret + test::random_text(4000, "abcdefghijklmnop0123456789"), http::Packing::kGzip);
  EXPECT_EQ(reason(whole.substr(0, whole.size() - 100)), "a known secret in compressed data");
}

TEST(Explore, AFieldOfMagicNumbersRunsOutOfBudget) {
  Kit kit;
  kit.know(secret_text());
  std::string text("\0\1", 2);
  for (int i = 0; i < 50'000; ++i) text += "x\x9c";
  Edits edits;
  EXPECT_FALSE(kit.finder.find(text, edits));
}

TEST(Explore, ABombCostsNoMoreThanTheLimit) {
  Kit kit;
  const std::string bomb = packed(std::string(64u << 20, 'x'), http::Packing::kGzip);
  Edits edits;
  std::string_view why;
  EXPECT_FALSE(kit.finder.find(bomb, edits, &why));
  EXPECT_EQ(why, "compressed data over the limit");
}

// A soft break is no separator: "36EA0=" below it ends no name.
TEST(Explore, QuotedPrintableInPairsGoesOnBehindASoftBreak) {
  Kit kit;
  const std::string t = test::random_hex(20);
  kit.know(t);
  std::string coded;
  for (std::size_t i = 0; i < t.size(); ++i) {
    if (i == 9) coded += "=\r\n";
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    const auto c = static_cast<unsigned char>(t[i]);
    coded += i % 4 == 3 ? std::string{'=', kDigits[c >> 4], kDigits[c & 15]} : std::string(1, t[i]);
  }
  const std::string out = kit.found("a=1;x9=" + coded + ";b=2").text;
  EXPECT_EQ(out.find(coded.substr(coded.size() - 8)), out.npos) << out;
  EXPECT_TRUE(out.starts_with("a=1;x9=")) << out;
}

// Beginnings of zlib streams stand in random bytes by chance, and in what these unpack to.
TEST(Explore, FoldedBase64OfRandomBytesIsReadToTheEnd) {
  Kit kit;
  kit.know(test::random_hex(20));
  std::mt19937 random(11);  // always the same: about one in a thousand such texts holds a real beginning by chance
  for (int round = 0; round < 10; ++round) {
    std::string bytes;
    for (int i = 0; i < 37'500; ++i) bytes += static_cast<char>(random() % 256);
    const std::string blob = base64_encode(bytes);
    std::string text = "{\"content\":\"";
    for (std::size_t i = 0; i < blob.size(); i += 60) text += blob.substr(i, 60) + "\\n";
    text += "\"}";
    const RedactedText out = kit.found(text);
    for (const Span& span : out.spans) ADD_FAILURE() << span.rule << " at " << span.begin;  // not the text: it is long
    EXPECT_TRUE(out.text == text) << out.text.substr(0, 20);
  }
}

TEST(Explore, ProseAboutEscapesIsReadToTheEnd) {
  Kit kit;
  const std::string text = "type \\\\\\\\\\\\\\\\n and %252525252541 and &amp;amp;amp;amp;amp;lt; for it";
  EXPECT_EQ(kit.found(text).text, text);
}

}  // namespace
}  // namespace cvr::redact
