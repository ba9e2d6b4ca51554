// Whatever stands in the plan of a probe: reading ends; what is read has a base with TLS, no header that
// would break a request, and no placeholder that nothing sets.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "profiles/plan_file.h"
#include "profiles/plan_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)cvr::profiles::fill(text, [](std::string_view name) { return std::string(name); });
  const auto plan = cvr::profiles::parse_plan(text, "plan.toml");
  if (!plan) {
    if (plan.error().text.find('\n') != std::string::npos) std::abort();
    return 0;
  }
  if (!plan->base.starts_with("https://") || plan->steps.empty()) std::abort();
  for (const auto& step : plan->steps) {
    if (step.target.find_first_of(" \r\n") != std::string::npos) std::abort();
    for (const auto& [name, value] : step.headers) {
      if ((name + value).find_first_of("\r\n") != std::string::npos) std::abort();
    }
  }
  return 0;
}
