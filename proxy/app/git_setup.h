// What git has to know about cassettes: how they read as text (git diff, git log -p, git show), and how two
// branches' recordings become one.  Pure; tools/commands/git_setup.cpp asks git.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cvr::app {

struct GitSetting {
  std::string key, value;  // of .git/config
};

// `program`: how the shell finds cvr, quoted where it needs to be.
std::vector<GitSetting> git_settings(std::string_view program);

// The line of .gitattributes.
inline constexpr std::string_view kGitAttributes = "*.cvr diff=cvr merge=cvr -text";

bool has_attributes(std::string_view text);
// `text` with the line at its end, or without it wherever it stands; else as it was.
std::string with_attributes(std::string_view text);
std::string without_attributes(std::string_view text);

}  // namespace cvr::app
