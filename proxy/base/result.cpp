#include "cvr/result.h"

#include <cstdio>
#include <cstdlib>

namespace cvr {

int exit_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::kUsage:
      return 2;
    case ErrorCode::kDamaged:
    case ErrorCode::kRefused:
      return 1;
    default:
      return 3;
  }
}

void check_failed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "cvr: internal error: %s does not hold at %s:%d\n", expression, file, line);
  std::abort();
}

}  // namespace cvr
