#include "redact/rules/xml_entities.h"

#include <algorithm>

namespace cvr::redact {
namespace {

constexpr std::size_t kMostEntities = 256;
constexpr std::size_t kMaxName = 64;
constexpr std::string_view kSpace = " \t\r\n";
constexpr std::string_view kNoName = " \t\r\n\"'&;<>%";

}  // namespace

XmlEntities::XmlEntities(std::string_view text) {
  constexpr std::string_view kOpen = "<!ENTITY";
  for (std::size_t at = text.find(kOpen); at != text.npos && all_.size() < kMostEntities; at = text.find(kOpen, at)) {
    at += kOpen.size();
    const std::size_t name = std::min(text.find_first_not_of(kSpace, at), text.size());
    const std::size_t stop = std::min(text.find_first_of(kNoName, name), text.size());
    const std::size_t quote = std::min(text.find_first_not_of(kSpace, stop), text.size());
    if (stop == name || stop - name > kMaxName || quote == text.size()) continue;
    if (text[quote] != '"' && text[quote] != '\'') continue;  // of another document
    const std::size_t end = text.find(text[quote], quote + 1);
    if (end == text.npos) return;
    at = end;
    const std::string_view word = text.substr(name, stop - name);
    if (by_name_.emplace(word, all_.size()).second) all_.push_back({word, quote + 1, end});
  }
}

XmlEntity* XmlEntities::next(std::string_view text, std::size_t& at) {
  if (all_.empty()) return nullptr;
  for (std::size_t sign = text.find('&', at); sign != text.npos; sign = text.find('&', sign + 1)) {
    const std::size_t end = text.substr(0, sign + kMaxName + 2).find(';', sign);
    if (end == text.npos) continue;
    const auto found = by_name_.find(text.substr(sign + 1, end - sign - 1));
    if (found == by_name_.end()) continue;
    at = end + 1;
    return &all_[found->second];
  }
  return nullptr;
}

}  // namespace cvr::redact
