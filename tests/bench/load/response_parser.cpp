#include "response_parser.h"

#include <algorithm>
#include <charconv>

namespace cvr::load {
namespace {

constexpr std::size_t kMaxHead = 64 * 1024;
constexpr std::size_t kMaxLine = 8 * 1024;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// All of `text` as a number in `base`.
bool read_number(std::string_view text, int base, std::uint64_t* number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *number, base);
  return error == std::errc() && !text.empty() && end == text.data() + text.size();
}

}  // namespace

void ResponseParser::start(bool head_request) {
  state_ = State::kReading;
  part_ = Part::kHead;
  head_request_ = head_request;
  status_ = 0;
  left_ = body_bytes_ = 0;
  text_.clear();
}

std::size_t ResponseParser::feed(std::string_view bytes) {
  std::size_t used = 0;
  while (used < bytes.size() && state_ == State::kReading) {
    const std::string_view rest = bytes.substr(used);
    switch (part_) {
      case Part::kHead:
        used += feed_head(rest);
        break;
      case Part::kLength:
      case Part::kUntilEnd:
      case Part::kChunkData:
        used += skip_data(rest);
        break;
      default:
        used += feed_chunk_line(rest);
        break;
    }
  }
  return used;
}

void ResponseParser::end() {
  if (state_ != State::kReading) return;
  state_ = part_ == Part::kUntilEnd ? State::kDone : State::kBad;
}

std::size_t ResponseParser::feed_head(std::string_view bytes) {
  constexpr std::string_view kEnd = "\r\n\r\n";
  if (text_.empty()) {  // the usual case: the whole head in one piece, read where it stands
    const auto end = bytes.find(kEnd);
    if (end != std::string_view::npos) {
      read_head(bytes.substr(0, end + 2));
      return end + kEnd.size();
    }
  }
  const std::size_t before = text_.size();
  text_.append(bytes);
  const auto end = text_.find(kEnd, before < 3 ? 0 : before - 3);
  if (end == std::string::npos) {
    if (text_.size() > kMaxHead) state_ = State::kBad;
    return bytes.size();
  }
  const std::string head = text_.substr(0, end + 2);
  text_.clear();
  read_head(head);
  return end + kEnd.size() - before;
}

void ResponseParser::read_head(std::string_view head) {
  chunked_ = has_length_ = false;
  auto end = head.find("\r\n");
  if (!read_status_line(head.substr(0, end))) {
    state_ = State::kBad;
    return;
  }
  while ((head = head.substr(end + 2)), !head.empty()) {
    end = head.find("\r\n");
    if (!read_field(head.substr(0, end))) {
      state_ = State::kBad;
      return;
    }
  }
  choose_framing();
}

bool ResponseParser::read_status_line(std::string_view line) {
  std::uint64_t status = 0;
  if (line.size() < 12 || !line.starts_with("HTTP/1.") || line[8] != ' ') return false;
  if (!read_number(line.substr(9, 3), 10, &status) || status < 100) return false;
  status_ = static_cast<int>(status);
  keeps_alive_ = line[7] != '0';
  return true;
}

bool ResponseParser::read_field(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (same_word(name, "content-length")) {
    has_length_ = true;
    return read_number(value, 10, &left_);
  }
  if (same_word(name, "transfer-encoding")) {
    chunked_ = same_word(value, "chunked");
    return chunked_;
  }
  if (same_word(name, "connection")) {
    if (same_word(value, "close")) keeps_alive_ = false;
    if (same_word(value, "keep-alive")) keeps_alive_ = true;
  }
  return true;
}

void ResponseParser::choose_framing() {
  if (status_ < 200) {  // interim: the real response follows
    part_ = Part::kHead;
    return;
  }
  if (head_request_ || status_ == 204 || status_ == 304) {
    state_ = State::kDone;
  } else if (chunked_) {
    part_ = Part::kChunkSize;
  } else if (has_length_) {
    part_ = Part::kLength;
    if (left_ == 0) state_ = State::kDone;
  } else {
    part_ = Part::kUntilEnd;
    keeps_alive_ = false;
  }
}

std::size_t ResponseParser::skip_data(std::string_view bytes) {
  if (part_ == Part::kUntilEnd) {
    body_bytes_ += bytes.size();
    return bytes.size();
  }
  const std::size_t taken = std::min<std::uint64_t>(bytes.size(), left_);
  body_bytes_ += taken;
  left_ -= taken;
  if (left_ == 0) {
    if (part_ == Part::kLength) state_ = State::kDone;
    part_ = Part::kChunkEnd;
  }
  return taken;
}

std::size_t ResponseParser::feed_chunk_line(std::string_view bytes) {
  const auto newline = bytes.find('\n');
  const std::size_t taken = newline == std::string_view::npos ? bytes.size() : newline + 1;
  text_.append(bytes.substr(0, taken));
  if (text_.size() > kMaxLine) {
    state_ = State::kBad;
  } else if (newline != std::string_view::npos) {
    const std::string line = std::move(text_);
    text_.clear();
    end_of_line(trimmed(std::string_view(line).substr(0, line.size() - 1)));
  }
  return taken;
}

void ResponseParser::end_of_line(std::string_view line) {
  switch (part_) {
    case Part::kChunkSize:
      if (!read_number(trimmed(line.substr(0, line.find(';'))), 16, &left_)) {
        state_ = State::kBad;
      } else {
        part_ = left_ == 0 ? Part::kTrailer : Part::kChunkData;
      }
      return;
    case Part::kChunkEnd:
      part_ = Part::kChunkSize;
      if (!line.empty()) state_ = State::kBad;
      return;
    default:  // trailers end with an empty line
      if (line.empty()) state_ = State::kDone;
      return;
  }
}

}  // namespace cvr::load
