#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>

#include "bundle/image.h"

namespace cvr::bundle {
namespace {

std::string jpeg_with_text(const std::string& text) {
  jpeg_compress_struct info{};
  jpeg_error_mgr manager{};
  info.err = jpeg_std_error(&manager);
  jpeg_create_compress(&info);
  unsigned char* out = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &out, &size);
  info.image_width = 16;
  info.image_height = 9;
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_start_compress(&info, TRUE);
  jpeg_write_marker(&info, JPEG_COM, reinterpret_cast<const JOCTET*>(text.data()), static_cast<unsigned>(text.size()));
  jpeg_write_marker(&info, JPEG_APP0 + 1, reinterpret_cast<const JOCTET*>(text.data()),
                    static_cast<unsigned>(text.size()));
  std::string line(48, '\x5a');
  for (int i = 0; i < 9; ++i) {
    JSAMPROW row = reinterpret_cast<JSAMPROW>(line.data());
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  std::string bytes(reinterpret_cast<char*>(out), size);
  std::free(out);
  return bytes;
}

TEST(Jpeg, KeepsPixelsAndNothingElse) {
  const std::string given = jpeg_with_text("Exif at home");
  ASSERT_TRUE(is_jpeg(given));
  ASSERT_NE(given.find("at home"), std::string::npos);
  const auto made = jpeg_again(given + "at home");
  ASSERT_TRUE(made) << made.error().text;
  EXPECT_EQ(made->width, 16U);
  EXPECT_EQ(made->height, 9U);
  EXPECT_TRUE(is_jpeg(made->bytes));
  EXPECT_EQ(made->bytes.find("at home"), std::string::npos);
}

TEST(Jpeg, RefusesWhatDoesNotDecode) {
  const std::string whole = jpeg_with_text("x");
  for (std::size_t size = 0; size + 2 < whole.size(); size += 7)
    EXPECT_FALSE(jpeg_again(whole.substr(0, size))) << size;
  EXPECT_FALSE(jpeg_again("\xff\xd8\xff no picture"));
}

}  // namespace
}  // namespace cvr::bundle
