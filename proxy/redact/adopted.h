// Personal pseudonyms that a replay has handed out.  They are too short to be recognised by themselves,
// and an application sends them back: it follows an href, asks for the trip it was told of.  In a
// request they stand for themselves, as a token with a check does; without this a pseudonym's
// pseudonym would be looked for.  Memory only, bounded; thread-safe, and free of charge as long as it
// is empty, as it always is while recording.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_set>

#include "cvr/interaction.h"

namespace cvr::redact {

class Adopted {
 public:
  // Shorter ones could as well be values of their own: of a hundred two-digit prices half are some
  // price's pseudonym.
  static constexpr std::size_t kMinSize = 4;
  static constexpr std::size_t kMaxSize = 512;
  static constexpr std::size_t kMaxValues = 200'000;  // more are not taken; they match by kind

  void add(std::string_view pseudonym);
  // The pseudonyms of personal kinds under the text's Spans; of an id all of it, prefix included, and
  // its digits alone.
  void add(const RedactedText& text);

  bool holds(std::string_view value) const;

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::atomic<bool> any_ = false;
  mutable std::shared_mutex mutex_;
  std::unordered_set<std::string, Hash, std::equal_to<>> values_;
};

}  // namespace cvr::redact
