// The small records: header, gap, seal.  Pure.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "cvr/cassette.h"

namespace cvr::cassette {

std::string encode_header(const Header& header);
std::optional<Header> decode_header(std::string_view payload);

std::string encode_gap(const Gap& gap);
std::optional<Gap> decode_gap(std::string_view payload);

// Says that nothing is missing: how many interactions, and SHA-256 over the heads of all frames
// before it in order, so that a removed or reordered frame shows.
struct Seal {
  std::uint64_t interactions = 0;
  std::array<std::uint8_t, 32> chain{};
  bool operator==(const Seal&) const = default;
};
std::string encode_seal(const Seal& seal);
std::optional<Seal> decode_seal(std::string_view payload);

// The running digest of frame heads.
class Chain {
 public:
  Chain();
  ~Chain();
  Chain(const Chain&) = delete;
  Chain& operator=(const Chain&) = delete;
  void add(std::string_view frame_head);
  std::array<std::uint8_t, 32> digest() const;

 private:
  void* context_;  // EVP_MD_CTX
};

}  // namespace cvr::cassette
