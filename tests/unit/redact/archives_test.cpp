#include "redact/archives.h"

#include "kit.h"

namespace cvr::redact {
namespace {

TEST(Archives, DataIsSeenWhereverItStands) {
  const std::string text(10'000, 'a');
  EXPECT_FALSE(holds_data(text));
  EXPECT_FALSE(holds_data(text + "\t\r\n\x1b[0m gr\xc3\xbc\xc3\x9f"));
  EXPECT_TRUE(holds_data(text + '\0'));
  EXPECT_TRUE(holds_data(text + "\xe4"));
  EXPECT_FALSE(is_binary(text + '\0'));
  EXPECT_TRUE(is_binary(std::string("a\0", 2)));
}

TEST(Archives, NobodyLooksInto) {
  for (const std::string& bytes : {std::string("BZh91AY&SY"),
                                   std::string("\xfd"
                                               "7zXZ\0",
                                               6),
                                   std::string("7z\xbc\xaf\x27\x1c"), std::string("Rar!\x1a\x07")}) {
    EXPECT_TRUE(is_unread_inside(bytes));
    EXPECT_TRUE(is_unread_archive(bytes));
  }
  EXPECT_TRUE(is_unread_archive("\x1f\x9d\x90"));
  EXPECT_FALSE(is_unread_inside("\x1f\x9d\x90"));
  EXPECT_FALSE(is_unread_archive("BZh is a prefix of words"));
}

TEST(Archives, ZipEntries) {
  std::string head("PK\x03\x04\x14\0\0\0\x08\0", 10);
  head += std::string(16, '\0') + std::string("\x05\0\0\0", 4) + "a.txt";
  EXPECT_EQ(zip_entry(head).data, 35u);
  EXPECT_TRUE(zip_entry(head).readable);
  head[6] = 1;
  EXPECT_FALSE(zip_entry(head).readable);
  EXPECT_EQ(zip_entry("PK\x03\x04").data, 0u);
}

TEST(Archives, TheMagicNumberAloneIsNoEntry) {
  std::string head("PK\x03\x04\x14\0\0\0\x08\0", 10);
  head += std::string(16, '\0') + std::string("\x05\0\0\0", 4) + "a.txt";
  for (const std::size_t at : {std::size_t{4}, std::size_t{8}, std::size_t{31}}) {
    std::string broken = head;
    broken[at] = at == 31 ? '\x01' : '\x7f';
    EXPECT_EQ(zip_entry(broken).data, 0u) << at;
  }
}

TEST(Archives, TheWordsOfGzip) {
  const auto head = [](char flags) { return std::string("\x1f\x8b\x08") + flags + std::string(6, '\0'); };
  const std::string data = "\x03\x01";
  const std::string name("a.txt\0", 6);
  const std::string extra("\x02\0xy", 4);
  EXPECT_EQ(gzip_words(head(0) + data), "");
  EXPECT_EQ(gzip_words(head(8) + name + data), name);
  EXPECT_EQ(gzip_words(head(16) + name + data), name);
  EXPECT_EQ(gzip_words(head(28) + extra + name + name + data), extra + name + name);
  EXPECT_EQ(gzip_words(head(4) + std::string("\xff\xffzz")), std::string("\xff\xffzz"));
  EXPECT_EQ(gzip_words(head(8) + "never ends"), "never ends");
  EXPECT_EQ(gzip_words(head(8).substr(0, 9)), "");
  EXPECT_EQ(gzip_words(head(12)), "");
}

}  // namespace
}  // namespace cvr::redact
