#include "engine/seal_check.h"

#include <cstring>

#include "cassette/frame.h"
#include "cassette/meta.h"
#include "support/golden.h"
#include "support/random.h"
#include "support/temporary_directory.h"
#include "unit/engine/kit.h"

namespace cvr::engine {
namespace {

using In = SealFinding::In;

// A cassette in which somebody has written.
class SealCheckTest : public testing::Test {
 protected:
  void write(const std::function<void(cassette::Writer&)>& more, const std::string& key = "0a",
             std::vector<Interaction> all = {exchange(get("/a"), "hello")}) {
    cassette::WriterOptions options;
    options.overwrite = true;
    options.header.key_fingerprint = key;
    auto writer = cassette::Writer::open(path_, options, nullptr);
    ASSERT_TRUE(writer);
    for (const Interaction& one : all) ASSERT_TRUE((*writer)->append(unaware_->redact(one)));
    more(**writer);
    ASSERT_TRUE((*writer)->seal());
  }
  std::vector<SealFinding> outside(const Redactor& redactor) { return leaks_outside(*reader(), redactor); }
  std::unique_ptr<cassette::Reader> reader() { return *cassette::Reader::open(path_, cassette::Check::kFull); }
  Result<std::uint64_t> purged() {
    auto writer = cassette::Writer::open(path_, {}, nullptr);
    EXPECT_TRUE(writer);
    auto out = purge(**writer, *aware_, usual_rules());
    if (out) {
      EXPECT_TRUE((*writer)->seal());
    }
    return out;
  }
  void expect_clean() {
    EXPECT_EQ(test::read_file(path_).find(secret_), std::string::npos);
    EXPECT_TRUE(outside(*aware_).empty());
    EXPECT_EQ(reader()->health(), cassette::Health::kSealed);
    for (std::uint64_t i = 0; i < reader()->size(); ++i) {
      const auto from = reader();
      EXPECT_TRUE(leaks_of(*from, i, **from->interaction(i), *aware_).empty());
    }
  }
  // Puts `payload` as a frame of `type` at the end.
  void put(cassette::FrameType type, const std::string& payload) {
    const auto from = reader();
    const auto bytes = test::read_file(path_);
    cassette::Digest chain{};
    std::uint64_t at = cassette::kFileHeadSize;
    std::uint64_t n = 0;
    while (const auto head = cassette::read_head(bytes, at)) {
      chain = head->chain;
      n = head->n;
      at += cassette::kFrameHeadSize + head->size;
    }
    cassette::FrameDraft frame(type, payload);
    const bool counts = type == cassette::FrameType::kInteraction;
    std::ofstream(path_, std::ios::app | std::ios::binary) << frame.finish(n + (counts ? 1 : 0), chain);
  }

  test::TemporaryDirectory directory_;
  const std::string path_ = directory_.file("t.cvr");
  const std::string secret_ = "k" + test::random_hex(28);
  const std::shared_ptr<const Redactor> unaware_ = make_redactor();
  const std::shared_ptr<const Redactor> aware_ = make_redactor({secret_});
};

TEST_F(SealCheckTest, ACassetteOfARecorderIsClean) {
  write([](cassette::Writer& writer) {
    ASSERT_TRUE(writer.append(cassette::Gap{1, 2, "no space left on device"}));
    ASSERT_TRUE(writer.append(cassette::Refusal{1, "gate", "api.test", "no such thing", 0}));
    ASSERT_TRUE(writer.append(cassette::UnknownRecord{200, 0, "of tomorrow"}));
  });
  EXPECT_TRUE(outside(*aware_).empty());
  const std::string before = test::read_file(path_);
  EXPECT_EQ(purged().value(), 0U);
  EXPECT_EQ(test::read_file(path_), before);
}

TEST_F(SealCheckTest, WordsOfGapsAndRefusalsArePutAnew) {
  write([&](cassette::Writer& writer) {
    ASSERT_TRUE(writer.append(cassette::Gap{1, 2, "for " + secret_}));
    ASSERT_TRUE(writer.append(cassette::Refusal{1, secret_, "api.test", "r", 0}));
    ASSERT_TRUE(writer.append(cassette::Refusal{1, "gate", secret_ + ".api.test", "r", 0}));
    ASSERT_TRUE(writer.append(cassette::Refusal{1, "gate", "api.test", "r " + secret_, 0}));
  });
  const auto found = outside(*aware_);
  ASSERT_EQ(found.size(), 4U);
  for (const SealFinding& one : found) EXPECT_TRUE(one.in == In::kWords && one.leak.known);
  EXPECT_EQ(purged().value(), 4U);
  expect_clean();
  const auto from = reader();
  ASSERT_EQ(from->gaps().size(), 1U);
  EXPECT_TRUE(from->gaps()[0].reason.starts_with("for "));
  ASSERT_EQ(from->refusals().size(), 3U);
  EXPECT_TRUE(from->refusals()[1].host.ends_with(".api.test"));
  EXPECT_EQ(from->refusals()[1].after, 1U);
  EXPECT_EQ(purged().value(), 0U);
}

TEST_F(SealCheckTest, AnInteractionIsPutAnewAndItsNumberStays) {
  write([](cassette::Writer&) {}, "0a", {exchange(get("/a"), "hello"), exchange(get("/" + secret_), "hello")});
  EXPECT_EQ(purged().value(), 1U);
  expect_clean();
  EXPECT_EQ(reader()->size(), 2U);
}

TEST_F(SealCheckTest, WhatNoDecoderTellsGoesWhenTheCassetteIsWrittenAnew) {
  for (const auto type : {cassette::FrameType::kLookup, cassette::FrameType::kHints, cassette::FrameType::kGap}) {
    write([](cassette::Writer&) {});
    std::string payload = cassette::encode_gap({1, 1, "lost"});
    payload[0] = static_cast<char>(payload[0] + 1);
    payload +=
        "\xa1"
        "x" +
        std::string("\xbd") + secret_;
    put(type, type == cassette::FrameType::kGap ? payload : "some bytes " + secret_);
    ASSERT_EQ(outside(*aware_).size(), 1U) << static_cast<int>(type);
    EXPECT_EQ(outside(*aware_)[0].in, In::kAside);
    EXPECT_EQ(purged().value(), 0U);
    expect_clean();
  }
}

TEST_F(SealCheckTest, AMatchKeyMayHoldOneToo) {
  write([](cassette::Writer&) {});
  RedactedInteraction one = *reader()->interaction(0);
  MatchKey key;
  std::memcpy(&key, secret_.data(), std::min(sizeof key, secret_.size()));
  one.set_key(key);
  put(cassette::FrameType::kInteraction, cassette::encode(one));
  const auto from = reader();
  ASSERT_EQ(from->size(), 2U);
  EXPECT_TRUE(leaks_of(*from, 0, **from->interaction(0), *aware_).empty());
  const auto leaks = leaks_of(*from, 1, **from->interaction(1), *aware_);
  ASSERT_EQ(leaks.size(), 1U);
  EXPECT_TRUE(leaks[0].known);
  EXPECT_EQ(purged().value(), 1U);
  expect_clean();
}

TEST_F(SealCheckTest, WhatCanNotBePutAnewIsRefusedAndNothingChanges) {
  const auto unknown = [&](cassette::Writer& writer) {
    ASSERT_TRUE(writer.append(cassette::UnknownRecord{200, 0, "for " + secret_}));
  };
  for (const bool in_header : {true, false}) {
    write(in_header ? [](cassette::Writer&) {} : std::function<void(cassette::Writer&)>(unknown),
          in_header ? secret_ : "0a");
    ASSERT_EQ(outside(*aware_).size(), 1U);
    EXPECT_EQ(outside(*aware_)[0].in, in_header ? In::kHeader : In::kUnknown);
    const std::string before = test::read_file(path_);
    const auto done = purged();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::kRefused);
    EXPECT_NE(done.error().text.find("cvr redact " + path_ + " -o OUT"), std::string::npos) << done.error().text;
    EXPECT_EQ(done.error().text.find(secret_), std::string::npos);
    EXPECT_EQ(test::read_file(path_), before);
  }
}

}  // namespace
}  // namespace cvr::engine
