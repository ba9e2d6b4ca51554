#include "redact/adopted.h"

#include <algorithm>
#include <mutex>

#include "base/json_scan.h"
#include "redact/shapes.h"

namespace cvr::redact {

void Adopted::add(std::string_view pseudonym) {
  if (pseudonym.size() < kMinSize || pseudonym.size() > kMaxSize) return;
  const std::unique_lock lock(mutex_);
  if (values_.size() >= kMaxValues || values_.contains(pseudonym)) return;
  values_.emplace(pseudonym);
  any_.store(true, std::memory_order_release);
}

void Adopted::add(const RedactedText& text) {
  for (const Span& span : text.spans) {
    if (!is_personal(span.kind)) continue;
    const std::string_view value = std::string_view(text.text).substr(span.begin, span.size);
    add(value);
    if (value.find('\\') != value.npos) add(json::unescape(value));
    if (span.kind != Kind::kId) continue;
    // Clients strip the prefix, and put it on again.
    add(value.substr(std::min(value.find_first_of("0123456789"), value.size())));
    std::size_t begin = span.begin;
    const auto is_prefix = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; };
    while (begin > 0 && span.begin - begin < 32 && is_prefix(text.text[begin - 1])) --begin;
    if (begin < span.begin) add(std::string_view(text.text).substr(begin, span.begin + span.size - begin));
  }
}

bool Adopted::holds(std::string_view value) const {
  if (!any_.load(std::memory_order_acquire) || value.size() > kMaxSize) return false;
  const std::shared_lock lock(mutex_);
  return values_.contains(value);
}

}  // namespace cvr::redact
