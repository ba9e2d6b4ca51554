#include "os/start_pages.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace cvr::os {
namespace {

// Pages of mapped files that this process has in memory (proc(5), statm).
long mapped_pages() {
  std::ifstream file("/proc/self/statm");
  long size = 0, resident = 0, shared = 0;
  file >> size >> resident >> shared;
  return shared;
}

TEST(StartPages, LessIsMappedAndAllStillWorks) {
  const long before = mapped_pages();
  give_back_start_pages();
  const long after = mapped_pages();
  EXPECT_LT(after, before);
  EXPECT_EQ(std::to_string(12) + "3", "123");
  give_back_start_pages();
}

}  // namespace
}  // namespace cvr::os
