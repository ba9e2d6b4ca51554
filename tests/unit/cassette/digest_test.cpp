#include "cassette/digest.h"

#include "base/base64.h"

namespace cvr::cassette {
namespace {

std::string hex(const Digest& digest) {
  return hex_encode({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

TEST(Digest, TheVectorsOfFips180) {
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Digest, TheChainIsTheDigestOfTheThreePartsInARow) {
  const Digest before = sha256("before");
  const Digest payload = sha256("payload");
  std::string row(before.begin(), before.end());
  row += "sixteen bytes...";
  row.append(payload.begin(), payload.end());
  EXPECT_EQ(next_in_chain(before, "sixteen bytes...", payload), sha256(row));
  EXPECT_NE(next_in_chain(payload, "sixteen bytes...", before), sha256(row));
}

}  // namespace
}  // namespace cvr::cassette
