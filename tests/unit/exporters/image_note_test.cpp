#include "exporters/image_note.h"

#include <gtest/gtest.h>

#include "support/random.h"

namespace cvr::exporters {
namespace {

using namespace std::string_literals;

const std::string kPng = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x06"s;
const std::string kGif = "GIF89a\x80\x02\xe0\x01"s;
// APP0, a fill byte, a table (C4 is no frame), then the frame.
const std::string kJpeg = "\xff\xd8\xff\xe0\0\x04xx\xff\xff\xc4\0\x03x\xff\xc2\0\x11\x08\x01\xe0\x02\x80\x03"s;
const std::string kWebp = "RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0"s;

TEST(ImageNote, SaysKindAndSize) {
  EXPECT_EQ(image_note(kPng), "PNG, 640 x 480 pixels");
  EXPECT_EQ(image_note(kGif), "GIF, 640 x 480 pixels");
  EXPECT_EQ(image_note(kJpeg), "JPEG, 640 x 480 pixels");
  EXPECT_EQ(image_note(kWebp), "WebP, 640 x 480 pixels");
  EXPECT_EQ(image_note("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x80\x02\xe0\x01"s), "WebP, 640 x 480 pixels");
  EXPECT_EQ(image_note("RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x7f\xc2\x77\0\0\0\0\0\0\0\0\0\0\0"s),
            "WebP, 640 x 480 pixels");
}

TEST(ImageNote, WhatIsCutOffHasNoSize) {
  EXPECT_EQ(image_note(kPng.substr(0, 20)), "PNG");
  EXPECT_EQ(image_note(kGif.substr(0, 8)), "GIF");
  EXPECT_EQ(image_note(kJpeg.substr(0, kJpeg.size() - 4)), "JPEG");
  EXPECT_EQ(image_note(kWebp.substr(0, 20)), "WebP");
}

TEST(ImageNote, NothingElseIsAPicture) {
  for (const std::string& bytes : {""s, "\x89PNG"s, "GIF90a"s, "RIFF\0\0\0\0WAVE"s, "\xff\xd8"s, "BM"s}) {
    EXPECT_EQ(image_note(bytes), "") << bytes;
  }
}

TEST(ImageNote, HostileJpegsEnd) {
  EXPECT_EQ(image_note("\xff\xd8\xff\xe0\0\0"s), "JPEG");                     // a length that does not go on
  EXPECT_EQ(image_note("\xff\xd8"s + std::string(100'000, '\xff')), "JPEG");  // fill without end
  for (int i = 0; i < 2000; ++i) {
    std::string bytes = "\xff\xd8\xff"s;
    for (std::uint64_t left = test::rng()() % 64; left > 0; --left) bytes += static_cast<char>(test::rng()());
    EXPECT_TRUE(image_note(bytes).starts_with("JPEG"));
  }
}

}  // namespace
}  // namespace cvr::exporters
