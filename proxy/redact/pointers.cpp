#include "redact/pointers.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace cvr::redact {
namespace {

std::string unescaped(std::string_view segment) {
  std::string out;
  for (std::size_t i = 0; i < segment.size(); ++i) {
    const bool escape = segment[i] == '~' && i + 1 < segment.size();
    if (escape) ++i;
    out += !escape ? segment[i] : segment[i] == '1' ? '/' : '~';
  }
  return out;
}

}  // namespace

Pointers::Pointers(const profiles::Profile* profile, profiles::Privacy level) : nodes_(1) {
  if (profile == nullptr) return;
  for (const profiles::SensitiveName& name : profile->secret_json) {
    if (name.name.starts_with('/') && name.level <= level) add(name.name, {Verdict::Is::kSensitive, name.kind});
  }
  for (const std::string& name : profile->kept_json) {
    if (name.starts_with('/')) add(name, {Verdict::Is::kKept, Kind::kOther});
  }
}

void Pointers::add(std::string_view pointer, Verdict verdict) {
  std::uint32_t at = 0;
  for (std::size_t begin = 1; begin <= pointer.size();) {
    const std::size_t end = std::min(pointer.find('/', begin), pointer.size());
    at = child(at, std::string(pointer.substr(begin, end - begin)));
    begin = end + 1;
  }
  nodes_[at].verdict = verdict;
}

std::uint32_t Pointers::child(std::uint32_t parent, const std::string& segment) {
  const auto next = static_cast<std::uint32_t>(nodes_.size());
  std::uint32_t found = next;
  if (segment == "*") {
    found = nodes_[parent].any.value_or(next);
    nodes_[parent].any = found;
  } else {
    const std::string key = unescaped(segment);
    found = nodes_[parent].children.try_emplace(key, next).first->second;
    nodes_[parent].seen |= Node::bit_of(key);
  }
  if (found == next) nodes_.emplace_back();
  return found;
}

Pointers::Verdict Pointers::Walk::value(std::string_view key, bool inside, bool is_array) {
  Verdict out;
  const std::size_t end = fitting_.size();
  if (levels_.empty()) {
    if (inside) fitting_.push_back(0);
  } else if (Level& level = levels_.back(); level.fitting < end) {  // else no pointer leads here
    std::array<char, 20> digits;
    if (level.is_array) {
      const auto last = std::to_chars(digits.data(), digits.data() + digits.size(), level.next_index++).ptr;
      key = {digits.data(), static_cast<std::size_t>(last - digits.data())};
    }
    const auto take = [&](std::uint32_t number) {
      const Verdict& verdict = pointers_.nodes_[number].verdict;
      if (verdict.is > out.is) out = verdict;
      if (inside) fitting_.push_back(number);
    };
    const std::uint64_t bit = Node::bit_of(key);
    for (std::size_t i = level.fitting; i < end; ++i) {
      const Node& node = pointers_.nodes_[fitting_[i]];
      if ((node.seen & bit) != 0) {
        if (const auto found = node.children.find(key); found != node.children.end()) take(found->second);
      }
      if (node.any) take(*node.any);
    }
  }
  if (inside) levels_.push_back({end, is_array, 0});
  return out;
}

void Pointers::Walk::leave() {
  fitting_.resize(levels_.back().fitting);
  levels_.pop_back();
}

}  // namespace cvr::redact
