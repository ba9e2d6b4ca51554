#include "app/doctor.h"

#include <gtest/gtest.h>

namespace cvr::app {
namespace {

const CheckResults kMixed = {{"port", CheckState::kPass, "127.0.0.1:1 is free"},
                             {"client curl", CheckState::kFail, "says \"no\"", "mend it"},
                             {"CA", CheckState::kWarn, "is old", "cvr ca rotate"},
                             {"client git", CheckState::kSkip, "not found"}};

TEST(Doctor, TextIsAlignedAndNamesTheMend) {
  EXPECT_EQ(doctor_text(kMixed, false),
            "PASS  port         127.0.0.1:1 is free\n"
            "FAIL  client curl  says \"no\"\n"
            "                   -> mend it\n"
            "WARN  CA           is old\n"
            "                   -> cvr ca rotate\n"
            "SKIP  client git   not found\n"
            "1 passed, 1 warnings, 1 failed\n");
}

TEST(Doctor, ColourIsForTerminals) {
  EXPECT_NE(doctor_text(kMixed, true).find("\x1b[31mFAIL\x1b[0m"), std::string::npos);
  EXPECT_EQ(doctor_text(kMixed, false).find('\x1b'), std::string::npos);
}

TEST(Doctor, Json) {
  EXPECT_EQ(doctor_json({kMixed[1]}),
            "{\"ok\":false,\"checks\":[{\"check\":\"client curl\",\"state\":\"FAIL\",\"found\":\"says \\\"no\\\"\","
            "\"mend\":\"mend it\"}]}\n");
}

TEST(Doctor, OnlyAFailureIsOne) {
  EXPECT_EQ(doctor_status({}), 0);
  EXPECT_EQ(doctor_status({kMixed[0], kMixed[2], kMixed[3]}), 0);
  EXPECT_EQ(doctor_status(kMixed), 1);
}

}  // namespace
}  // namespace cvr::app
