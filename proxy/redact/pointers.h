// JSON Pointer rules (RFC 6901): values that are sensitive, or kept, because of where they stand.
// "~0" is '~' and "~1" is '/'; a segment "*" stands for any key or index.  Where several rules meet in
// one place, keeping wins.
//
// A walk goes along with the scanner: one step a value, whose cost is the number of rules that still
// fit.  Without rules nobody makes a walk.  Immutable after construction, thread-safe; a walk is one
// thread's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "profiles/profile.h"

namespace cvr::redact {

class Pointers {
 public:
  struct Verdict {
    enum class Is : std::uint8_t { kNothing, kSensitive, kKept } is = Is::kNothing;
    Kind kind = Kind::kToken;
  };

  // The names of secret_json and kept_json that begin with '/', up to `level`.
  Pointers(const profiles::Profile* profile, profiles::Privacy level);

  bool empty() const { return nodes_.size() == 1; }

  class Walk {
   public:
    explicit Walk(const Pointers& pointers) : pointers_(pointers) {}
    // A value begins: under `key` of an object, at the next index of an array, or as the whole text.
    // `inside`: it is an object or array, and what follows stands in it until `leave`.
    Verdict value(std::string_view key, bool inside, bool is_array);
    void leave();

   private:
    struct Level {
      std::size_t fitting = 0;  // where its nodes begin in fitting_: those that fit the way to here
      bool is_array = false;
      std::uint64_t next_index = 0;
    };
    const Pointers& pointers_;
    std::vector<Level> levels_;
    std::vector<std::uint32_t> fitting_;  // of all levels; that of the last one is its end
  };

 private:
  struct Node {
    // A key that is not in `seen` is no child: most keys stop there.
    static std::uint64_t bit_of(std::string_view key) {
      const auto first = key.empty() ? 0u : static_cast<std::uint8_t>(key[0]);
      return std::uint64_t{1} << ((first * 5 + key.size()) & 63);
    }
    std::map<std::string, std::uint32_t, std::less<>> children;
    std::optional<std::uint32_t> any;
    Verdict verdict;
    std::uint64_t seen = 0;
  };
  void add(std::string_view pointer, Verdict verdict);
  std::uint32_t child(std::uint32_t parent, const std::string& segment);

  std::vector<Node> nodes_;  // the first is the root
};

}  // namespace cvr::redact
