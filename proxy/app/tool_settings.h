// Settings of curl, wget, git, npm and pip in files of their own that win over the environment that CVR sets, or hide
// a trust problem.  What each tool reads, and which of its settings win, was measured (git's sslCAInfo, npm's cafile
// and noproxy, wget's ca_certificate and pip's cert do not).  Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cvr::app {

enum class Tool : std::uint8_t { kCurl, kWget, kGit, kNpm, kPip };
inline constexpr Tool kTools[] = {Tool::kCurl, Tool::kWget, Tool::kGit, Tool::kNpm, Tool::kPip};
std::string_view to_string(Tool tool);  // "curl"

struct ToolSetting {
  std::size_t line = 0;  // from 1
  std::string text;      // "proxy = http://127.0.0.1:3128": printable, without what stands before '@'
  bool wins = true;      // else it only hides trust problems
  std::string mend;
};

// At most 20 of a file's.  `hosts`: patterns in scope; a bypass list counts when it hides one.
std::vector<ToolSetting> telling_settings(Tool tool, std::string_view text, const std::vector<std::string>& hosts);

// "proxy = http://... wins over the proxy and trust that CVR sets"
std::string what_it_does(const ToolSetting& setting);

}  // namespace cvr::app
