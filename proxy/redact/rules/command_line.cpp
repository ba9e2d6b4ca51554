#include "redact/rules/command_line.h"

#include <algorithm>

#include "base/char_set.h"
#include "redact/general_names.h"
#include "redact/leaf.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxName = 64;
constexpr std::string_view kOption = "--";
constexpr std::string_view kMachine = "machine ";

constexpr CharSet kNameChars("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");
constexpr CharSet kSpace(" \t\r\n");
constexpr CharSet kStops(" \t\r\n\"'<>`");

// "--password X", "--token 'X'".  In prose a word follows.
void collect_options(std::string_view text, Context& context, Edits& edits) {
  for (std::size_t at = text.find(kOption); at != text.npos; at = text.find(kOption, at)) {
    const std::size_t from = at + kOption.size();
    const std::size_t end = std::min(kNameChars.first_not_in(text.substr(0, from + kMaxName), from), text.size());
    at = std::max(end, from);
    if (end == from || end == text.size() || text[end] != ' ') continue;
    const std::string_view name = text.substr(from, end - from);
    const auto named = name.size() < kMaxName ? context.names.find_json(name, {}) : std::nullopt;
    if (!named || is_oauth(named->guard)) continue;
    std::size_t begin = end + 1;
    const bool quoted = begin < text.size() && (text[begin] == '"' || text[begin] == '\'');
    const std::size_t stop = quoted ? std::min(text.find_first_of("\"'\n", begin + 1), text.size())
                                    : std::min(kStops.first_in(text, begin), text.size());
    begin += quoted ? 1 : 0;
    const std::string_view value = text.substr(begin, stop - begin);
    if (value.starts_with('-') || is_template(value) || !admits({named->kind, Guard::kMixed}, name, value)) continue;
    collect_named(*named, name, value, begin, std::nullopt, "text.option", Place::kText, context, edits);
    at = stop;
  }
}

struct Word {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Word word_at(std::string_view text, std::size_t at) {
  const std::size_t begin = std::min(kSpace.first_not_in(text, at), text.size());
  return {begin, std::min(kSpace.first_in(text, begin), text.size())};
}

// At the beginning of a line, or behind another entry: behind the machine's name pairs of words (netrc(5)).
void collect_netrc(std::string_view text, Context& context, Edits& edits) {
  std::size_t next = 0;  // where an entry may begin
  for (std::size_t at = text.find(kMachine); at != text.npos; at = text.find(kMachine, at)) {
    const bool begins = at == next || text[at - 1] == '\n';
    at += kMachine.size();
    if (!begins) continue;
    at = word_at(text, at).end;
    for (;;) {
      const Word key = word_at(text, at);
      const std::string_view name = text.substr(key.begin, key.end - key.begin);
      next = key.begin;
      if (name != "login" && name != "password" && name != "account") break;
      const Word value = word_at(text, key.end);
      at = value.end;
      if (name != "password") continue;
      context.masker.add_credential(edits, value.begin, text.substr(value.begin, value.end - value.begin), {},
                                    Kind::kPassword, "text.option", Place::kText);
    }
  }
}

}  // namespace

bool may_be_command_line(std::string_view text) {
  return text.find(kOption) != text.npos || text.find(kMachine) != text.npos;
}

void collect_command_line(std::string_view text, Context& context, Edits& edits) {
  collect_options(text, context, edits);
  collect_netrc(text, context, edits);
}

}  // namespace cvr::redact
