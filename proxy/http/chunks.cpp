#include "http/chunks.h"

#include <algorithm>

#include "http/characters.h"

namespace cvr::http {
namespace {

constexpr std::size_t kLongestSizeLine = 4096;     // with its extensions
constexpr std::size_t kAllExtensions = 64 * 1024;  // of one body

ChunkDecoder::Step refused(const char* why) { return {ChunkDecoder::Kind::kRefused, 0, {}, why}; }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

// A size line that has not ended must not hold what no size line can hold.  `from`: where an
// earlier call stopped.
const char* ChunkDecoder::unfinished_problem(std::string_view input, std::size_t from) {
  if (hex_value(input[0]) < 0) return "a chunk size that is not hexadecimal";
  for (std::size_t i = from > 0 ? from - 1 : 0; i < input.size(); ++i) {
    if (input[i] == '\r' ? i + 1 < input.size() : !is_value_character(input[i])) {
      return "a control character in a chunk line";
    }
  }
  return nullptr;
}

ChunkDecoder::Step ChunkDecoder::size_line(std::string_view input) {
  const std::size_t end = input.find('\n', scanned_);
  if (end == std::string_view::npos ? input.size() > kLongestSizeLine : end > kLongestSizeLine) {
    return refused("a chunk extension over the limit of 4 KiB");
  }
  if (end == std::string_view::npos) {
    if (const char* why = input.empty() ? nullptr : unfinished_problem(input, scanned_)) return refused(why);
    scanned_ = input.size();
    return {};
  }
  scanned_ = 0;
  if (end == 0 || input[end - 1] != '\r') return refused("a chunk line ends in LF without CR");
  const std::string_view line = input.substr(0, end - 1);
  std::size_t digits = 0;
  left_ = 0;
  while (digits < line.size() && hex_value(line[digits]) >= 0) {
    if (left_ > (UINT64_MAX >> 5)) return refused("a chunk size beyond all bounds");
    left_ = left_ * 16 + static_cast<std::uint64_t>(hex_value(line[digits++]));
  }
  if (digits == 0) return refused("a chunk size that is not hexadecimal");
  const std::string_view extension = line.substr(digits);
  if (!extension.empty()) {
    const std::size_t semicolon = extension.find_first_not_of(" \t");
    if (semicolon == std::string_view::npos || extension[semicolon] != ';') return refused("bytes after a chunk size");
    if (!std::all_of(extension.begin(), extension.end(), is_value_character)) {
      return refused("a control character in a chunk extension");
    }
  }
  // Leading zeros are as much a way to send nothing at length as extensions are.
  constexpr std::size_t kMostDigits = 16;
  extension_bytes_ += extension.size() + (digits > kMostDigits ? digits - kMostDigits : 0);
  if (extension_bytes_ > kAllExtensions) return refused("chunk extensions over the limit of 64 KiB");
  state_ = left_ == 0 ? State::kTrailers : State::kData;
  Step step;
  step.consumed = end + 1;
  return step;
}

ChunkDecoder::Step ChunkDecoder::step(std::string_view input) {
  std::size_t consumed = 0;
  for (;;) {
    const std::string_view rest = input.substr(consumed);
    switch (state_) {
      case State::kSize: {
        Step step = size_line(rest);
        if (step.kind == Kind::kRefused) return step;
        if (step.consumed == 0) return {Kind::kNeedMore, consumed, {}, ""};
        consumed += step.consumed;
        break;
      }
      case State::kData: {
        if (rest.empty()) return {Kind::kNeedMore, consumed, {}, ""};
        const std::size_t size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, rest.size()));
        left_ -= size;
        if (left_ == 0) state_ = State::kDataEnd;
        return {Kind::kData, consumed + size, rest.substr(0, size), ""};
      }
      case State::kDataEnd:
        if (!rest.empty() && rest[0] != '\r') return refused("a chunk longer than its size");
        if (rest.size() < 2) return {Kind::kNeedMore, consumed, {}, ""};
        if (rest[1] != '\n') return refused("a chunk longer than its size");
        consumed += 2;
        state_ = State::kSize;
        break;
      case State::kTrailers: {
        std::vector<FieldView> views;
        const HeadResult result = parse_trailers(rest, scanned_, HeadLimits{}, views);
        if (result.kind == HeadResult::Kind::kRefused) return refused(result.why);
        if (result.kind == HeadResult::Kind::kNeedMore) return {Kind::kNeedMore, consumed, {}, ""};
        trailers_ = to_fields(views);
        state_ = State::kDone;
        return {Kind::kDone, consumed + result.consumed, {}, ""};
      }
      case State::kDone:
        return {Kind::kDone, consumed, {}, ""};
    }
  }
}

void append_chunk(std::string& out, std::string_view data) {
  if (data.empty()) return;
  char digits[17];
  int n = 0;
  for (std::size_t size = data.size(); size > 0; size >>= 4) digits[n++] = "0123456789abcdef"[size & 15];
  while (n > 0) out += digits[--n];
  out += "\r\n";
  out += data;
  out += "\r\n";
}

void append_last_chunk(std::string& out, const Fields& trailers) {
  out += "0\r\n";
  for (const Field& field : trailers) {
    out += field.name;
    out += ": ";
    out += field.value;
    out += "\r\n";
  }
  out += "\r\n";
}

}  // namespace cvr::http
