// cvr_load: the load client of tests/bench.  See docs/bench.md.
// Exit status: 0 all answers as expected, 1 some were not, 2 wrong usage, 3 no set-up.
#include <csignal>
#include <cstdio>
#include <cstring>
#include <span>

#include "options.h"
#include "report.h"
#include "run.h"

int main(int argc, char** argv) {
  using namespace cvr::load;
  if (argc == 2 && std::strcmp(argv[1], "--help") == 0) {
    std::fputs(kUsage, stdout);
    return 0;
  }
  std::signal(SIGPIPE, SIG_IGN);
  const auto options = read_options(std::span(argv, static_cast<std::size_t>(argc)).subspan(1));
  if (!options) {
    std::fprintf(stderr, "cvr_load: %s (--help lists the options)\n", options.error().c_str());
    return 2;
  }
  const auto totals = run(*options);
  if (!totals) {
    std::fprintf(stderr, "cvr_load: %s\n", totals.error().c_str());
    return 3;
  }
  std::printf("%s\n", to_json(*totals).c_str());
  return is_clean(*totals) ? 0 : 1;
}
