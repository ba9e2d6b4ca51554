#include "commands/seal_check.h"

#include <algorithm>

#include "base/escape.h"
#include "base/json_scan.h"

namespace cvr::commands {
namespace {

// The redactor's words when a text is encoded deeper than it looks.
constexpr std::string_view kTooDeep = "too many encodings to search";

std::string told(const Leak& leak) { return printable(leak.place) + " would hold " + leak.what; }

// A piece of JSON is an encoding of what the cassette holds, and the cassette's texts were searched
// to the full depth when they were redacted.  So each string is decoded first and searched to that
// depth again; keys and numbers likewise.
std::string leak_in_tokens(const Redactor& redactor, std::string_view json, const std::string& place) {
  json::Scanner scanner(json);
  for (;;) {
    const auto token = scanner.next();
    // Not JSON: what it is made of has been searched to the full depth as parts of the interaction, and
    // this text as deep as the search goes.
    if (!token) return {};
    if (*token == json::Token::kEnd) return {};
    const bool text = *token == json::Token::kString || *token == json::Token::kKey;
    if (!text && *token != json::Token::kNumber) continue;
    for (const Leak& leak : redactor.leaks(text ? json::unescape(scanner.raw()) : std::string(scanner.raw()), place)) {
      if (leak.known) return told(leak);
    }
  }
}

}  // namespace

std::string leak_in(const Redactor& redactor, std::string_view piece, const std::string& place) {
  bool too_deep = false;
  // Patterns have looked at each interaction, where its Spans tell a pseudonym from a token.
  for (const Leak& leak : redactor.leaks(piece, place)) {
    if (leak.known) return told(leak);
    too_deep |= leak.what == kTooDeep;
  }
  if (!too_deep) return {};
  piece.remove_prefix(std::min(piece.find_first_not_of(", \n"), piece.size()));  // what parts entries
  return leak_in_tokens(redactor, piece, place);
}

}  // namespace cvr::commands
