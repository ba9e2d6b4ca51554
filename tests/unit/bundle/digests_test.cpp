#include "bundle/digests.h"

namespace cvr::bundle {
namespace {

TEST(Digests, AreThoseOfSha256sum) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-4
}

}  // namespace
}  // namespace cvr::bundle
