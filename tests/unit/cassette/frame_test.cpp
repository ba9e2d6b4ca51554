#include "cassette/frame.h"

#include "cassette/crc32c.h"

namespace cvr::cassette {
namespace {

std::string two_frames() {
  Digest chain{};
  std::string bytes(FrameDraft(FrameType::kHeader, "first").finish(0, chain));
  bytes += FrameDraft(FrameType::kInteraction, "second payload").finish(1, chain);
  return bytes;
}

TEST(FileHead, IsItsOwn) {
  EXPECT_EQ(file_head().size(), kFileHeadSize);
  EXPECT_TRUE(check_file_head(file_head() + "more", "x"));
}

TEST(FileHead, ForeignDamagedAndNewerFilesAreToldApart) {
  EXPECT_EQ(check_file_head("", "notes.txt").error().text, "notes.txt is not a cassette");
  EXPECT_EQ(check_file_head("Dear bank, about my account", "x").error().code, ErrorCode::kMalformed);
  std::string damaged = file_head();
  damaged[8] ^= 2;
  EXPECT_EQ(check_file_head(damaged, "x").error().code, ErrorCode::kMalformed);
  EXPECT_TRUE(looks_like_cassette(damaged));
  std::string newer = file_head().substr(0, 8);
  append_u32(newer, 3);
  append_u32(newer, crc32c(newer));
  EXPECT_EQ(check_file_head(newer, "x").error().code, ErrorCode::kUnsupported);
  EXPECT_EQ(check_file_head(newer, "x").error().text, "x was written by a newer cvr (format 3); update cvr");
}

TEST(FileHead, APartOfItIsRecognised) {
  for (std::size_t size = 0; size < kFileHeadSize; ++size)
    EXPECT_TRUE(is_partial_file_head(file_head().substr(0, size)));
  EXPECT_FALSE(is_partial_file_head(file_head()));
  EXPECT_FALSE(is_partial_file_head("Dear"));
}

TEST(Frame, ReadsWhatWasFinished) {
  const std::string bytes = two_frames();
  const auto first = read_frame(bytes, 0);
  ASSERT_TRUE(first);
  EXPECT_TRUE(is(first->head, FrameType::kHeader));
  EXPECT_EQ(first->payload, "first");
  EXPECT_EQ(first->head.n, 0U);
  const std::uint64_t at = kFrameHeadSize + 5;
  const auto second = read_frame(bytes, at);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->payload, "second payload");
  EXPECT_EQ(second->head.n, 1U);
  EXPECT_TRUE(continues_chain(Digest{}, bytes, 0, *first));
  EXPECT_TRUE(continues_chain(first->head.chain, bytes, at, *second));
  EXPECT_FALSE(continues_chain(Digest{}, bytes, at, *second));
  EXPECT_FALSE(read_frame(bytes, bytes.size()));
  EXPECT_FALSE(read_frame(bytes, bytes.size() + 1));
}

TEST(Frame, EveryChangedBitShows) {
  Digest chain{};
  const std::string bytes(FrameDraft(FrameType::kGap, "payload").finish(3, chain));
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    std::string changed = bytes;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    ASSERT_FALSE(read_frame(changed, 0)) << "bit " << bit;
  }
  for (std::size_t size = 0; size < bytes.size(); ++size) ASSERT_FALSE(read_frame(bytes.substr(0, size), 0));
}

TEST(Frame, TheNextSoundHeadIsFound) {
  const std::string bytes = std::string(100, '\xc5') + two_frames();
  EXPECT_EQ(find_head(bytes, 0), 100U);
  EXPECT_EQ(find_head(bytes, 100), 100U);
  EXPECT_EQ(find_head(bytes, 101), 100U + kFrameHeadSize + 5);
  EXPECT_FALSE(find_head(bytes, bytes.size()));
}

TEST(Frame, NumbersAreLittleEndian) {
  std::string bytes;
  append_u32(bytes, 0x04030201);
  append_u64(bytes, 0x0c0b0a0908070605);
  EXPECT_EQ(bytes, "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c");
  EXPECT_EQ(load_u32(bytes, 0), 0x04030201U);
  EXPECT_EQ(load_u64(bytes, 4), 0x0c0b0a0908070605U);
}

}  // namespace
}  // namespace cvr::cassette
