// `cvr_bench_cassette FILE N`: the cassette of made.h.
#include <cstdio>
#include <cstdlib>

#include "make/made.h"

int main(int argc, char** argv) {
  const std::uint64_t count = argc == 3 ? std::strtoull(argv[2], nullptr, 10) : 0;
  if (count == 0) {
    std::fputs("usage: cvr_bench_cassette FILE N\n", stderr);
    return 2;
  }
  const auto made = cvr::bench::make_cassette(argv[1], count);
  if (!made) std::fprintf(stderr, "cvr_bench_cassette: %s\n", made.error().text.c_str());
  return made ? 0 : 1;
}
