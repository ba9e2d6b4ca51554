#include "kit.h"

namespace cvr::redact {
namespace {

TEST(BinaryRule, LooksAtNoNames) {
  Kit kit;
  EXPECT_EQ(kit.ruled(collect_binary, "password=abcdefgh").text, "password=abcdefgh");
}

}  // namespace
}  // namespace cvr::redact
