#include "bundle/zip_writer.h"

#include "bundle/zip_reader.h"

namespace cvr::bundle {
namespace {

TEST(ZipWriter, ReadsBackAndIsTheSameTwice) {
  const std::vector<NamedBytes> members = {{"a.txt", "abc"}, {"d/empty", ""}, {"z", std::string(5'000'000, 'x')}};
  const auto zip = write_zip(members);
  ASSERT_TRUE(zip);
  EXPECT_EQ(*write_zip(members), *zip);
  const auto read = read_zip(*zip);
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->size(), 3U);
  EXPECT_EQ(read->at("a.txt"), "abc");
  EXPECT_EQ(read->at("z").size(), 5'000'000U);
}

TEST(ZipWriter, RefusesNamesAndSizes) {
  for (const char* name : {"", "/a", "a/", "../a", "a//b", "a/./b", "a b", "a\\b", "\xc3\xa4"}) {
    EXPECT_FALSE(is_member_name(name)) << name;
    EXPECT_FALSE(write_zip({{name, "x"}})) << name;
  }
  EXPECT_FALSE(is_member_name(std::string(kLongestName + 1, 'a')));
  EXPECT_FALSE(write_zip({{"a", "1"}, {"a", "2"}}));
  EXPECT_EQ(write_zip({{"a", std::string(kMostMemberBytes + 1, 'a')}}).error().code, ErrorCode::kLimit);
  std::vector<NamedBytes> many;
  for (std::size_t i = 0; i <= kMostMembers; ++i) many.emplace_back("m" + std::to_string(i), "");
  EXPECT_EQ(write_zip(many).error().code, ErrorCode::kLimit);
}

}  // namespace
}  // namespace cvr::bundle
