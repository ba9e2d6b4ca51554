#include "app/cassette_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "cvr/cassette.h"
#include "support/temporary_directory.h"

namespace cvr::app {
namespace {

class CassetteFile : public ::testing::Test {
 protected:
  void write(std::string_view bytes) const { std::ofstream(path_, std::ios::binary) << bytes; }
  std::string bytes() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  test::TemporaryDirectory at_;
  std::string path_ = at_.file("x.cvr");
};

TEST_F(CassetteFile, WithoutRecordingsItHoldsNothing) {
  EXPECT_FALSE(is_there(path_));
  EXPECT_FALSE(holds_nothing(path_));
  write("");
  EXPECT_TRUE(is_there(path_));
  EXPECT_TRUE(holds_nothing(path_));
  auto writer = cassette::Writer::open(path_, {}, nullptr);
  ASSERT_TRUE(writer);
  EXPECT_TRUE(holds_nothing(path_));
  ASSERT_TRUE((*writer)->seal());
  EXPECT_TRUE(holds_nothing(path_));
}

TEST_F(CassetteFile, WhatIsNoCassetteOrDamagedIsNotNothing) {
  write("Dear Sir or Madam\n");
  EXPECT_FALSE(holds_nothing(path_));
  std::filesystem::remove(path_);
  ASSERT_TRUE((*cassette::Writer::open(path_, {}, nullptr))->seal());
  std::string damaged = bytes();
  damaged[20] = static_cast<char>(damaged[20] ^ 1);
  write(damaged);
  EXPECT_FALSE(holds_nothing(path_));
  write(std::string(100'000, '\0'));
  EXPECT_FALSE(holds_nothing(path_));
}

TEST_F(CassetteFile, ALinkIsThereWhereverItLeads) {
  std::filesystem::create_symlink(at_.file("elsewhere"), path_);
  EXPECT_TRUE(is_there(path_));
  std::ofstream(at_.file("elsewhere")) << "";
  EXPECT_FALSE(holds_nothing(path_));
}

}  // namespace
}  // namespace cvr::app
