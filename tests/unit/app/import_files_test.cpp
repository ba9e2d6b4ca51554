#include "app/import_files.h"

#include <filesystem>
#include <fstream>

#include "support/temporary_directory.h"

namespace cvr::app {
namespace {

class ImportFilesTest : public testing::Test {
 protected:
  std::string put(const std::string& name, std::string_view text) {
    const std::string path = directory_.file(name);
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  test::TemporaryDirectory directory_;
};

TEST_F(ImportFilesTest, AMarkAtTheFrontIsNoText) {
  const auto files = import_files({put("a.har", "\xef\xbb\xbf{}"), put("empty", "")});
  ASSERT_TRUE(files.has_value());
  EXPECT_EQ((*files)[0].text(), "{}");
  EXPECT_EQ((*files)[1].text(), "");
}

TEST_F(ImportFilesTest, ADirectoryStandsForItsMappings) {
  put("root/mappings/b.json", "b");
  put("root/mappings/deep/a.json", "a");
  put("root/mappings/notes.txt", "no");
  put("root/__files/body.txt", "body");
  put("outside.txt", "outside");
  std::filesystem::create_symlink(directory_.file("outside.txt"), directory_.file("root/__files/link.txt"));
  std::filesystem::create_symlink(directory_.file("outside.txt"), directory_.file("root/mappings/link.json"));
  const auto files = import_files({directory_.file("root")});
  ASSERT_TRUE(files.has_value());
  ASSERT_EQ(files->size(), 2u);
  EXPECT_EQ((*files)[0].text(), "b");
  EXPECT_EQ((*files)[1].text(), "a");
  EXPECT_EQ((*files)[0].body("body.txt"), "body");
  for (const std::string& name : {std::string("link.txt"), std::string("../outside.txt"),
                                  directory_.file("outside.txt"), std::string("../__files/body.txt"), std::string()}) {
    EXPECT_FALSE((*files)[0].body(name)) << name;
  }
}

TEST_F(ImportFilesTest, OneMappingFindsTheBodiesBesideItsDirectory) {
  const std::string mapping = put("root/mappings/a.json", "a");
  put("root/__files/body.txt", "body");
  const auto files = import_files({mapping});
  ASSERT_TRUE(files.has_value());
  EXPECT_EQ((*files)[0].body("body.txt"), "body");
}

TEST_F(ImportFilesTest, BesideAFileOnlyNamesThatAreDigestsAreOpened) {
  const std::string digest(40, 'a');
  const std::string har = put("x/a.har", "{}");
  put("x/" + digest + ".txt", "body");
  put("x/secret", "no");
  put(digest, "outside");
  std::filesystem::create_symlink(directory_.file("x/secret"), directory_.file("x/" + digest + ".link"));
  const auto files = import_files({har});
  ASSERT_TRUE(files.has_value());
  EXPECT_EQ((*files)[0].body(digest + ".txt"), "body");
  for (const std::string& name : {std::string("secret"), digest + ".link", "../" + digest, digest + "/../secret"}) {
    EXPECT_FALSE((*files)[0].body(name)) << name;
  }
}

TEST_F(ImportFilesTest, WhatCanNotBeReadIsNamed) {
  const auto none = import_files({directory_.file("none.har")});
  ASSERT_FALSE(none.has_value());
  EXPECT_EQ(none.error().code, ErrorCode::kEnvironment);
  EXPECT_NE(none.error().text.find("none.har"), std::string::npos);
  std::filesystem::create_directories(directory_.file("bare"));
  const auto bare = import_files({directory_.file("bare")});
  ASSERT_FALSE(bare.has_value());
  EXPECT_EQ(bare.error().code, ErrorCode::kUsage);
  std::filesystem::create_symlink(put("a.har", "{}"), directory_.file("link.har"));
  EXPECT_FALSE(import_files({directory_.file("link.har")}).has_value());
}

}  // namespace
}  // namespace cvr::app
