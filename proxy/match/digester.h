// The digest of a value: equal for two values exactly when they count as the same (but for a
// collision of 128 bits).  Bottom up and in one pass: an object's members are sorted by the digest
// of their name when it ends, pairs by name and value, an array is folded as it comes.
//
// Rejected: hashing leaves with their paths and adding the hashes up.  It needs no sorting, but
// {"a":{"x":1},"a":{"y":2}} would be {"a":{"x":1,"y":2}}.
//
// Both spellings are worked out side by side, the exact one only from the first pseudonym on: most
// bodies hold none.  Memory: 32 bytes a member of the objects that are open, or 64.  One thread at
// a time.
#pragma once

#include <vector>

#include "match/hash.h"
#include "match/walk.h"

namespace cvr::match {

class Digester : public Visitor {
 public:
  Digester();
  void begin(Shape shape) override;
  void name(const Leaf& name) override;
  void end() override;
  void leaf(const Leaf& leaf) override;
  void restart() override;

  const Digest& last() const { return last_; }            // of the value that ended last
  const Digest& last_name() const { return last_name_; }  // of the name that came last
  // Of all that was visited; of nothing when nothing was.  Ready for another value afterwards.
  Digest take();

 private:
  struct Open {
    Shape shape;
    std::size_t first_member;
    Digest name;  // of the member that is coming
    Digest fold;  // of the elements so far
  };
  struct Member {
    Hash name, value;
    auto operator<=>(const Member&) const = default;
  };
  void mask();
  void add(Hash by_kind, Hash exact);
  void sort(const Open& open);
  void sort_masked(const Open& open);

  std::vector<Open> open_;
  std::vector<Member> members_;  // by kind
  std::vector<Member> exact_;    // the same exactly, when masked_; else empty
  bool masked_ = false;          // a pseudonym was seen
  Digest last_, last_name_;
};

}  // namespace cvr::match
