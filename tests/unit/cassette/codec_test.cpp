#include "cassette/codec.h"

#include "cvr/cassette.h"
#include "samples.h"
#include "support/random.h"

namespace cvr::cassette {
namespace {

TEST(Codec, EveryFieldComesBack) {
  const RedactedInteraction full = RedactionPass::vouch(full_parts());
  const auto back = decode(encode(full));
  ASSERT_TRUE(back) << back.error().text;
  EXPECT_EQ(*back, full);
}

TEST(Codec, DefaultsComeBack) {
  const RedactedInteraction nothing = RedactionPass::vouch({});
  EXPECT_EQ(decode(encode(nothing)).value(), nothing);
}

TEST(Codec, OddQueriesComeBack) {
  for (const bool has_query : {false, true}) {
    for (const char* query : {"", "a=b"}) {
      RedactedParts parts = sample_parts(1);
      parts.request.has_query = has_query;
      parts.request.query.text = query;
      const RedactedInteraction odd = RedactionPass::vouch(parts);
      EXPECT_EQ(decode(encode(odd)).value(), odd);
    }
  }
}

TEST(Codec, LargeBodiesAreCompressedAndComeBack) {
  for (const std::size_t size : {511, 512, 5000, 300'000}) {
    const RedactedInteraction large = sample(1, size);
    const std::string payload = encode(large);
    EXPECT_EQ(decode(payload).value(), large);
    EXPECT_LT(payload.size(), 600 + size / 3);
  }
}

TEST(Codec, RandomBodiesComeBack) {
  RedactedParts parts = sample_parts(1);
  for (const std::size_t size : {1, 1000, 100'000}) {
    parts.response->body.content.text.resize(size);
    for (char& c : parts.response->body.content.text) c = static_cast<char>(test::rng()());
    const RedactedInteraction random = RedactionPass::vouch(parts);
    EXPECT_EQ(decode(encode(random)).value(), random);
  }
}

TEST(Codec, EqualInteractionsGiveEqualBytes) {
  EXPECT_EQ(encode(sample(1, 3000)), encode(sample(1, 3000)));
  EXPECT_NE(encode(sample(1, 3000)), encode(sample(2, 3000)));
}

TEST(Codec, ThePrefixIsReadWithoutDecoding) {
  const Prefix prefix = read_prefix(encode(sample(5)));
  EXPECT_EQ(prefix.key, sample_parts(5).key);
  EXPECT_EQ(prefix.started_utc_us, sample_parts(5).timing.started_utc_us);
}

TEST(Codec, CutOrChangedRecordsDoNotCrash) {
  for (const std::size_t body : {40, 2000}) {
    const std::string payload = encode(sample(1, body));
    for (std::size_t size = 0; size < payload.size(); ++size) {
      const auto cut = decode(payload.substr(0, size));
      ASSERT_FALSE(cut);
      ASSERT_EQ(cut.error().code, ErrorCode::kMalformed);
    }
    for (int i = 0; i < 3000; ++i) {
      std::string changed = payload;
      changed[test::rng()() % changed.size()] = static_cast<char>(test::rng()());
      static_cast<void>(decode(changed));
    }
  }
}

}  // namespace
}  // namespace cvr::cassette
