// A pull tokeniser for JSON text (RFC 8259) that reports byte offsets, so that a caller can splice
// without touching anything else: numbers keep their text, white space and key order stay.
// No allocation but for the depth stack; one pass; depth bounded.  Strict: one value, nothing after
// it but white space; UTF-8 validity of strings is checked; a leading BOM is not accepted here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/result.h"

namespace cvr::json {

enum class Token : std::uint8_t {
  kBeginObject,
  kEndObject,
  kBeginArray,
  kEndArray,
  kKey,
  kString,
  kNumber,
  kTrue,
  kFalse,
  kNull,
  kEnd,
  kMalformed  // of step() alone
};

class Scanner {
 public:
  explicit Scanner(std::string_view text, int max_depth = 64);

  // The next token, or kMalformed with the byte offset in the text.
  Result<Token> next();
  // The same where every token counts: Token::kMalformed, and then error() says why.
  Token step();
  Error error() const;

  // Of the last token: its bytes in the text.  For kKey and kString: without the quotes, escapes
  // untouched.
  std::size_t begin() const { return begin_; }
  std::size_t end() const { return end_; }
  std::string_view raw() const { return text_.substr(begin_, end_ - begin_); }
  bool escaped() const { return escaped_; }  // the last string or key holds a backslash
  int depth() const { return static_cast<int>(stack_.size()); }

 private:
  Token value();
  Token string(Token kind);
  Token number();
  Token word(std::string_view literal, Token kind);
  Token malformed(const char* what);
  void skip_space();

  std::string_view text_;
  std::size_t at_ = 0, begin_ = 0, end_ = 0;
  std::vector<char> stack_;  // '{' or '['
  int max_depth_;
  enum class Expect : std::uint8_t { kValue, kKeyOrEnd, kKey, kColon, kCommaOrEnd, kFirstOrEnd, kEnd };
  Expect expect_ = Expect::kValue;
  bool escaped_ = false;
  const char* what_ = nullptr;  // is malformed
};

// Resolves \uXXXX and the other escapes of a raw string (as `raw()` gives it) into UTF-8.  Lone
// surrogates become U+FFFD.
std::string unescape(std::string_view raw);

// Appends `text` as the inside of a JSON string: quotes, backslashes and control characters escaped,
// invalid UTF-8 replaced by U+FFFD.  No surrounding quotes.
void append_escaped(std::string& out, std::string_view text);
std::string to_string_literal(std::string_view text);

}  // namespace cvr::json
