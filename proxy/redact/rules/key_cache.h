// What the keys of one JSON text say of their values: the items of a list have the same keys again and again.  A
// direct-mapped table, made anew for each text; borrows the text.  One thread at a time.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "redact/general_names.h"
#include "redact/rules/beside.h"

namespace cvr::redact {

struct KnownKey {
  std::optional<Named> named;
  Part part = Part::kNone;
  bool kept = false;
};

class KeyCache {
 public:
  // `size`: of the text, in bytes.
  explicit KeyCache(std::size_t size) {
    constexpr std::size_t kLarge = 8192;
    if (size < kLarge) return;
    many_.resize(128);
    slots_ = many_;
  }
  KeyCache(const KeyCache&) = delete;
  KeyCache& operator=(const KeyCache&) = delete;

  // Precondition: `key` is not empty.  `look_up()` is asked for what is not known yet.
  template <class LookUp>
  const KnownKey& find(std::string_view key, std::string_view parent, const LookUp& look_up) {
    // A power of two: no division for each key.
    Slot& slot = slots_[(hash(key) + (parent.empty() ? 0 : hash(parent) * 5)) & (slots_.size() - 1)];
    // The objects of one list have the very same parent.
    const bool same = slot.parent.data() == parent.data() && slot.parent.size() == parent.size();
    if (slot.key != key || !(same || slot.parent == parent)) slot = {key, parent, look_up()};
    return slot.known;
  }

 private:
  struct Slot {
    std::string_view key;
    std::string_view parent;
    KnownKey known;
  };
  static std::size_t hash(std::string_view word) {
    const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(word[at])); };
    return byte(0) * 7 + byte(word.size() / 2) * 13 + byte(word.size() - 1) * 3 + word.size();
  }

  std::array<Slot, 16> few_{};
  std::vector<Slot> many_;
  std::span<Slot> slots_ = few_;
};

}  // namespace cvr::redact
