#include "exporters/losses.h"

#include <algorithm>

#include "kit.h"

namespace cvr::exporters {
namespace {

bool lost(std::string_view format, const RedactedParts& parts, std::string_view name) {
  const auto all = losses_in(*find_format(format), RedactionPass::vouch(parts));
  return std::ranges::find(all, name) != all.end();
}

TEST(Losses, AreThoseOfTheInteraction) {
  RedactedParts parts = sample();
  for (const Format& format : formats()) {
    EXPECT_FALSE(lost(format.name, parts, losses::kTrailers)) << format.name;
    EXPECT_FALSE(lost(format.name, parts, losses::kWhyOmitted)) << format.name;
  }
  parts.response->trailers = {field("X-Sum", "1")};
  EXPECT_TRUE(lost("md", parts, losses::kTrailers));
  EXPECT_FALSE(lost("har", parts, losses::kTrailers));
  parts.response->body.omitted = "omitted: over the body limit";
  EXPECT_TRUE(lost("wiremock", parts, losses::kWhyOmitted));
  parts.response.reset();
  EXPECT_FALSE(lost("vcrpy", parts, losses::kFailureAlone));
  parts.failure = Failure{FailureKind::kReset, "reset"};
  EXPECT_TRUE(lost("vcrpy", parts, losses::kFailureAlone));
  EXPECT_FALSE(lost("wiremock", parts, losses::kFailureAlone));
}

TEST(Losses, EachCanBeToldFromSomething) {
  RedactedParts parts = hostile();
  parts.failure = Failure{FailureKind::kReset, "reset"};
  parts.pieces = {{1, 1}};
  parts.flags = {"x"};
  parts.response_framing = Framing::kChunked;
  parts.request.body.content = marked(std::string("<<token:a>>\0", 12));
  parts.request.body.wire_size = 99;
  parts.response->body.omitted = "omitted: x";
  parts.response->trailers = {field("X-Sum", "\xff")};
  RedactedParts alone = parts;
  alone.response.reset();
  for (const std::string_view name :
       {losses::kWireSizes, losses::kRules, losses::kShort, losses::kWhyOmitted, losses::kNoUtf8, losses::kFineTimes,
        losses::kTimes, losses::kFailures, losses::kResponses, losses::kTrailers, losses::kPieces, losses::kFraming,
        losses::kNotes, losses::kOmitted, losses::kBinary}) {
    EXPECT_TRUE(losses::holds(name, parts)) << name;
    EXPECT_FALSE(losses::holds(name, RedactedParts{}) && name != losses::kTimes) << name;
  }
  EXPECT_TRUE(losses::holds(losses::kFailureAlone, alone));
  EXPECT_FALSE(losses::holds(losses::kFailureAlone, parts));
  EXPECT_FALSE(losses::holds("match keys", parts));
}

}  // namespace
}  // namespace cvr::exporters
