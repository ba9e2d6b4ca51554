// A cassette as one stable text (`cvr cat`, and so `git diff`): a re-recording changes those lines whose
// meaning changed.
//
//   - One order: by origin, path and method, then by match key; those to one request as recorded.
//   - No numbers and no times.  Headers by name; JSON by member, sorted; other bodies as canonical_body.h says.
//   - Headers that differ with every message read <volatile>; a boundary of multipart reads <boundary>.
//   - Pseudonyms of credentials and of unknown headers differ from recording to recording: they read <jwt>,
//     and <jwt#2> when the same one stands in several places.  All others stand as they are.
//
// Two passes: `look` at every interaction, then `print` in the order of `order`.  About 200 bytes an
// interaction are kept.  One thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cvr/interaction.h"

namespace cvr::exporters {

struct CanonicalOptions {
  std::function<bool(std::string_view header)> is_volatile = [](std::string_view) { return false; };
  bool recorded_order = false;
  bool label_credentials = true;  // else all pseudonyms stand as they are
};

class Canonical {
 public:
  explicit Canonical(CanonicalOptions options) : options_(std::move(options)) {}

  void look(std::uint64_t n, const RedactedParts& parts);
  // Numbers as they were given.  After the last `look`.
  std::vector<std::uint64_t> order();
  std::string print(const RedactedParts& parts);

 private:
  struct Place {
    std::string origin, path, method;
    std::uint64_t key_hi = 0, key_lo = 0, n = 0;
    auto operator<=>(const Place&) const = default;
  };
  struct Label {
    std::uint32_t seen = 0;
    std::uint32_t number = 0;
  };

  void count(const RedactedText& text);
  template <class Message>
  void count_message(const Message& message);
  std::string labelled(const RedactedText& text, bool keep_lines = false);
  std::string label_of(std::string_view pseudonym, Kind kind);
  template <class Message>
  std::string message(const Message& message);
  std::string fields(const std::vector<RedactedField>& list, std::string_view boundary);
  std::string body(const RedactedBody& body, const std::vector<RedactedField>& in, std::string_view boundary);

  CanonicalOptions options_;
  std::vector<Place> places_;
  std::unordered_map<std::uint64_t, Label> labels_;  // by a hash of kind and pseudonym
  std::unordered_map<int, std::uint32_t> numbers_;   // by kind, the last one given
};

}  // namespace cvr::exporters
