#include "exporters/canonical_body.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>

#include "base/escape.h"
#include "exporters/json_print.h"

namespace cvr::exporters {
namespace {

constexpr std::size_t kLongLine = 160;
constexpr std::size_t kNear = 8;  // bytes that decide whether a line is parted behind them

// Copies `from` and puts texts in between; Spans move along, and nothing is put inside one.
class Inserter {
 public:
  explicit Inserter(const RedactedText& from) : from_(from) {}

  bool may_insert(std::size_t at) {
    while (span_ < from_.spans.size() && end_of(from_.spans[span_]) <= at) ++span_;
    return span_ == from_.spans.size() || from_.spans[span_].begin >= at;
  }

  // In front of byte `at`; not going back.
  void insert(std::size_t at, std::string_view text) {
    copy_to(at);
    out_.text += text;
  }

  RedactedText take() {
    copy_to(from_.text.size());
    return std::move(out_);
  }

 private:
  static std::size_t end_of(const Span& span) { return std::size_t{span.begin} + span.size; }

  void copy_to(std::size_t end) {
    for (; copied_ < from_.spans.size() && end_of(from_.spans[copied_]) <= end; ++copied_) {
      Span span = from_.spans[copied_];
      span.begin = static_cast<std::uint32_t>(out_.text.size() + span.begin - at_);
      out_.spans.push_back(std::move(span));
    }
    out_.text.append(from_.text, at_, end - at_);
    at_ = end;
  }

  const RedactedText& from_;
  RedactedText out_;
  std::size_t at_ = 0, span_ = 0, copied_ = 0;
};

RedactedText by_pair(const RedactedText& content) {
  Inserter out(content);
  for (std::size_t at = content.text.find('&'); at != std::string::npos; at = content.text.find('&', at + 1)) {
    if (out.may_insert(at + 1)) out.insert(at + 1, "\n");
  }
  return out.take();
}

RedactedText by_tag(const RedactedText& content) {
  Inserter out(content);
  for (std::size_t at = content.text.find("><"); at != std::string::npos; at = content.text.find("><", at + 1)) {
    if (out.may_insert(at + 1)) out.insert(at + 1, "\n");
  }
  return out.take();
}

// By what stands there and nothing else: every eighth place or so where a text parts.  A rule that counted
// from the last place would move all that follow.
bool parts_behind(std::string_view line, std::size_t at) {
  if (at + 1 < kNear || std::string_view(";,}]> ").find(line[at]) == std::string_view::npos) return false;
  return XXH3_64bits(line.data() + at + 1 - kNear, kNear) % 8 == 0;
}

}  // namespace

RedactedText split_by_type(const RedactedText& content, std::string_view type) {
  const bool looks_like_json = type.empty() && (content.text.starts_with('{') || content.text.starts_with('['));
  if (type.contains("json") || looks_like_json) {
    if (auto printed = print_json(content, {true, true})) return *std::move(printed);
  }
  if (type == "application/x-www-form-urlencoded") return by_pair(content);
  if (type.contains("xml") || type.contains("html")) return by_tag(content);
  return content;
}

RedactedText parted_lines(const RedactedText& text) {
  Inserter out(text);
  const std::string& bytes = text.text;
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    const std::string_view line = std::string_view(bytes).substr(begin, end - begin);
    for (std::size_t at = 0; line.size() > kLongLine && at + 1 < line.size(); ++at) {
      if (parts_behind(line, at) && out.may_insert(begin + at + 1)) out.insert(begin + at + 1, "\\\n");
    }
    begin = end + 1;
  }
  return out.take();
}

std::string bytes_line(std::string_view bytes, std::string_view type) {
  const XXH128_hash_t digest = XXH3_128bits(bytes.data(), bytes.size());
  return fmt::format("[{} bytes{}, xxh3 {:016x}{:016x}]", bytes.size(), type.empty() ? "" : " of " + printable(type),
                     digest.high64, digest.low64);
}

}  // namespace cvr::exporters
