// What `cvr init` makes of a directory: it looks for a test runner and for names that look like credentials, and
// writes a cvr.toml with a comment for each line.  Pure; tools/commands/init.cpp reads and writes the files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cvr::app {

// A dotenv file and those names in it that look like credentials.  No value leaves the parser.
struct DotenvNames {
  std::string file;
  std::vector<std::string> names;
  std::string problem = {};  // why it can not be read; the names are none then
};

struct Project {
  std::string test_runner;   // "vitest", "jest", "mocha", "node:test", "playwright", "pytest"; empty: none was seen
  std::string test_command;  // "npm test"; empty: none
  std::vector<DotenvNames> dotenv;
};

// Reads package.json; text that is none changes nothing.
void read_package_json(std::string_view text, Project& project);

// Whether a file of that name holds real values: .env, .env.local, .env.test; not .env.example.
bool is_dotenv_name(std::string_view name);

bool looks_like_credential(std::string_view variable);
DotenvNames credential_names(std::string_view text, const std::string& file);

// The text of cvr.toml, sound as parse_config has it.
std::string starter_config(const Project& project);

// What to type next.
std::string next_command(const Project& project);

}  // namespace cvr::app
