#include "match/outline.h"

#include <algorithm>

#include "base/escape.h"
#include "match/normal_text.h"

namespace cvr::match {
namespace {

constexpr std::size_t kShort = 60;
constexpr std::size_t kLongestName = 200;

}  // namespace

std::uint32_t Outline::add() {
  const bool room = nodes_.size() < kMostNodes && (open_.empty() || open_.back() != kNone);
  if (!room) {
    cut_ = true;
    return kNone;
  }
  const auto index = static_cast<std::uint32_t>(nodes_.size());
  Node& node = nodes_.emplace_back();
  if (!open_.empty()) {
    Node& parent = nodes_[open_.back()];
    parent.children.push_back(index);
    if (parent.shape == Shape::kObject || parent.shape == Shape::kPairs) {
      node.name = digester_.last_name();
      node.name_text = std::move(name_text_);
    }
  }
  return index;
}

std::string Outline::take_text(const Leaf& leaf) {
  const std::size_t room = text_bytes_ < kMostText ? kMostText - text_bytes_ : 0;
  std::string text = readable(shortened(leaf.by_kind, std::max(room, kShort)));
  text_bytes_ += text.size();
  return leaf.type == LeafType::kString ? '"' + text + '"' : text;
}

void Outline::begin(Shape shape) {
  const std::uint32_t index = add();
  if (index != kNone) {
    nodes_[index].container = true;
    nodes_[index].shape = shape;
  }
  open_.push_back(index);
  digester_.begin(shape);
}

void Outline::name(const Leaf& name) {
  digester_.name(name);
  name_text_ = readable(shortened(name.by_kind, kLongestName));
}

void Outline::end() {
  digester_.end();
  if (open_.back() != kNone) nodes_[open_.back()].digest = digester_.last();
  open_.pop_back();
}

void Outline::leaf(const Leaf& leaf) {
  const std::uint32_t index = add();
  digester_.leaf(leaf);
  if (index == kNone) return;
  nodes_[index].digest = digester_.last();
  nodes_[index].hidden = holds_mark(leaf.by_kind);
  nodes_[index].plain = !is_mark(leaf.by_kind);
  nodes_[index].text = take_text(leaf);
}

void Outline::restart() {
  digester_.restart();
  nodes_.clear();
  open_.clear();
  text_bytes_ = 0;
  cut_ = false;
}

}  // namespace cvr::match
