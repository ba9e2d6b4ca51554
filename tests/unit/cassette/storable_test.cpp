#include "cassette/storable.h"

#include "samples.h"

namespace cvr::cassette {
namespace {

TEST(Storable, OrdinaryPartsAre) {
  EXPECT_TRUE(check_storable(sample_parts(1)));
  EXPECT_TRUE(check_storable(full_parts()));
  EXPECT_TRUE(check_storable({}));
}

TEST(Storable, SpansMustFitTheirText) {
  EXPECT_TRUE(spans_are_sound(4, {}));
  EXPECT_TRUE(spans_are_sound(4, {{0, 1, Kind::kToken, ""}, {1, 3, Kind::kToken, ""}}));
  EXPECT_FALSE(spans_are_sound(4, {{1, 3, Kind::kToken, ""}, {0, 1, Kind::kToken, ""}}));
  EXPECT_FALSE(spans_are_sound(4, {{0, 2, Kind::kToken, ""}, {1, 1, Kind::kToken, ""}}));
  EXPECT_FALSE(spans_are_sound(4, {{0, 0, Kind::kToken, ""}}));
  EXPECT_FALSE(spans_are_sound(4, {{3, 2, Kind::kToken, ""}}));
  EXPECT_FALSE(spans_are_sound(4, {{UINT32_MAX, UINT32_MAX, Kind::kToken, ""}}));
}

TEST(Storable, EveryTextIsLookedAt) {
  const Span wrong{100'000'000, 1, Kind::kToken, ""};
  RedactedParts parts = full_parts();
  std::vector<RedactedText*> texts = {&parts.request.path,           &parts.request.query,
                                      &parts.request.fields[0].name, &parts.request.fields[0].value,
                                      &parts.request.body.content,   &parts.request.trailers[0].value,
                                      &parts.response->reason,       &parts.response->fields[0].name,
                                      &parts.response->body.content, &parts.response->trailers[0].value};
  for (RedactedText* text : texts) {
    text->spans.push_back(wrong);
    EXPECT_EQ(check_storable(parts).error().code, ErrorCode::kMalformed);
    text->spans.pop_back();
  }
  EXPECT_TRUE(check_storable(parts));
}

TEST(Storable, LimitsHold) {
  RedactedParts many = sample_parts(1);
  many.request.fields.resize(kMostFields + 1);
  EXPECT_EQ(check_storable(many).error().code, ErrorCode::kLimit);
  many = sample_parts(1);
  many.flags.resize(kMostWords + 1);
  EXPECT_EQ(check_storable(many).error().code, ErrorCode::kLimit);
}

}  // namespace
}  // namespace cvr::cassette
