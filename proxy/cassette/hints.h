// Hints inside a cassette (FORMAT.md, "Hints"): for a stretch of interactions where each goes and whether it is a
// write, so that a replayer need not read the records to know.  The writer makes them of what it appends itself, one
// frame in front of each table; what it did not append has none.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cassette/frame.h"
#include "cvr/cassette.h"

namespace cvr::cassette {

// Hints in the making.
class HintsDraft {
 public:
  void add(std::uint32_t route, bool is_write);
  bool empty() const { return routes_.empty(); }
  std::uint64_t size() const { return routes_.size() / 4; }
  void clear();
  // Of the interactions up to number `n`; `last` is the chain of the last one.
  std::string encode(std::uint32_t form, std::uint64_t n, const Digest& last) const;

 private:
  std::string routes_, writes_;
};

// The hints of a frame whose head says `n`, and the chain that its last interaction must have.  nullopt: sizes or
// numbers do not fit.
struct FoundHints {
  Hints hints;
  Digest last{};
};
std::optional<FoundHints> parse_hints(std::string_view payload, std::uint64_t n);

}  // namespace cvr::cassette
