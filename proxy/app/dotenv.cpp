#include "app/dotenv.h"

#include <algorithm>

#include "os/file.h"
#include "redact/ledger.h"
#include "redact/words.h"

namespace cvr::app {
namespace {

constexpr std::uint64_t kMostBytes = 1 << 20;

bool is_key_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

// Reads a quoted value that begins at text[at]; sets `at` behind the closing quote.
bool read_quoted(std::string_view text, std::size_t& at, std::string& value) {
  const char quote = text[at++];
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == quote) {
      ++at;
      return true;
    }
    if (c == '\\' && quote == '"' && at + 1 < text.size()) {
      const char next = text[++at];
      if (next == 'n') {
        value += '\n';
      } else if (next == '"' || next == '\\') {
        value += next;
      } else {
        value += c;
        value += next;
      }
      continue;
    }
    value += c;
  }
  return false;
}

// Calls visit(key, value, stretch) for each; `stretch`: the value as it stands, with its quotes and what is behind
// them.
template <class Visit>
Result<void> read_lines(std::string_view text, std::string_view name, const Visit& visit) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  std::size_t at = 0;
  while (at < text.size()) {
    const auto bad = [&text, name, begin = static_cast<std::ptrdiff_t>(at)](const char* what) {
      const auto line_number = 1 + std::count(text.begin(), text.begin() + begin, '\n');
      return fail(ErrorCode::kUsage, std::string(name) + ":" + std::to_string(line_number) + ": " + what);
    };
    const std::size_t line_end = std::min(text.find('\n', at), text.size());
    std::string_view line = trim(text.substr(at, line_end - at));
    if (line.empty() || line[0] == '#') {
      at = line_end + 1;
      continue;
    }
    if (line.starts_with("export ") || line.starts_with("export\t")) line = trim(line.substr(7));
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) return bad("no '=' in this line (KEY=VALUE is needed)");
    const std::string_view key = trim(line.substr(0, equals));
    if (key.empty() || !std::all_of(key.begin(), key.end(), is_key_character))
      return bad("a key with a character that is not allowed");
    std::string value;
    std::size_t value_at = static_cast<std::size_t>(line.data() - text.data()) + equals + 1;
    while (value_at < line_end && (text[value_at] == ' ' || text[value_at] == '\t')) ++value_at;
    const std::size_t begin = value_at;
    if (value_at < text.size() && (text[value_at] == '"' || text[value_at] == '\'' || text[value_at] == '`')) {
      if (!read_quoted(text, value_at, value)) return bad("a quote that is not closed");
      at = std::min(text.find('\n', value_at), text.size()) + 1;
    } else {
      std::string_view plain = text.substr(value_at, line_end > value_at ? line_end - value_at : 0);
      if (const std::size_t comment = plain.find(" #"); comment != std::string_view::npos)
        plain = plain.substr(0, comment);
      value = trim(plain);
      at = line_end + 1;
    }
    if (value.find('\0') != std::string::npos) return bad("a NUL character in a value");
    visit(key, std::move(value), begin < at ? trim(text.substr(begin, at - 1 - begin)) : std::string_view());
  }
  return {};
}

// What other readers of such files make of the value: every escape resolved or none, "\'" within single quotes, a '#'
// that begins no comment.  A secret must be known as whatever an application sends.
void add_other_readings(std::string_view stretch, std::vector<std::string>& out) {
  const bool quoted = stretch.size() > 1 && std::string_view("\"'`").find(stretch[0]) != std::string_view::npos;
  if (!quoted) {
    if (stretch.find(" #") != stretch.npos) out.emplace_back(stretch);
    return;
  }
  const std::size_t end = stretch.rfind(stretch[0]);
  const std::string_view inner = end > 0 ? stretch.substr(1, end - 1) : std::string_view();
  if (inner.find('\\') == inner.npos) return;
  out.emplace_back(inner);
  std::string resolved;
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (inner[i] != '\\' || i + 1 == inner.size()) {
      resolved += inner[i];
      continue;
    }
    const char next = inner[++i];
    resolved += next == 'n' ? '\n' : next == 'r' ? '\r' : next == 't' ? '\t' : next;
  }
  out.push_back(std::move(resolved));
}

}  // namespace

Result<Variables> parse_dotenv(std::string_view text, std::string_view name) {
  Variables out;
  auto read = read_lines(text, name, [&](std::string_view key, std::string value, std::string_view) {
    out.emplace_back(key, std::move(value));
  });
  if (!read) return std::unexpected(read.error());
  return out;
}

std::vector<std::string> weak_secrets(const std::vector<std::string>& files) {
  std::vector<std::string> out;
  for (const std::string& file : files) {
    const auto text = os::read_file(file, kMostBytes);
    const auto variables = text ? parse_dotenv(*text, file) : Result<Variables>();
    if (!variables) continue;
    for (const auto& [key, value] : *variables) {
      const bool is_short = value.size() < redact::kMinLedgerSize;
      const bool is_long = value.size() > redact::kMaxLedgerValue;
      if (value.empty() || (!is_short && !is_long && !redact::is_ordinary(value))) continue;
      const std::string why = is_short  ? "too short to be looked for"
                              : is_long ? "too long to be looked for"
                                        : "an ordinary word, which is not looked for";
      out.push_back(file + ": " + key + " (" + std::to_string(value.size()) + " characters): " + why +
                    "; it is replaced in credential places only");
    }
  }
  return out;
}

Result<std::vector<std::string>> load_secrets(const std::vector<std::string>& files) {
  std::vector<std::string> values;
  for (const std::string& file : files) {
    auto text = os::read_file(file, kMostBytes);
    if (!text) return std::unexpected(text.error());
    auto read = read_lines(*text, file, [&](std::string_view, std::string value, std::string_view stretch) {
      if (!value.empty()) values.push_back(std::move(value));
      add_other_readings(stretch, values);
    });
    if (!read) return std::unexpected(read.error());
  }
  return values;
}

}  // namespace cvr::app
