#include "cassette/frame.h"
#include "cvr/cassette.h"
#include "folder.h"
#include "samples.h"

namespace cvr::cassette {
namespace {

class RepairTest : public testing::Test {
 protected:
  void SetUp() override {
    WriterOptions options;
    options.header = sample_header();
    auto writer = Writer::open(path_, options, nullptr);
    for (std::uint64_t n = 1; n <= 4; ++n) {
      ASSERT_TRUE((*writer)->append(sample(n)));
      ends_.push_back(std::filesystem::file_size(path_));
    }
    ASSERT_TRUE((*writer)->seal());
    whole_ = bytes_of(path_);
  }

  Folder folder_;
  std::string path_ = folder_.file("x.cvr");
  std::vector<std::size_t> ends_;
  std::string whole_;
};

TEST_F(RepairTest, ASoundFileIsLeftAlone) {
  const auto report = repair(path_);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->kept, 4U);
  EXPECT_EQ(report->lost, 0U);
  EXPECT_EQ(report->cut_bytes, 0U);
  EXPECT_EQ(report->copy, "");
  EXPECT_EQ(bytes_of(path_), whole_);
  EXPECT_FALSE(std::filesystem::exists(path_ + ".damaged"));
}

TEST_F(RepairTest, ATornTailIsCutAndLosesNothing) {
  write_bytes(path_, whole_.substr(0, ends_[2] + 30));
  const auto report = repair(path_);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->kept, 3U);
  EXPECT_EQ(report->lost, 0U);
  EXPECT_EQ(report->cut_bytes, 30U);
  EXPECT_EQ(bytes_of(path_), whole_.substr(0, ends_[2]));
  EXPECT_EQ(bytes_of(path_ + ".damaged"), whole_.substr(0, ends_[2] + 30));
}

TEST_F(RepairTest, ATornFileHeadIsCut) {
  write_bytes(path_, whole_.substr(0, 9));
  const auto report = repair(path_);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->kept + report->lost, 0U);
  EXPECT_EQ(report->cut_bytes, 9U);
  EXPECT_EQ(bytes_of(path_), "");
  EXPECT_EQ(bytes_of(path_ + ".damaged"), whole_.substr(0, 9));
  ASSERT_TRUE(repair(path_));
  EXPECT_EQ(Reader::open(path_).value()->size(), 0U);
}

TEST_F(RepairTest, DamageIsCutAndCountedAndRecordingGoesOn) {
  std::string damaged = whole_;
  damaged[ends_[0] + 70] ^= 1;
  write_bytes(path_, damaged);
  const auto report = repair(path_);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->kept, 1U);
  EXPECT_EQ(report->lost, 3U);
  EXPECT_EQ(report->cut_bytes, whole_.size() - ends_[0]);
  EXPECT_EQ(report->copy, path_ + ".damaged");
  EXPECT_EQ(bytes_of(report->copy), damaged);
  auto writer = Writer::open(path_, {}, nullptr);
  ASSERT_TRUE(writer);
  EXPECT_EQ((*writer)->append(sample(2)).value(), 2U);
}

TEST_F(RepairTest, AnEarlierCopyIsKept) {
  write_bytes(path_ + ".damaged", "evidence");
  write_bytes(path_, whole_.substr(0, ends_[2] + 30));
  EXPECT_EQ(repair(path_)->copy, path_ + ".damaged.2");
  EXPECT_EQ(bytes_of(path_ + ".damaged"), "evidence");
}

TEST_F(RepairTest, WhatIsNoCassetteOrInUseIsRefused) {
  EXPECT_EQ(repair(folder_.file("missing.cvr")).error().code, ErrorCode::kEnvironment);
  EXPECT_FALSE(std::filesystem::exists(folder_.file("missing.cvr")));
  write_bytes(folder_.file("notes.txt"), "Dear bank,");
  EXPECT_EQ(repair(folder_.file("notes.txt")).error().code, ErrorCode::kMalformed);
  const auto writer = Writer::open(path_, {}, nullptr);
  EXPECT_NE(repair(path_).error().text.find("in use"), std::string::npos);
}

}  // namespace
}  // namespace cvr::cassette
