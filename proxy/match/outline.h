// A value as a tree of digests, with short texts for people: what the explanation compares.  The
// digests are those of the key (digester.h).
//
// Bounds: kMostNodes nodes and kMostText bytes of text; beyond, a difference is still seen (the
// digests cover everything) and only told less precisely.  One thread at a time.
#pragma once

#include <string>
#include <vector>

#include "match/digester.h"

namespace cvr::match {

struct Node {
  Digest name;            // of a member or pair
  Digest digest;          // of the value
  std::string name_text;  // readable, unescaped
  std::string text;       // of a leaf, readable: strings of JSON in quotes
  bool container = false;
  bool hidden = false;  // a leaf that holds a pseudonym
  bool plain = false;   // and one that holds something else
  Shape shape = Shape::kObject;
  std::vector<std::uint32_t> children;
};

class Outline : public Visitor {
 public:
  static constexpr std::size_t kMostNodes = 20'000;
  static constexpr std::size_t kMostText = 1 << 20;

  void begin(Shape shape) override;
  void name(const Leaf& name) override;
  void end() override;
  void leaf(const Leaf& leaf) override;
  void restart() override;

  // The value that was visited; nullptr when none was.
  const Node* root() const { return nodes_.empty() ? nullptr : &nodes_.front(); }
  const Node& node(std::uint32_t index) const { return nodes_[index]; }
  // Some values below were not kept.
  bool cut() const { return cut_; }

 private:
  static constexpr std::uint32_t kNone = 0xffffffff;
  std::uint32_t add();
  std::string take_text(const Leaf& leaf);

  Digester digester_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> open_;  // kNone: not kept
  std::string name_text_;
  std::size_t text_bytes_ = 0;
  bool cut_ = false;
};

}  // namespace cvr::match
