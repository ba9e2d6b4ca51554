#include "diagnose/rules/failures.h"

#include "kit.h"

namespace cvr::diagnose::test {
namespace {

TEST(Failures, ByKindOfTheAfterRecordingAlone) {
  Tape before(kFriday);
  before.add(get("/rfqs", new_pair()).fails(FailureKind::kDns));
  const Told told =
      tell(on_monday({get("/rfqs", new_pair()), get("/rfqs", new_pair()).fails(FailureKind::kDns)}), &before);
  const Calls found = calls_that_failed(*told.diagnosis.facts, FailureKind::kDns);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0]->n, 2u);
}

TEST(Failures, WhatATlsFailureIsAbout) {
  EXPECT_TRUE(is_about_certificate("self-signed certificate in certificate chain"));
  EXPECT_FALSE(is_about_certificate("tlsv1 alert protocol version"));
  EXPECT_TRUE(is_about_version("tlsv1 alert protocol version"));
  EXPECT_FALSE(is_about_version("connection reset"));
}

}  // namespace
}  // namespace cvr::diagnose::test
