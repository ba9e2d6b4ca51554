// Tells a format by what stands at the top of a file.
#include <algorithm>
#include <array>

#include "base/json_scan.h"
#include "cvr/importers.h"
#include "importers/flow_reader.h"

namespace cvr::importers {
namespace {

using json::Token;

constexpr std::size_t kMostNames = 64;

bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// The first names of a JSON text: those of the object, of its members, and of the first element of a list, as far
// as it can be read.  A text beside each is kept when it is short ("recorded_with").
struct Outline {
  std::vector<std::string> top, below;
  bool list = false;
  std::string recorded_with;
};

Outline outline_of(std::string_view text) {
  Outline out;
  json::Scanner scanner(text);
  std::string last;
  for (std::size_t tokens = 0;; ++tokens) {
    const auto token = scanner.next();
    if (!token || *token == Token::kEnd) return out;
    if (tokens == 0 && *token == Token::kBeginArray) out.list = true;
    const int depth = scanner.depth();
    if (*token == Token::kString && depth == 1 && last == "recorded_with") out.recorded_with = scanner.raw();
    if (*token != Token::kKey || depth > 2) continue;
    last = scanner.raw();
    auto& names = depth == 1 ? out.top : out.below;
    if (names.size() < kMostNames) names.push_back(last);
    const bool known = last == "entries" || last == "pairs" || (out.list && last == "scope");
    if (known && depth == 2) return out;
  }
}

std::string_view json_format(std::string_view text) {
  const Outline outline = outline_of(text);
  if (outline.list) return has(outline.below, "scope") ? "nock" : has(outline.below, "request") ? "vcrpy" : "";
  if (has(outline.top, "log")) return has(outline.below, "_recordingName") ? "polly" : "har";
  if (has(outline.top, "http_interactions")) return outline.recorded_with.starts_with("betamax") ? "betamax" : "vcr";
  if (has(outline.top, "interactions")) return "vcrpy";
  if (has(outline.top, "data") && has(outline.below, "pairs")) return "hoverfly";
  if (has(outline.top, "gap") || (has(outline.top, "n") && has(outline.top, "url"))) return "jsonl";
  if (has(outline.top, "mappings")) return "wiremock";
  if (has(outline.top, "request") && has(outline.top, "response")) return "wiremock";
  return {};
}

// A name that stands at the very left.
std::string_view yaml_format(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (line.starts_with("http_interactions:")) return "vcr";
    if (line.starts_with("interactions:") || line.starts_with("- request:")) return "vcrpy";
    if (line.starts_with("- !ruby/struct:VCR::HTTPInteraction")) return "vcr";
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return {};
}

constexpr std::string_view kCassette =
    "\x89"
    "CVR\r\n";

struct Magic {
  std::string_view bytes;
  std::string_view what;
};
constexpr std::array kForeign = {
    Magic{"PK\x03\x04", "a zip archive is not read here; name its file, or unpack it and name the files in it"},
    Magic{"PK\x05\x06", "a zip archive is not read; unpack it and name the files in it"},
    Magic{"\x1f\x8b", "it is compressed (gzip); unpack it first, as in: gunzip -k FILE"},
    Magic{"\x28\xb5\x2f\xfd", "it is compressed (zstd); unpack it first, as in: unzstd FILE"},
    Magic{"BZh", "it is compressed (bzip2); unpack it first, as in: bunzip2 -k FILE"},
};

}  // namespace

Result<const Format*> format_of(std::string_view text) {
  for (const auto& [bytes, what] : kForeign) {
    if (text.starts_with(bytes)) return fail(ErrorCode::kUnsupported, std::string(what));
  }
  if (text.starts_with(kCassette)) {
    return fail(ErrorCode::kUnsupported, "it is a cassette already; see: cvr merge, cvr redact");
  }
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return fail(ErrorCode::kMalformed, "it is empty");
  std::string_view name;
  if (text[first] == '{' || text[first] == '[') {
    name = json_format(text);
  } else if (is_flow(text)) {
    name = "mitmproxy";
  } else {
    name = yaml_format(text);
  }
  const Format* format = find_format(name);
  if (format != nullptr) return format;
  return fail(ErrorCode::kUnsupported, "no format that is known by its content; see: cvr import --list-formats");
}

}  // namespace cvr::importers
