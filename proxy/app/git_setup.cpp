#include "app/git_setup.h"

#include <algorithm>

namespace cvr::app {
namespace {

template <class Use>
void each_line(std::string_view text, Use use) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    const std::size_t whole = std::min(end + 1, text.size());
    use(line.substr(0, line.find_last_not_of(" \t\r") + 1), text.substr(0, whole));
    text.remove_prefix(whole);
  }
}

}  // namespace

std::vector<GitSetting> git_settings(std::string_view program) {
  const std::string cvr(program);
  return {
      {"diff.cvr.textconv", cvr + " cat --textconv"},
      // So that the head of a hunk names the request.
      {"diff.cvr.xfuncname", "^=== (.*)$"},
      {"merge.cvr.name", "cassettes of both branches as one"},
      {"merge.cvr.driver", cvr + " merge --git %O %A %B"},
  };
}

bool has_attributes(std::string_view text) {
  bool found = false;
  each_line(text, [&](std::string_view line, std::string_view) { found = found || line == kGitAttributes; });
  return found;
}

std::string with_attributes(std::string_view text) {
  std::string out(text);
  if (has_attributes(text)) return out;
  if (!out.empty() && !out.ends_with('\n')) out += '\n';
  return out + std::string(kGitAttributes) + "\n";
}

std::string without_attributes(std::string_view text) {
  std::string out;
  each_line(text, [&](std::string_view line, std::string_view whole) {
    if (line != kGitAttributes) out += whole;
  });
  return out;
}

}  // namespace cvr::app
