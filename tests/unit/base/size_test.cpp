#include "base/size.h"

namespace cvr {
namespace {

TEST(Size, ReadsUnitsOf1024) {
  EXPECT_EQ(parse_size("512"), 512U);
  EXPECT_EQ(parse_size("16K"), 16U << 10);
  EXPECT_EQ(parse_size("16MiB"), 16U << 20);
  EXPECT_EQ(parse_size("1G"), 1U << 30);
  for (const char* text : {"", "K", "1T", "-1", "1.5M", "1 K", "99999999999999999999", "0x10"})
    EXPECT_FALSE(parse_size(text)) << text;
}

TEST(Size, ReadsDurations) {
  EXPECT_EQ(parse_duration_ms("250ms"), 250);
  EXPECT_EQ(parse_duration_ms("5s"), 5000);
  EXPECT_EQ(parse_duration_ms("5"), 5000);
  EXPECT_EQ(parse_duration_ms("2m"), 120'000);
  EXPECT_EQ(parse_duration_ms("7d"), 604'800'000);
  for (const char* text : {"", "s", "5 s", "1w", "-1s", "9999999999999999s"})
    EXPECT_FALSE(parse_duration_ms(text)) << text;
}

}  // namespace
}  // namespace cvr
