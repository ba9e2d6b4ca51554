// Running text, logs, event streams: "name": "value", name=value and name: value where the name is
// sensitive.  Loose on purpose: JSON in text, curl lines and dotenv files are read by it.  In pages and
// scripts only quoted values count, because `token = next()` is code; in YAML a value has the rest of its
// line, or the lines below it that are indented more; in a short text among other data (leaf.h) a value
// has to look like one.
#include <algorithm>

#include "base/char_set.h"
#include "redact/code.h"
#include "redact/coded_leaf.h"
#include "redact/innocent.h"
#include "redact/leaf.h"
#include "redact/rules.h"
#include "redact/rules/command_line.h"
#include "redact/rules/graphql.h"
#include "redact/rules/manifest.h"
#include "redact/rules/packed.h"
#include "redact/rules/phrases.h"
#include "redact/rules/table.h"
#include "redact/userinfo.h"
#include "redact/words.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxName = 64;

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  return at;
}

// The end of a quoted value: the same quote, not after a backslash; or the end of the line.
std::size_t quoted_end(std::string_view text, std::size_t from, char quote) {
  std::size_t at = from;
  for (; at < text.size() && text[at] != quote && text[at] != '\n'; ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
  }
  return std::min(at, text.size());
}

bool is_code(std::string_view essence) {
  return essence.ends_with("html") || essence.ends_with("xml") || essence.ends_with("javascript") ||
         essence == "text/css";
}

bool is_no_value(std::string_view value) {
  return value == "null" || value == "true" || value == "false" || value == "undefined" || value == "None" ||
         value == "[" || value == "{";
}

// "{{ vault_password }}", "${{ secrets.TOKEN }}": of Ansible and Actions.
bool is_place(std::string_view value) {
  return (value.starts_with("{{") && value.ends_with("}}")) || value.starts_with("${{");
}

enum class Manner : std::uint8_t { kText, kCode, kYaml, kLoose };

constexpr CharSet kPair(":=");
constexpr CharSet kLineEnd("\r\n");
constexpr CharSet kLineStops("\r\n\"'<>");
constexpr CharSet kValueStops(" \t\r\n\"'<>,;&}])");

std::size_t line_end(std::string_view text, std::size_t at) {
  return std::min(kLineEnd.first_in(text, at), text.size());
}

// Where the value of a header line ends: Cookie, Set-Cookie, Authorization.
bool has_whole_line(std::string_view name, const Named& named) {
  return is_authorization_name(name) || (named.guard == Guard::kCookie && named.general);
}

bool is_free(Guard guard) { return guard == Guard::kNone || guard == Guard::kPass; }

class TextCollector {
 public:
  TextCollector(std::string_view text, Manner manner, Context& context, Edits& edits)
      : text_(text), manner_(manner), context_(context), edits_(edits) {}

  void run() {
    for (std::size_t at = kPair.first_in(text_); at != text_.npos;) {
      at = kPair.first_in(text_, std::max(at + 1, pair(at)));
    }
  }

 private:
  // Lines are entered in order: each is measured once, however many pairs it holds.
  void enter_line(std::size_t at) {
    if (at < line_end_) return;
    const std::size_t line = at == 0 ? 0 : text_.rfind('\n', at - 1) + 1;
    line_end_ = line_end(text_, at);
    indent_ = std::min(text_.find_first_not_of(" -", line), line_end_) - line;
  }

  // The pair whose sign stands at `at`; answers where it ends, or 0.
  std::size_t pair(std::size_t at) {
    std::size_t name_end = at;
    while (name_end > 0 && (text_[name_end - 1] == ' ' || text_[name_end - 1] == '\t') && at - name_end < 8) --name_end;
    if (name_end > 0 && is_quote(text_[name_end - 1])) --name_end;
    std::size_t name_begin = name_end;
    while (name_begin > 0 && name_end - name_begin < kMaxName && is_name(text_[name_begin - 1])) --name_begin;
    const std::string_view name = text_.substr(name_begin, name_end - name_begin);
    if (name.empty()) return 0;
    auto named = context_.names.find_json(name, {});
    if (!named && name.find('-') != name.npos) named = context_.names.find_header(name);
    if (!named || is_oauth(named->guard)) return 0;
    // "password" => "..." of Ruby and PHP; of JavaScript a function.
    const bool arrow = manner_ != Manner::kCode && text_.substr(at, 2) == "=>";
    const std::size_t from = skip_space(text_, at + (arrow ? 2 : 1));
    if (from < text_.size() && is_quote(text_[from])) {
      return from == at + 1 && ends_string(text_, name_begin, from) ? 0 : quoted(*named, name, from);
    }
    if (manner_ == Manner::kCode) {
      // "otp":123456 of a literal; anything else is code.
      const std::size_t stop = std::min(text_.find_first_not_of("0123456789", from), text_.size());
      if (stop - from < 4 || text_[at] != ':' || !is_quote(text_[at - 1])) return 0;
      add(*named, name, from, stop);
      return stop;
    }
    if (manner_ == Manner::kYaml && text_[at] == ':') return yaml(*named, name, at, from);
    const CharSet& stops = has_whole_line(name, *named) ? kLineStops : kValueStops;
    const std::size_t end = std::min(stops.first_in(text_, from), text_.size());
    const std::string_view value = text_.substr(from, end - from);
    const bool password = named->kind == Kind::kPassword && is_free(named->guard);
    const std::size_t phrase = password ? phrase_end(text_, name_begin, at, from, end) : end;
    // A short one may hold the pair that counts; a long one is passed over, so that nothing is read twice.
    const bool code = is_expression(value, end < text_.size() ? text_[end] : '\n');
    const bool plausible = manner_ != Manner::kLoose || phrase > end || is_plausible(value, text_[at] == ':');
    if (code || is_no_value(value) || !plausible) {
      return value.size() < kMaxName ? 0 : end;
    }
    add(*named, name, from, phrase);
    // The first word may be all of it.
    if (phrase > end && admits({.guard = Guard::kMixed}, {}, value)) {
      context_.masker.learn(value, named->kind, Place::kText);
    }
    return phrase;
  }

  std::size_t quoted(const Named& named, std::string_view name, std::size_t from) {
    const std::size_t end = quoted_end(text_, from + 1, text_[from]);
    // Of a template literal or a word in quotes nothing is a secret.
    if (text_[from] == '`' && text_.substr(from, end - from).find("${") != text_.npos) return 0;
    add(named, name, from + 1, end);
    return end;
  }

  // A scalar over the rest of the line; a block ("|", ">") or a list below it (YAML 1.2 section 8).
  std::size_t yaml(const Named& named, std::string_view name, std::size_t at, std::size_t from) {
    enter_line(at);
    std::string_view line = text_.substr(from, line_end_ - from);
    // "&anchor value", "!!str value": properties of the node (section 6.9).
    while (!line.empty() && (line[0] == '&' || line[0] == '!')) {
      line.remove_prefix(std::min(line.find(' '), line.size()));
      line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    }
    from = line_end_ - line.size();
    if (line.empty() || line[0] == '|' || line[0] == '>') return block(named, name, line_end_, indent_);
    if (line[0] == '*') return line_end_;  // an alias: its anchor was read
    if (line[0] == '{' || line[0] == '[') return 0;
    if (is_quote(line[0])) return quoted(named, name, from);
    std::size_t end = from + std::min(line.find(" #"), line.size());
    while (end > from && text_[end - 1] == ' ') --end;
    if (!is_no_value(text_.substr(from, end - from))) add(named, name, from, end);
    return end;
  }

  std::size_t block(const Named& named, std::string_view name, std::size_t at, std::size_t indent) {
    while (at < text_.size()) {
      const std::size_t line = text_.find_first_not_of("\r\n", at);
      if (line == text_.npos) return text_.size();
      const std::size_t content = std::min(text_.find_first_not_of(' ', line), text_.size());
      const std::size_t end = line_end(text_, line);
      const bool item = text_.substr(content).starts_with("- ");
      if (content - line < indent || (content - line == indent && !item)) return at;
      const std::size_t from = item ? content + 2 : content;
      // A mapping below it has names of its own.
      if (text_.substr(from, end - from).find(": ") != text_.npos || (end > from && text_[end - 1] == ':')) return at;
      if (from < end) add(named, name, from, end);
      at = end;
    }
    return at;
  }

  static bool is_plausible(std::string_view value, bool colon) {
    if (value.size() < 4 || is_template(value) || is_vocabulary(value)) return false;
    return !colon || admits({.guard = Guard::kMixed}, {}, value);
  }

  void add(const Named& named, std::string_view name, std::size_t from, std::size_t end) {
    const std::string_view value = text_.substr(from, end - from);
    if (is_place(value) || (named.general && !admits(named, name, value))) return;
    const auto view = has_view(value, View::kJson) ? std::optional(View::kJson) : std::nullopt;
    collect_named(named, name, value, from, view, "text.name", Place::kText, context_, edits_);
  }

  std::string_view text_;
  Manner manner_;
  Context& context_;
  Edits& edits_;
  std::size_t line_end_ = 0;  // of the line entered last, in YAML
  std::size_t indent_ = 0;
};

// "jdbc:oracle:thin:user/password@host" (Oracle JDBC Developer's Guide, "Thin-style").
void collect_oracle(std::string_view text, Context& context, Edits& edits) {
  constexpr std::string_view kScheme = "jdbc:oracle:";
  constexpr std::size_t kMaxUrl = 1024;
  std::size_t end = 0;
  for (std::size_t at = text.find(kScheme); at != text.npos; at = text.find(kScheme, end)) {
    const std::string_view window = text.substr(0, at + kMaxUrl);
    end = std::min(window.find_first_of(" \t\r\n\"'<>", at), window.size());
    const std::size_t sign = window.substr(0, end).find('@', at);
    const std::size_t slash = window.substr(0, end).find('/', at);
    if (sign == text.npos || slash >= sign) continue;
    context.masker.add_credential(edits, slash + 1, text.substr(slash + 1, sign - slash - 1), {}, Kind::kPassword,
                                  "text.name", Place::kText);
  }
}

}  // namespace

void collect_loose(std::string_view text, Context& context, Edits& edits) {
  TextCollector(text, Manner::kLoose, context, edits).run();
  collect_oracle(text, context, edits);
}

Result<void> collect_text(std::string_view text, const MediaType& type, Context& context, Edits& edits) {
  const bool yaml = type.essence.ends_with("yaml");
  const Manner manner = is_code(type.essence) ? Manner::kCode : yaml ? Manner::kYaml : Manner::kText;
  if (type.essence == "text/csv" || type.essence == "text/tab-separated-values") collect_table(text, context, edits);
  if (manner != Manner::kCode && collect_coded_body(text, context, edits)) return {};
  // Of GraphQL pairs of names are aliases and types.
  if (type.essence == "application/graphql" && collect_graphql(text, context, edits)) return {};
  if (yaml) collect_manifests(text, context, edits);
  TextCollector(text, manner, context, edits).run();
  learn_userinfo(text, context);
  // Short maps look like text.
  if (context.depth == 0 && !type.essence.empty()) collect_packed_maps(text, type.essence, context, edits);
  if (manner != Manner::kCode) collect_command_line(text, context, edits);
  collect_oracle(text, context, edits);
  return {};
}

}  // namespace cvr::redact
