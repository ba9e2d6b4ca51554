#include "match/multipart.h"

#include "cvr/http.h"
#include "match/pieces.h"

namespace cvr::match {
namespace {

constexpr std::string_view kParameter = "boundary=";
constexpr std::string_view kWord = "boundary";
constexpr std::size_t kLongest = 70;

bool begins_line(std::string_view text, std::size_t at) { return at == 0 || text[at - 1] == '\n'; }

}  // namespace

std::string_view boundary_of(std::string_view content_type) {
  for (std::size_t at = content_type.find(';'); at != std::string_view::npos; at = content_type.find(';', at)) {
    at = content_type.find_first_not_of(" \t;", at);
    if (at == std::string_view::npos) return {};
    if (!http::equals_ignoring_case(content_type.substr(at, kParameter.size()), kParameter)) continue;
    std::string_view value = content_type.substr(at + kParameter.size());
    if (value.starts_with('"')) {
      value.remove_prefix(1);
      value = value.substr(0, value.find('"'));
    } else {
      value = value.substr(0, value.find_first_of("; \t"));
    }
    return value.size() <= kLongest ? value : std::string_view();
  }
  return {};
}

RedactedText without_boundary(const RedactedText& body, std::string_view boundary) {
  const std::string delimiter = "--" + std::string(boundary);
  const std::string_view text = body.text;
  RedactedText out;
  auto span = body.spans.begin();
  const auto copy = [&](std::size_t from, std::size_t to) {
    for (; span != body.spans.end() && span->begin < to; ++span) {
      out.spans.push_back(*span);
      out.spans.back().begin = static_cast<std::uint32_t>(out.text.size() + span->begin - from);
    }
    out.text += text.substr(from, to - from);
  };
  std::size_t copied = 0;
  for (std::size_t at = text.find(delimiter); at != std::string_view::npos; at = text.find(delimiter, at + 1)) {
    if (!begins_line(text, at) || has_pseudonym(body, at, at + delimiter.size())) continue;
    copy(copied, at + 2);
    out.text += kWord;
    copied = at + delimiter.size();
  }
  copy(copied, text.size());
  return out;
}

}  // namespace cvr::match
