#include "kit.h"

namespace cvr::importers {
namespace {

TEST(ImportHoverfly, ReadsWhatNamesOneRequest) { expect_golden("hoverfly", "hoverfly.json"); }

TEST(ImportHoverfly, WhatIsNoneIsRefused) {
  EXPECT_TRUE(read("hoverfly", "{}").error);
  EXPECT_TRUE(read("hoverfly", R"({"data":{"pairs":{}}})").error);
}

}  // namespace
}  // namespace cvr::importers
