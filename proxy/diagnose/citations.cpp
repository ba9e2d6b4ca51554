#include "diagnose/citations.h"

#include <algorithm>
#include <tuple>

#include "diagnose/facts.h"

namespace cvr::diagnose {

Calls citations(const Finding& finding) {
  Calls out = finding.calls;
  std::ranges::sort(out, {}, [](const Call* call) { return std::tuple(call->in, call->n); });
  const auto same = std::ranges::unique(out);
  out.erase(same.begin(), same.end());
  if (out.size() > kMostCitations) {
    out.erase(out.begin() + kMostCitations / 2, out.end() - static_cast<std::ptrdiff_t>(kMostCitations / 2));
  }
  return out;
}

}  // namespace cvr::diagnose
