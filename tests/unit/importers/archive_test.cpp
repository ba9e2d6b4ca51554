#include "importers/archive.h"

#include <zlib.h>

#include "support/random.h"

namespace cvr::importers {
namespace {

std::string little(std::uint64_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(i < 8 ? value >> (8 * i) & 0xff : 0);
  return out;
}

// Members that are stored as they are (APPNOTE 4.3).
std::string zip(const std::vector<std::pair<std::string, std::string>>& members) {
  std::string out;
  std::string directory;
  for (const auto& [name, text] : members) {
    const auto crc = crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size()));
    const std::string head = little(20, 2) + little(0, 8) + little(crc, 4) + little(text.size(), 4) +
                             little(text.size(), 4) + little(name.size(), 2) + little(0, 2);
    directory += "PK\x01\x02" + little(20, 2) + head + little(0, 10) + little(out.size(), 4) + name;
    out += "PK\x03\x04" + head + name + text;
  }
  const std::string counts = little(members.size(), 2) + little(members.size(), 2);
  return out + directory + "PK\x05\x06" + little(0, 4) + counts + little(directory.size(), 4) + little(out.size(), 4) +
         little(0, 2);
}

TEST(Archive, HoldsItsFilesByName) {
  const std::string bytes = zip({{"har.har", "{}"}, {"0123.json", "body"}, {"deep/", ""}, {"deep/a..b", "x"}});
  EXPECT_TRUE(is_archive(bytes));
  const auto files = read_archive(bytes);
  ASSERT_TRUE(files) << files.error().text;
  EXPECT_EQ(*files, (ArchiveFiles{{"har.har", "{}"}, {"0123.json", "body"}, {"deep/a..b", "x"}}));
  EXPECT_FALSE(is_archive("{}"));
}

TEST(Archive, DamageIsNamed) {
  const std::string whole = zip({{"har.har", std::string(1000, 'x')}});
  std::string flipped = whole;
  flipped[100] ^= 1;
  for (const std::string& bytes : {whole.substr(0, 500), whole.substr(0, 4), flipped, std::string("PK\x03\x04")}) {
    const auto files = read_archive(bytes);
    ASSERT_FALSE(files) << bytes.size();
    EXPECT_EQ(files.error().code, ErrorCode::kMalformed);
  }
}

TEST(Archive, NamesThatLeadElsewhereAndTwoOfOneNameAreRefused) {
  for (const char* name : {"../x", "/etc/x", "a/../../x", "..", "a/.."}) {
    EXPECT_FALSE(read_archive(zip({{"har.har", "{}"}, {name, "x"}}))) << name;
  }
  EXPECT_FALSE(read_archive(zip({{"har.har", "{}"}, {"a", "x"}, {"a", "y"}})));
}

TEST(Archive, TooManyFilesAreRefused) {
  std::vector<std::pair<std::string, std::string>> many;
  for (int i = 0; i < 501; ++i) many.emplace_back(std::to_string(i), "");
  const auto files = read_archive(zip(many));
  ASSERT_FALSE(files);
  EXPECT_EQ(files.error().code, ErrorCode::kLimit);
}

TEST(Archive, RandomBytesAreNoTrouble) {
  for (int i = 0; i < 300; ++i) {
    std::string bytes = zip({{"har.har", "{}"}, {"a", "b"}});
    for (int flips = 0; flips < 3; ++flips) {
      const std::size_t at = std::stoull(test::random_hex(8), nullptr, 16) % bytes.size();
      bytes[at] = test::random_text(1, "PK\x01\x02\x05\x7f\xff")[0];
    }
    (void)read_archive(bytes);
  }
}

}  // namespace
}  // namespace cvr::importers
