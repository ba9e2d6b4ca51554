#include "cvr/exporters.h"

#include "kit.h"

namespace cvr::exporters {
namespace {

TEST(Formats, AreFoundByName) {
  for (const std::string_view name : {"har", "curl", "jsonl", "md", "http", "vcrpy", "wiremock", "playwright"}) {
    const Format* format = find_format(name);
    ASSERT_NE(format, nullptr) << name;
    EXPECT_EQ(format->name, name);
    EXPECT_FALSE(format->description.empty());
    EXPECT_FALSE(format->can_not_hold.empty());
    EXPECT_NE(format->make(), nullptr);
  }
  EXPECT_EQ(find_format("HAR"), nullptr);
  EXPECT_EQ(find_format(""), nullptr);
}

TEST(Formats, TakeNothingAndHostileText) {
  for (const Format& format : formats()) {
    exported(format.name, {});
    const std::string text = exported(format.name, {RedactionPass::vouch(hostile())}, true);
    EXPECT_EQ(text.find('\x1b'), std::string::npos) << format.name;
  }
}

TEST(Formats, AreDeterministic) {
  for (const Format& format : formats()) {
    EXPECT_EQ(exported(format.name, samples(), true), exported(format.name, samples(), true));
  }
}

TEST(Formats, SayWhereTheUpstreamWasNotVerified) {
  RedactedParts parts = sample();
  parts.flags = {std::string(kFlagInsecureUpstream), "odd\nflag"};
  for (const Format& format : formats()) {
    const std::string text = exported(format.name, {RedactionPass::vouch(parts)});
    EXPECT_NE(text.find(kFlagInsecureUpstream), std::string::npos) << format.name;
    EXPECT_EQ(text.find("odd\nflag"), std::string::npos) << format.name;
  }
}

TEST(Formats, SayWhereABodyIsOmitted) {
  for (const std::string_view name : {"har", "jsonl", "md", "vcrpy", "wiremock", "playwright"}) {
    EXPECT_NE(exported(name, samples()).find("omitted: over the body limit"), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace cvr::exporters
