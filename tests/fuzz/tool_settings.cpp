// Whatever stands in the settings of curl, wget, git, npm and pip: what is told of it is little, one line each, and
// holds nothing that a terminal would act on.
#include "app/tool_settings.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace {

void must_be_a_line(const std::string& text) {
  if (text.size() > 2'000) std::abort();
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  for (const cvr::app::Tool tool : cvr::app::kTools) {
    const auto settings = cvr::app::telling_settings(tool, text, {"*.vendor.example", "vendor.example"});
    if (settings.size() > 20) std::abort();
    for (const auto& setting : settings) {
      if (setting.line == 0 || setting.line > lines) std::abort();
      must_be_a_line(what_it_does(setting));
      must_be_a_line(setting.mend);
    }
  }
  return 0;
}
