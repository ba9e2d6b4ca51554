#include <sys/stat.h>
#include <unistd.h>

#include "cassette/crc32c.h"
#include "cassette/frame.h"
#include "cvr/cassette.h"
#include "folder.h"
#include "samples.h"

namespace cvr::cassette {
namespace {

class OpenTest : public testing::Test {
 protected:
  Result<std::unique_ptr<Writer>> open(bool overwrite = false) {
    WriterOptions options;
    options.overwrite = overwrite;
    options.header = sample_header();
    return Writer::open(path_, options, &report_);
  }
  void record(std::uint64_t first, std::uint64_t last) {
    auto writer = open();
    ASSERT_TRUE(writer) << writer.error().text;
    for (std::uint64_t n = first; n <= last; ++n) ASSERT_EQ((*writer)->append(sample(n)).value(), n);
    ASSERT_TRUE((*writer)->seal());
  }

  Folder folder_;
  std::string path_ = folder_.file("x.cvr");
  OpenReport report_;
};

TEST_F(OpenTest, ANewFileIsPrivate) {
  ASSERT_TRUE(open());
  struct stat facts{};
  ASSERT_EQ(::stat(path_.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 07777, 0600U);
  EXPECT_EQ(report_.interactions, 0U);
}

TEST_F(OpenTest, AppendsAndReports) {
  record(1, 3);
  record(4, 5);
  EXPECT_EQ(report_.interactions, 3U);
  EXPECT_TRUE(report_.was_sealed);
  EXPECT_EQ(report_.torn_bytes_cut, 0U);
  EXPECT_EQ((*Reader::open(path_))->size(), 5U);
}

TEST_F(OpenTest, PurgeKeepsRecordsOfTomorrow) {
  auto writer = open();
  ASSERT_TRUE(writer);
  ASSERT_TRUE((*writer)->append(sample(1)));
  ASSERT_TRUE((*writer)->append(UnknownRecord{200, 0, "of tomorrow"}));
  ASSERT_TRUE((*writer)->append(sample(2)));
  EXPECT_FALSE((*writer)->append(UnknownRecord{2, 0, "an interaction, so it says"}));
  const auto change = [](std::uint64_t n, const auto&) { return n == 1 ? std::optional(sample(9)) : std::nullopt; };
  EXPECT_EQ((*writer)->purge(change).value(), 1U);
  ASSERT_TRUE((*writer)->seal());
  const auto reader = Reader::open(path_, Check::kFull);
  ASSERT_TRUE(reader);
  EXPECT_EQ((*reader)->health(), Health::kSealed);
  const auto unknown = (*reader)->unknown();
  ASSERT_EQ(unknown.size(), 1U);
  EXPECT_EQ(unknown[0].payload, "of tomorrow");
  EXPECT_EQ(unknown[0].after, 1U);
}

TEST_F(OpenTest, PurgePutsOthersInTheirPlaces) {
  record(1, 3);
  auto writer = open();
  ASSERT_TRUE(writer);
  for (std::uint64_t n = 4; n <= 6; ++n) ASSERT_EQ((*writer)->append(sample(n)).value(), n);
  const auto change = [](std::uint64_t number, const RedactedInteraction& old) {
    EXPECT_EQ(old, sample(number));
    return number == 2 || number == 6 ? std::optional(sample(number + 100)) : std::nullopt;
  };
  EXPECT_EQ((*writer)->purge(change).value(), 2U);
  EXPECT_EQ((*Reader::open(path_))->health(), Health::kUnsealed);
  EXPECT_EQ((*writer)->append(sample(7)).value(), 7U);
  // Still the only writer of the file of that name.
  EXPECT_FALSE(open());
  ASSERT_TRUE((*writer)->seal());
  const auto reader = Reader::open(path_, Check::kFull);
  ASSERT_TRUE(reader);
  EXPECT_EQ((*reader)->health(), Health::kSealed);
  ASSERT_EQ((*reader)->size(), 7U);
  for (const auto& [number, is] : {std::pair{1, 1}, {2, 102}, {3, 3}, {6, 106}, {7, 7}}) {
    EXPECT_EQ((*reader)->interaction(static_cast<std::uint64_t>(number - 1)).value(),
              sample(static_cast<std::uint64_t>(is)));
  }
  EXPECT_EQ((*reader)->header(), sample_header());
}

TEST_F(OpenTest, DiscardRemovesANewFile) {
  auto writer = open();
  ASSERT_TRUE((*writer)->append(sample(1)));
  ASSERT_TRUE((*writer)->discard());
  EXPECT_NE(::access(path_.c_str(), F_OK), 0);
  EXPECT_FALSE((*writer)->append(sample(2)));  // finished
  writer->reset();
  record(1, 1);
}

TEST_F(OpenTest, DiscardLeavesAnOldFileAsItWas) {
  record(1, 3);
  const std::string before = bytes_of(path_);
  auto writer = open();
  for (std::uint64_t n = 4; n <= 6; ++n) ASSERT_EQ((*writer)->append(sample(n)).value(), n);
  EXPECT_NE(bytes_of(path_), before);
  ASSERT_TRUE((*writer)->discard());
  writer->reset();
  EXPECT_EQ(bytes_of(path_), before);
  record(4, 4);
  EXPECT_EQ((*Reader::open(path_, Check::kFull))->size(), 4U);
}

TEST_F(OpenTest, DiscardBringsBackWhatWasReplaced) {
  record(1, 3);
  const std::string before = bytes_of(path_);
  WriterOptions options;
  options.overwrite = options.keep_replaced = true;
  options.header = sample_header();
  auto writer = Writer::open(path_, options, nullptr);
  ASSERT_TRUE((*writer)->append(sample(9)));
  EXPECT_EQ((*Reader::open(path_))->size(), 1U);
  ASSERT_TRUE((*writer)->discard());
  writer->reset();
  EXPECT_EQ(bytes_of(path_), before);
  struct stat facts{};
  ASSERT_EQ(::stat(path_.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 07777, 0600U);
}

TEST_F(OpenTest, PurgeOfNothingLeavesTheFileAlone) {
  record(1, 3);
  auto writer = open();
  struct stat before{};
  struct stat after{};
  ASSERT_EQ(::stat(path_.c_str(), &before), 0);
  EXPECT_EQ((*writer)->purge([](auto, const auto&) { return std::nullopt; }).value(), 0U);
  ASSERT_EQ(::stat(path_.c_str(), &after), 0);
  EXPECT_EQ(before.st_ino, after.st_ino);
}

TEST_F(OpenTest, ALookupIsMadeOfAllKeysAndIsGoodForExactlyThose) {
  const auto session = [&](std::uint64_t first, std::uint64_t last, std::uint64_t from) {
    WriterOptions options;
    options.header = sample_header();
    options.lookup_from = from;
    options.make_lookup = [](const std::vector<MatchKey>& keys) { return "keys: " + std::to_string(keys.size()); };
    auto writer = Writer::open(path_, options, nullptr);
    ASSERT_TRUE(writer);
    for (std::uint64_t n = first; n <= last; ++n) ASSERT_TRUE((*writer)->append(sample(n)));
    ASSERT_TRUE((*writer)->seal());
  };
  const auto lookup = [&] { return std::string((*Reader::open(path_))->lookup()); };
  session(1, 2, 3);
  EXPECT_EQ(lookup(), "");  // too few to be worth it
  session(3, 5, 3);
  EXPECT_EQ(lookup(), "keys: 5");
  session(6, 6, 100);
  EXPECT_EQ(lookup(), "");  // the one that is there does not know of the last
  session(7, 7, 3);
  EXPECT_EQ(lookup(), "keys: 7");
  const auto full = Reader::open(path_, Check::kFull);
  EXPECT_EQ((*full)->health(), Health::kSealed);
  EXPECT_EQ((*full)->size(), 7U);
}

TEST_F(OpenTest, PurgeKeepsGaps) {
  auto writer = open();
  ASSERT_TRUE(writer);
  ASSERT_TRUE((*writer)->append(sample(1)));
  (*writer)->lose("no descriptors");
  EXPECT_EQ((*writer)->purge([](auto, const auto&) { return std::optional(sample(9)); }).value(), 1U);
  ASSERT_TRUE((*writer)->seal());
  const auto reader = Reader::open(path_);
  ASSERT_EQ((*reader)->size(), 1U);
  EXPECT_EQ((*reader)->interaction(0).value(), sample(9));
  ASSERT_EQ((*reader)->gaps().size(), 1U);
}

TEST_F(OpenTest, ATornTailIsCutAndReported) {
  record(1, 3);
  const std::string whole = bytes_of(path_);
  write_bytes(path_, whole + std::string(file_head()));
  record(4, 4);
  EXPECT_EQ(report_.torn_bytes_cut, kFileHeadSize);
  EXPECT_FALSE(report_.was_sealed && report_.torn_bytes_cut == 0);
  EXPECT_EQ((*Reader::open(path_, Check::kFull))->size(), 4U);
  EXPECT_EQ((*Reader::open(path_, Check::kFull))->health(), Health::kSealed);
}

TEST_F(OpenTest, AFileCutInItsFirstBytesStartsAnew) {
  record(1, 1);
  const std::string whole = bytes_of(path_);
  for (std::size_t size = 0; size < 150; size += 7) {
    write_bytes(path_, whole.substr(0, size));
    record(1, 1);
    EXPECT_LE(report_.torn_bytes_cut, size);
    EXPECT_EQ((*Reader::open(path_, Check::kFull))->header(), sample_header());
  }
}

TEST_F(OpenTest, DamageIsRefusedAndNamesRepair) {
  record(1, 3);
  std::string bytes = bytes_of(path_);
  bytes[300] ^= 1;
  write_bytes(path_, bytes);
  const auto refused = open();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kDamaged);
  EXPECT_NE(refused.error().text.find("cvr repair " + path_), std::string::npos);
  EXPECT_EQ(bytes_of(path_), bytes) << "nothing was touched";
}

TEST_F(OpenTest, ForeignAndNewerFilesAreLeftAlone) {
  for (const bool overwrite : {false, true}) {
    write_bytes(path_, "Dear bank,\n");
    const auto foreign = open(overwrite);
    ASSERT_FALSE(foreign);
    EXPECT_EQ(foreign.error().text, path_ + " is not a cassette");
    EXPECT_EQ(exit_status(foreign.error().code), 3);
    EXPECT_EQ(bytes_of(path_), "Dear bank,\n");
  }
  std::string newer = file_head().substr(0, 8);
  append_u32(newer, 9);
  append_u32(newer, crc32c(newer));
  write_bytes(path_, newer + "whatever");
  const auto refused = open();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kUnsupported);
  EXPECT_EQ(exit_status(refused.error().code), 3);
}

TEST_F(OpenTest, OnlyOneRecorder) {
  const auto first = open();
  ASSERT_TRUE(first);
  for (const bool overwrite : {false, true}) {
    const auto second = open(overwrite);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::kEnvironment);
    EXPECT_EQ(second.error().text, path_ + " is in use by another recorder");
  }
}

TEST_F(OpenTest, ALinkIsRefused) {
  record(1, 1);
  const std::string link = folder_.file("link.cvr");
  ASSERT_EQ(::symlink(path_.c_str(), link.c_str()), 0);
  for (const bool overwrite : {false, true}) {
    WriterOptions options;
    options.overwrite = overwrite;
    const auto refused = Writer::open(link, options, nullptr);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kEnvironment);
    EXPECT_NE(refused.error().text.find("symbolic link"), std::string::npos);
  }
}

TEST_F(OpenTest, WritableByOthersIsRefused) {
  record(1, 1);
  ASSERT_EQ(::chmod(path_.c_str(), 0660), 0);
  const auto refused = open();
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().text.find("chmod go-w"), std::string::npos);
}

TEST_F(OpenTest, OverwritingLeavesTheOldFileToItsReaders) {
  record(1, 3);
  const auto old = Reader::open(path_);
  ASSERT_TRUE(old);
  auto writer = open(true);
  ASSERT_TRUE(writer) << writer.error().text;
  ASSERT_TRUE((*writer)->append(sample(9)));
  EXPECT_EQ((*old)->interaction(2).value(), sample(3));
  EXPECT_EQ((*Reader::open(path_))->size(), 1U);
  EXPECT_FALSE(open()) << "the new file is locked under its new name";
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.file("")), {}), 1) << "nothing is left beside";
}

TEST_F(OpenTest, ReadersKeepReadingWhileMoreIsRecorded) {
  record(1, 2);
  const auto reader = Reader::open(path_);
  record(3, 4);
  EXPECT_EQ((*reader)->size(), 2U);
  EXPECT_EQ((*reader)->key(1), sample_parts(2).key);
  EXPECT_EQ((*reader)->interaction(1).value(), sample(2));
}

}  // namespace
}  // namespace cvr::cassette
