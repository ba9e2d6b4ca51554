#include "support/golden.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace cvr::test {

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    ADD_FAILURE() << "can not read " << path;
    return {};
  }
  return {std::istreambuf_iterator<char>(in), {}};
}

void expect_golden(std::string_view name, std::string_view actual) {
  const std::string path = std::string(CVR_GOLDEN_DIR) + "/" + std::string(name);
  if (std::getenv("CVR_UPDATE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  EXPECT_EQ(read_file(path), actual) << "differs from tests/golden/" << name;
}

}  // namespace cvr::test
