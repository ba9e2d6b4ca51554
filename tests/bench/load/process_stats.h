// What /proc tells about a process (proc(5)): CPU time and memory.  Plain reads, no state.
#pragma once

#include <cstdint>
#include <vector>

namespace cvr::load {

// User and system time of all given processes, all their threads, in seconds (resolution: one
// clock tick, usually 10 ms).  A process that is gone counts 0.
double cpu_seconds(const std::vector<int>& pids);

// The same for this process, in finer steps.
double own_cpu_seconds();

struct Memory {
  std::uint64_t resident_kib = 0;   // VmRSS: with pages of mapped files
  std::uint64_t anonymous_kib = 0;  // RssAnon: its own alone
  std::uint64_t peak_kib = 0;       // VmHWM: the highest VmRSS of its life
};
Memory memory_of(const std::vector<int>& pids);  // sums

}  // namespace cvr::load
