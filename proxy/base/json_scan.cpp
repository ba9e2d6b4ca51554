#include "base/json_scan.h"

#include <algorithm>
#include <array>

#include "base/char_set.h"
#include "base/utf8.h"

namespace cvr::json {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// What a string can not hold as it is: the quote, the backslash, control characters, and bytes of longer characters.
constexpr CharSet kNoPlain = [] {
  std::array<char, 162> chars{'"', '\\'};
  std::size_t count = 2;
  for (int c = 0; c < 256; ++c) {
    if (c < 0x20 || c >= 0x80) chars[count++] = static_cast<char>(c);
  }
  return CharSet({chars.data(), count});
}();

int hex4(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    int digit = 0;
    if (c >= '0' && c <= '9') {
      digit = c - '0';
    } else if (c >= 'a' && c <= 'f') {
      digit = c - 'a' + 10;
    } else if (c >= 'A' && c <= 'F') {
      digit = c - 'A' + 10;
    } else {
      return -1;
    }
    value = value * 16 + digit;
  }
  return value;
}

}  // namespace

Scanner::Scanner(std::string_view text, int max_depth) : text_(text), max_depth_(max_depth) {}

Token Scanner::malformed(const char* what) {
  what_ = what;
  return Token::kMalformed;
}

Error Scanner::error() const {
  return {ErrorCode::kMalformed, std::string("JSON: ") + what_ + " at byte " + std::to_string(at_)};
}

Result<Token> Scanner::next() {
  const Token token = step();
  if (token == Token::kMalformed) return std::unexpected(error());
  return token;
}

void Scanner::skip_space() {
  while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t')) {
    ++at_;
  }
}

Token Scanner::step() {
  for (;;) {
    skip_space();
    if (at_ == text_.size()) {
      if (expect_ == Expect::kEnd) {
        begin_ = end_ = at_;
        return Token::kEnd;
      }
      return malformed("unexpected end");
    }
    const char c = text_[at_];
    switch (expect_) {
      case Expect::kEnd:
        return malformed("bytes after the value");
      case Expect::kColon:
        if (c != ':') return malformed("no colon after a key");
        ++at_;
        expect_ = Expect::kValue;
        continue;
      case Expect::kCommaOrEnd:
        if (c == ',') {
          ++at_;
          expect_ = stack_.back() == '{' ? Expect::kKey : Expect::kValue;
          continue;
        }
        if (c != (stack_.back() == '{' ? '}' : ']')) return malformed("neither comma nor end");
        break;
      case Expect::kKeyOrEnd:
      case Expect::kKey:
        if (c == '"') return string(Token::kKey);
        if (c != '}' || expect_ == Expect::kKey) return malformed("no key");
        break;
      case Expect::kFirstOrEnd:
        if (c != ']') return value();
        break;
      case Expect::kValue:
        return value();
    }
    // Only an end of an object or array comes here.
    const Token token = stack_.back() == '{' ? Token::kEndObject : Token::kEndArray;
    stack_.pop_back();
    begin_ = at_++;
    end_ = at_;
    expect_ = stack_.empty() ? Expect::kEnd : Expect::kCommaOrEnd;
    return token;
  }
}

Token Scanner::value() {
  const char c = text_[at_];
  if (c == '{' || c == '[') {
    if (static_cast<int>(stack_.size()) >= max_depth_) return malformed("nested too deeply");
    stack_.push_back(c);
    begin_ = at_++;
    end_ = at_;
    expect_ = c == '{' ? Expect::kKeyOrEnd : Expect::kFirstOrEnd;
    return c == '{' ? Token::kBeginObject : Token::kBeginArray;
  }
  switch (c) {
    case '"':
      return string(Token::kString);
    case 't':
      return word("true", Token::kTrue);
    case 'f':
      return word("false", Token::kFalse);
    case 'n':
      return word("null", Token::kNull);
    default:
      return number();
  }
}

Token Scanner::word(std::string_view literal, Token kind) {
  if (text_.substr(at_, literal.size()) != literal) return malformed("unknown word");
  begin_ = at_;
  at_ += literal.size();
  end_ = at_;
  expect_ = stack_.empty() ? Expect::kEnd : Expect::kCommaOrEnd;
  return kind;
}

Token Scanner::number() {
  const std::size_t start = at_;
  const auto peek = [&] { return at_ < text_.size() ? text_[at_] : '\0'; };
  if (peek() == '-') ++at_;
  if (!is_digit(peek())) return malformed("not a value");
  if (peek() == '0') {
    ++at_;
  } else {
    while (is_digit(peek())) ++at_;
  }
  if (peek() == '.') {
    ++at_;
    if (!is_digit(peek())) return malformed("no digit after the point");
    while (is_digit(peek())) ++at_;
  }
  if (peek() == 'e' || peek() == 'E') {
    ++at_;
    if (peek() == '+' || peek() == '-') ++at_;
    if (!is_digit(peek())) return malformed("no digit in the exponent");
    while (is_digit(peek())) ++at_;
  }
  begin_ = start;
  end_ = at_;
  expect_ = stack_.empty() ? Expect::kEnd : Expect::kCommaOrEnd;
  return Token::kNumber;
}

Token Scanner::string(Token kind) {
  begin_ = ++at_;
  escaped_ = false;
  for (;;) {
    at_ = std::min(kNoPlain.first_in(text_, at_), text_.size());
    if (at_ == text_.size()) return malformed("unterminated string");
    const char c = text_[at_];
    if (c == '"') break;
    if (static_cast<std::uint8_t>(c) < 0x20) return malformed("control character in a string");
    if (c == '\\') {
      escaped_ = true;
      if (at_ + 1 == text_.size()) return malformed("unterminated string");
      const char e = text_[at_ + 1];
      if (e == 'u') {
        if (at_ + 6 > text_.size() || hex4(text_.substr(at_ + 2, 4)) < 0) return malformed("bad \\u escape");
        at_ += 6;
      } else if (std::string_view("\"\\/bfnrt").contains(e)) {
        at_ += 2;
      } else {
        return malformed("bad escape");
      }
    } else {
      const Utf8 decoded = decode_utf8(text_.substr(at_));
      if (!decoded.valid) return malformed("invalid UTF-8");
      at_ += decoded.size;
    }
  }
  end_ = at_++;
  expect_ = kind == Token::kKey ? Expect::kColon : stack_.empty() ? Expect::kEnd : Expect::kCommaOrEnd;
  return kind;
}

std::string unescape(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\' || i + 1 == raw.size()) {
      out += raw[i];
      continue;
    }
    const char c = raw[++i];
    if (c != 'u') {
      constexpr std::string_view kFrom = "bfnrt";
      constexpr std::string_view kTo = "\b\f\n\r\t";
      const std::size_t found = kFrom.find(c);
      out += found == std::string_view::npos ? c : kTo[found];
      continue;
    }
    const int unit = hex4(raw.substr(i + 1, 4));
    if (unit < 0) continue;
    i += 4;
    std::uint32_t code_point = static_cast<std::uint32_t>(unit);
    if (unit >= 0xd800 && unit <= 0xdbff && raw.substr(i + 1, 2) == "\\u") {
      const int low = hex4(raw.substr(i + 3, 4));
      if (low >= 0xdc00 && low <= 0xdfff) {
        code_point =
            0x10000 + ((static_cast<std::uint32_t>(unit) - 0xd800) << 10) + (static_cast<std::uint32_t>(low) - 0xdc00);
        i += 6;
      }
    }
    if (code_point >= 0xd800 && code_point <= 0xdfff) code_point = 0xfffd;
    append_utf8(out, code_point);
  }
  return out;
}

void append_escaped(std::string& out, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (static_cast<std::uint8_t>(c) >= 0x80) {
      const Utf8 decoded = decode_utf8(text.substr(i));
      if (decoded.valid) {
        out += text.substr(i, decoded.size);
      } else {
        out += "\xef\xbf\xbd";
      }
      i += decoded.size;
      continue;
    }
    ++i;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<std::uint8_t>(c) < 0x20 || c == 0x7f) {
          out += "\\u00";
          out += kDigits[static_cast<std::uint8_t>(c) >> 4];
          out += kDigits[static_cast<std::uint8_t>(c) & 15];
        } else {
          out += c;
        }
    }
  }
}

std::string to_string_literal(std::string_view text) {
  std::string out = "\"";
  append_escaped(out, text);
  out += '"';
  return out;
}

}  // namespace cvr::json
