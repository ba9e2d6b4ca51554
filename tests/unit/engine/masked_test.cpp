#include "engine/masked.h"

#include <algorithm>

#include "support/random.h"
#include "unit/engine/kit.h"

namespace cvr::engine {
namespace {

// Recorded by somebody who did not know the secret.
class MaskedTest : public testing::Test {
 protected:
  void record(const std::string& target) {
    tape_ = std::make_unique<Tape>();
    tape_->record({exchange(get(target), "answer")});
  }
  match::MissReport report(const http::Request& asked) {
    player_ = tape_->player();
    return player_->explain(aware_->redact_request(asked), "no recorded interaction matches");
  }
  bool holds(const std::string& text) const {
    for (std::size_t i = 0; i + 12 <= secret_.size(); ++i) {
      if (text.find(secret_.substr(i, 12)) != text.npos) return true;
    }
    return false;
  }

  const std::string secret_ = "purple-" + test::random_text(4, "abcdefghij") + "-window-harvest";
  const std::shared_ptr<const Redactor> aware_ = make_redactor({secret_});
  std::unique_ptr<Tape> tape_;
  std::unique_ptr<Player> player_;
};

TEST_F(MaskedTest, ARecordedSecretIsNotReported) {
  record("/trips/" + secret_ + "?note=" + secret_);
  match::MissReport raw = report(get("/trips/other"));
  ASSERT_TRUE(holds(match::to_text(raw)));  // else this test shows nothing
  raw.reason += " in " + secret_ + ".cvr";
  const match::MissReport out = masked(raw, *player_, *aware_);
  EXPECT_FALSE(holds(match::to_text(out))) << match::to_text(out);
  EXPECT_FALSE(holds(match::to_json(out)));
  ASSERT_EQ(out.nearest.size(), 1U);
  EXPECT_EQ(out.nearest[0].difference.rule, raw.nearest[0].difference.rule);
  for (const Player::Unused& one : player_->list_unused(10)) {
    ASSERT_TRUE(holds(one.url));
    EXPECT_FALSE(holds(masked(one, *aware_).url));
  }
}

TEST_F(MaskedTest, NorIsHalfOfOneThatTheReportHasCutOff) {
  bool cut = false;
  for (std::size_t before = 150; before < 200; before += 3) {
    record("/" + std::string(before, 'x') + "/" + secret_);
    const match::MissReport raw = report(get("/other"));
    for (const match::Nearest& near : raw.nearest) {
      cut |= holds(near.difference.recorded) && near.difference.recorded.find(secret_) == std::string::npos;
      EXPECT_FALSE(holds(masked(near, *player_, *aware_).difference.recorded)) << before;
    }
  }
  EXPECT_TRUE(cut);
}

// Words that a forged cassette gives for a body that was left out.
TEST_F(MaskedTest, NorIsOneInTheReasonForABodyThatWasLeftOut) {
  for (const std::size_t before : {0, 120, 180}) {
    Interaction raw = exchange(get("/a"), "answer");
    raw.response_over_limit = BodyDigest{};
    raw.response_over_limit->reason = std::string(before, 'x') + " " + secret_;
    tape_ = std::make_unique<Tape>();
    tape_->record({raw});
    const match::MissReport told = report(get("/a"));
    ASSERT_EQ(told.nearest.size(), 1U);
    ASSERT_EQ(told.nearest[0].difference.rule, "omitted");
    ASSERT_TRUE(holds(told.nearest[0].difference.recorded));
    EXPECT_FALSE(holds(match::to_json(masked(told, *player_, *aware_)))) << before;
  }
}

// Recorded with --secrets, and replayed without.
TEST_F(MaskedTest, NorIsWhatStandsWhereASecretWasRecorded) {
  tape_ = std::make_unique<Tape>(aware_);
  http::Request request = get("/trips/" + secret_ + "?note=" + secret_);
  request.fields = {{"Content-Type", "application/json"}};
  request.body = R"({"ref":")" + secret_ + "\"}";
  tape_->record({exchange(request, "answer")});
  player_ = tape_->player();
  const match::MissReport told = player_->explain(make_redactor({})->redact_request(request), "none matches");
  ASSERT_EQ(told.nearest.size(), 1U);
  EXPECT_EQ(told.nearest[0].difference.rule, "path");
  EXPECT_FALSE(holds(match::to_json(told))) << match::to_json(told);
  EXPECT_FALSE(holds(match::to_text(told)));
}

TEST_F(MaskedTest, WhatHoldsNoneIsReportedAsItIs) {
  record("/trips/" + std::string(300, 'x') + "?note=abc");
  const match::MissReport raw = report(get("/trips/other"));
  EXPECT_EQ(match::to_text(masked(raw, *player_, *aware_)), match::to_text(raw));
}

}  // namespace
}  // namespace cvr::engine
