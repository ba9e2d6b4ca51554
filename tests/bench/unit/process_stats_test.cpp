#include "load/process_stats.h"

#include <unistd.h>

namespace cvr::load {
namespace {

TEST(ProcessStats, KnowsThisProcess) {
  const Memory memory = memory_of({getpid()});
  EXPECT_GT(memory.resident_kib, 0u);
  EXPECT_GT(memory.anonymous_kib, 0u);
  EXPECT_GE(memory.peak_kib, memory.anonymous_kib);
  EXPECT_GE(own_cpu_seconds(), 0);
  EXPECT_GE(cpu_seconds({getpid()}), 0);
}

TEST(ProcessStats, ProcessesThatAreGoneCountNothing) {
  // No pid is that large: /proc/sys/kernel/pid_max is at most 2^22.
  EXPECT_EQ(cpu_seconds({1 << 30}), 0);
  EXPECT_EQ(memory_of({1 << 30}).resident_kib, 0u);
}

}  // namespace
}  // namespace cvr::load
