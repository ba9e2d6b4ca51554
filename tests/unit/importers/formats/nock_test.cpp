#include "kit.h"

namespace cvr::importers {
namespace {

TEST(ImportNock, ReadsWhatTheToolWrites) { expect_golden("nock", "nock.json"); }

TEST(ImportNock, AListOfTextIsABodyUnlessItIsCompressed) {
  const std::string head = R"([{"scope":"https://a.example","method":"get","path":"/","status":"200",)";
  EXPECT_EQ(read("nock", head + R"("response":["6162"]}])").interactions.at(0).response->body, R"(["6162"])");
  EXPECT_EQ(read("nock", head + R"("response":["6162","63"],"rawHeaders":["Content-Encoding","x-unknown"]}])")
                .interactions.at(0)
                .response->body,
            "abc");
}

TEST(ImportNock, WhatIsNoneIsRefused) {
  EXPECT_TRUE(read("nock", "{}").error);
  EXPECT_TRUE(read("nock", "[").error);
}

}  // namespace
}  // namespace cvr::importers
