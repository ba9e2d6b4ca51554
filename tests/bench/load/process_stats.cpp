#include "process_stats.h"

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

namespace cvr::load {
namespace {

std::string proc_path(int pid, const char* name) { return "/proc/" + std::to_string(pid) + "/" + name; }

std::uint64_t cpu_ticks(int pid) {
  std::ifstream file(proc_path(pid, "stat"));
  std::string text;
  std::getline(file, text);
  // The second field, the command, stands in parentheses and may hold blanks and parentheses.
  const auto command_end = text.rfind(')');
  if (command_end == std::string::npos) return 0;
  std::istringstream fields(text.substr(command_end + 1));
  std::string skipped;
  for (int field = 3; field < 14; ++field) fields >> skipped;
  std::uint64_t user = 0;
  std::uint64_t system = 0;
  fields >> user >> system;
  return user + system;
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

double cpu_seconds(const std::vector<int>& pids) {
  std::uint64_t ticks = 0;
  for (const int pid : pids) ticks += cpu_ticks(pid);
  return static_cast<double>(ticks) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double own_cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

Memory memory_of(const std::vector<int>& pids) {
  Memory sum;
  for (const int pid : pids) {
    std::ifstream file(proc_path(pid, "status"));
    std::string name;
    while (file >> name) {
      std::uint64_t value = 0;
      std::string rest;
      if (name == "VmRSS:" && file >> value) sum.resident_kib += value;
      if (name == "RssAnon:" && file >> value) sum.anonymous_kib += value;
      if (name == "VmHWM:" && file >> value) sum.peak_kib += value;
      std::getline(file, rest);
    }
  }
  return sum;
}

}  // namespace cvr::load
