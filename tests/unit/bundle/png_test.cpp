#include "bundle/image.h"
#include "picture_kit.h"

namespace cvr::bundle {
namespace {

TEST(Png, KeepsPixelsAndNothingElse) {
  const std::string given = test::png_with_text("at home");
  ASSERT_TRUE(is_png(given));
  const auto made = png_again(given);
  ASSERT_TRUE(made) << made.error().text;
  EXPECT_EQ(made->width, 5U);
  EXPECT_EQ(made->height, 4U);
  EXPECT_EQ(made->bytes.find("at home"), std::string::npos);
  EXPECT_EQ(made->bytes.find("tEXt"), std::string::npos);
  EXPECT_EQ(png_again(made->bytes)->bytes, made->bytes) << "the pixels of what was made are the same";
}

TEST(Png, RefusesWhatDoesNotDecode) {
  const std::string whole = test::plain_png(5, 4);
  for (std::size_t size = 0; size + 12 < whole.size(); ++size) EXPECT_FALSE(png_again(whole.substr(0, size))) << size;
  std::string huge = whole;
  huge.replace(8, 25, test::chunk("IHDR", std::string("\0\1\0\0\0\1\0\0\x08\x06\0\0\0", 13)));
  EXPECT_EQ(png_again(huge).error().code, ErrorCode::kLimit);
}

}  // namespace
}  // namespace cvr::bundle
