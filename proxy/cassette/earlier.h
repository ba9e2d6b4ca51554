// What a recorder remembers of the interactions that it wrote, so that later ones need not repeat it:
//
//   equal bodies   a body of 4 KiB or more that is equal, pseudonyms included, to one of the last 16,384 such is a
//                  reference to the interaction that holds it.
//   likeness       small interactions of one route have headers, keys and often values in common, so they are
//   compressed
//                  with the first one of their route as dictionary.  Measured on sandbox traffic: FORMAT.md, "What it
//                  costs".
//
// What is leaned on always holds itself what it lends, so nothing is ever more than one step away.  Thread-safe; memory
// is bounded: 32 dictionaries of at most 16 KiB, and 64 bytes a body.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "cassette/compress.h"
#include "cassette/digest.h"
#include "cassette/parts.h"
#include "cvr/interaction.h"

namespace cvr::cassette {

struct Encoded {
  std::string payload;
  // For `remember`.
  std::uint64_t route = 0;
  std::string dictionary;                   // what it may lend; empty: nothing
  std::optional<Digest> request, response;  // bodies that it holds itself and may lend
};

class Earlier {
 public:
  Encoded encode(const RedactedInteraction& interaction) const;
  // `encoded` has become interaction `n` of the file.
  void remember(const Encoded& encoded, std::uint64_t n);

 private:
  struct Base {
    Base(std::uint64_t number, std::string_view content) : n(number), dictionary(content) {}
    std::uint64_t n;
    Dictionary dictionary;
  };
  struct First8 {
    std::size_t operator()(const Digest& digest) const;
  };
  void look_up(const RedactedBody& body, BodyOf& equal, std::optional<Digest>& stored) const;
  void remember(const std::optional<Digest>& digest, BodyOf place);
  std::shared_ptr<const Base> base_for(std::uint64_t route) const;

  mutable std::mutex mutex_;
  std::unordered_map<std::uint64_t, std::shared_ptr<const Base>> bases_;
  std::shared_ptr<const Base> first_;  // for routes that came when there were enough
  std::unordered_map<Digest, BodyOf, First8> bodies_;
  std::deque<Digest> order_;  // of bodies_, oldest first
};

}  // namespace cvr::cassette
