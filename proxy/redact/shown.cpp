#include <algorithm>

#include "cvr/redactor.h"

namespace cvr {
namespace {

bool knows(const Redactor& redactor, std::string_view text) {
  return std::ranges::any_of(redactor.leaks(text, {}), &Leak::known);
}

}  // namespace

std::string shown(const Redactor& redactor, std::string_view text) {
  if (!knows(redactor, text)) return std::string(text);
  std::string line = redactor.redact_line(text);
  return knows(redactor, line) ? "..." : line;
}

}  // namespace cvr
