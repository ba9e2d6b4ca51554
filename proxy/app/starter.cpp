#include "app/starter.h"

#include <algorithm>

#include "app/dotenv.h"
#include "app/json_places.h"
#include "base/escape.h"
#include "base/json_scan.h"

namespace cvr::app {
namespace {

// A word in a test script or the name of a package, and what it stands for; the first that fits counts.
constexpr std::pair<std::string_view, std::string_view> kRunners[] = {
    {"vitest", "vitest"}, {"jest", "jest"}, {"mocha", "mocha"}, {"@playwright/test", "playwright"}};

constexpr std::string_view kCredentialWords[] = {"SECRET",     "TOKEN",         "PASSWORD", "PASSWD",
                                                 "PASSPHRASE", "APIKEY",        "API_KEY",  "PRIVATE",
                                                 "CREDENTIAL", "AUTHORIZATION", "BEARER"};
constexpr std::string_view kCredentialEnds[] = {"_KEY", "_PASS", "_PWD", "_AUTH", "_DSN", "CLIENT_ID"};
// Switches and places, whatever else the name says.
constexpr std::string_view kOtherEnds[] = {"_URL", "_URI", "_ENDPOINT", "_HOST", "_TTL", "_EXPIRY", "_EXPIRES_IN"};

constexpr std::string_view kSamples[] = {".example", ".sample", ".template", ".dist", ".defaults"};

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  return out;
}

std::string value_at(std::string_view json, std::string_view pointer) {
  const auto places = json_places(json, pointer, 1);
  return places.empty() ? "" : places.front().text;
}

// Of the package, as JSON Pointer writes it (RFC 6901 section 3).
bool depends_on(std::string_view json, std::string_view package) {
  std::string name;
  for (const char c : package) name += c == '/' ? std::string("~1") : std::string(1, c);
  return !value_at(json, "/devDependencies/" + name).empty() || !value_at(json, "/dependencies/" + name).empty();
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? std::string() : std::string(between)) + word;
  return out;
}

std::string secrets_lines(const Project& project) {
  std::string out =
      "# Files whose values are secrets wherever they appear, whatever they are encoded in.  Values are read from\n"
      "# the file each time and stand nowhere else.\n";
  std::vector<std::string> files;
  for (const DotenvNames& dotenv : project.dotenv) {
    if (!dotenv.problem.empty()) {
      out += "# " + printable(dotenv.file) + " is left out: " + printable(dotenv.problem) + "\n";
      continue;
    }
    if (dotenv.names.empty()) continue;
    out += "# " + printable(dotenv.file) + ": " + printable(joined(dotenv.names, ", ")) + "\n";
    files.push_back(json::to_string_literal(dotenv.file));  // as TOML's basic strings have it
  }
  if (files.empty()) return out + "# secrets = [\".env\"]\n";
  return out + "secrets = [" + joined(files, ", ") + "]\n";
}

}  // namespace

void read_package_json(std::string_view text, Project& project) {
  const std::string script = value_at(text, "/scripts/test");
  // npm init writes a script that only fails.
  const bool has_script = !script.empty() && script.find("no test specified") == script.npos;
  for (const auto& [word, runner] : kRunners) {
    const bool in_script = has_script && script.find(word) != script.npos;
    if (!project.test_runner.empty() || !(in_script || depends_on(text, word))) continue;
    project.test_runner = runner;
    if (!has_script) project.test_command = "npx " + std::string(runner);
  }
  if (project.test_runner.empty() && has_script && script.find("node") != script.npos &&
      script.find("--test") != script.npos) {
    project.test_runner = "node:test";
  }
  if (has_script) project.test_command = "npm test";
}

bool is_dotenv_name(std::string_view name) {
  if (name != ".env" && !name.starts_with(".env.")) return false;
  return std::none_of(std::begin(kSamples), std::end(kSamples), [&](auto end) { return name.ends_with(end); });
}

bool looks_like_credential(std::string_view variable) {
  const std::string name = upper(variable);
  const auto ends = [&](std::string_view end) { return name.ends_with(end); };
  if (std::any_of(std::begin(kOtherEnds), std::end(kOtherEnds), ends) || name.starts_with("NEXT_PUBLIC_")) return false;
  const auto holds = [&](std::string_view word) { return name.find(word) != name.npos; };
  return std::any_of(std::begin(kCredentialWords), std::end(kCredentialWords), holds) ||
         std::any_of(std::begin(kCredentialEnds), std::end(kCredentialEnds), ends);
}

DotenvNames credential_names(std::string_view text, const std::string& file) {
  DotenvNames out{file, {}};
  const auto variables = parse_dotenv(text, file);
  if (!variables) {
    out.problem = variables.error().text;
    return out;
  }
  for (const auto& [name, value] : *variables) {
    if (!value.empty() && looks_like_credential(name)) out.names.push_back(name);
  }
  return out;
}

std::string starter_config(const Project& project) {
  std::string out =
      "# CVR's settings for this directory and below; cvr config shows what holds and where it came from.\n"
      "# A variable (CVR_MODE) wins over a line here, an option (--mode) over both.\n\n"
      "# once: record when the cassette is not there, else replay.  none: replay only (what CI wants).\n"
      "mode = \"once\"\n\n"
      "# Where the sessions of cvr proxy have their cassettes: cassettes/NAME.cvr.\n"
      "dir = \"cassettes\"\n\n";
  out += secrets_lines(project);
  out +=
      "\n# Hosts whose TLS is terminated and recorded; without this line the built-in vendor's.  After a change:\n"
      "# cvr ca rotate --host ...\n"
      "# host = [\"api.example.com\", \"*.example.com\"]\n\n"
      "# Where the proxy listens; port 0 takes any that is free.\n"
      "# listen = \"127.0.0.1:8877\"\n\n"
      "# credentials, pii (names, addresses and the like too) or commercial (prices too).\n"
      "# privacy = \"pii\"\n\n"
      "# More that is hidden: keys of JSON, headers, query parameters, patterns; cvr redact --rules shows all.\n"
      "# [[redact]]\n"
      "# json = \"/data/*/price\"\n"
      "# kind = \"price\"\n\n"
      "# What makes no difference between two requests; cvr match learn A B proposes such rules.\n"
      "# [match]\n"
      "# json = { sentAt = \"any\" }\n";
  return out;
}

std::string next_command(const Project& project) {
  const std::string command = project.test_command.empty() ? "YOUR COMMAND" : project.test_command;
  return "cvr run --mode once -c cassettes/first.cvr -- " + command;
}

}  // namespace cvr::app
