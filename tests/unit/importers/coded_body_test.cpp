#include "importers/coded_body.h"

#include "http/codings.h"
#include "http/unpack.h"
#include "kit.h"

namespace cvr::importers {
namespace {

struct Set {
  http::Fields fields;
  std::string out;
  std::optional<BodyDigest> missing;
};

Set set(Here& here, std::string_view coding, std::string body) {
  Set all;
  if (!coding.empty()) all.fields = {{"Content-Encoding", std::string(coding)}, {"A", "b"}};
  set_body(std::move(body), all.fields, all.out, all.missing, here.place);
  return all;
}

std::string coded(std::string_view plain, std::string_view coding) {
  return http::encode_body(plain, http::parse_codings(coding)).value();
}

TEST(CodedBody, ABodyThatStandsDecodedIsCodedAnew) {
  for (const char* coding : {"gzip", "br", "deflate", "zstd", "gzip, br"}) {
    Here here;
    const Set text = set(here, coding, "plain");
    EXPECT_EQ(http::decode_body(text.out, http::parse_codings(coding), 100).value(), "plain") << coding;
    EXPECT_TRUE(here.lost("bodies that stand decoded"));
    const std::string png = "\x89PNG\r\n\x1a\n\x01\xff";
    EXPECT_EQ(http::decode_body(set(here, coding, png).out, http::parse_codings(coding), 100).value(), png) << coding;
  }
}

TEST(CodedBody, ABodyThatIsCodedStays) {
  Here here;
  const std::string wire = coded("plain", "br");
  EXPECT_EQ(set(here, "br", wire).out, wire);
  const std::string large = coded(std::string(3u << 20, 'a'), "br");
  EXPECT_EQ(set(here, "br", large).out, large);
  EXPECT_TRUE(here.losses.all().empty());
}

// Redaction leaves out what does not decode; coded anew it would be decoded once and kept with what is inside.
TEST(CodedBody, HalfOfACodedBodyStaysAsItIs) {
  std::string plain;
  for (int i = 0; i < 500; ++i) plain += std::to_string(i * 7919);
  for (const char* coding : {"gzip", "deflate", "br", "zstd", "gzip, br", "br, gzip"}) {
    const std::string whole = coded(plain, coding);
    for (const std::size_t part : {whole.size() - 1, whole.size() / 2, std::size_t{12}}) {
      Here here;
      const Set all = set(here, coding, whole.substr(0, part));
      EXPECT_EQ(all.out, whole.substr(0, part)) << coding;
      EXPECT_EQ(all.fields.size(), 2u);
      EXPECT_TRUE(here.losses.all().empty()) << coding;
    }
  }
  Here here;
  const std::string raw = http::pack(plain, http::Packing::kRawDeflate).value();
  EXPECT_EQ(set(here, "deflate", raw.substr(0, raw.size() / 2)).out, raw.substr(0, raw.size() / 2));
  // Of two codings one was taken off.
  EXPECT_EQ(set(here, "gzip, br", coded(plain, "gzip")).out, coded(plain, "gzip"));
}

TEST(CodedBody, ACodingThatNobodyKnowsGoesFromATextOnly) {
  Here here;
  const Set text = set(here, "aws-chunked", "plain");
  EXPECT_EQ(text.out, "plain");
  EXPECT_EQ(text.fields.size(), 1u);
  EXPECT_TRUE(here.lost("content codings that are not known"));
  EXPECT_EQ(set(here, "lzma", std::string("\x5d\0\0\x80", 4)).fields.size(), 2u);
}

TEST(CodedBody, AllBodiesOfAFileShareWhatTheyMayDecompressTo) {
  for (const char* coding : {"gzip", ""}) {
    Here here;
    here.losses.unpackable = 2u << 20;
    const std::string bomb = coded(std::string(1u << 20, 'a'), "gzip");
    EXPECT_EQ(set(here, coding, bomb).out, bomb);
    EXPECT_EQ(set(here, coding, bomb).out, bomb);
    EXPECT_TRUE(here.losses.all().empty());
    const Set third = set(here, coding, bomb);
    EXPECT_EQ(third.out, "");
    ASSERT_TRUE(third.missing);
    EXPECT_EQ(third.missing->size, bomb.size());
    EXPECT_TRUE(third.missing->reason.starts_with("omitted: "));
    EXPECT_TRUE(here.lost("bodies beyond what all of one file may decompress to"));
    EXPECT_EQ(set(here, "", "text").out, "text");
  }
}

TEST(CodedBody, ABombIsCountedAsFarAsItIsRead) {
  Here here;
  const std::string bomb = coded(std::string(64u << 20, '\0'), "gzip");
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(set(here, "gzip", bomb).missing);  // redaction leaves each out
  EXPECT_TRUE(set(here, "gzip", bomb).missing);
}

}  // namespace
}  // namespace cvr::importers
