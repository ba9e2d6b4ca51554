// The chunked transfer coding (RFC 9112 section 7.1), both ways.  The decoder is fed whatever has
// arrived and keeps its place; it is strict: CR LF only, hex sizes only, extensions bounded and
// dropped, trailers apart.  One thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "http/head.h"

namespace cvr::http {

class ChunkDecoder {
 public:
  enum class Kind : std::uint8_t { kNeedMore, kData, kDone, kRefused };
  struct Step {
    Kind kind = Kind::kNeedMore;
    std::size_t consumed = 0;  // bytes of the input that are done with
    std::string_view data;     // kData: payload, a view into the input
    const char* why = "";      // kRefused: static text
  };

  // Advances by one step.  Call again with the rest until kNeedMore (with nothing consumed),
  // kDone or kRefused.  With kNeedMore the unconsumed rest must be presented again with more: it is
  // not scanned twice.
  Step step(std::string_view input);

  const Fields& trailers() const { return trailers_; }

 private:
  enum class State : std::uint8_t { kSize, kData, kDataEnd, kTrailers, kDone };
  Step size_line(std::string_view input);
  static const char* unfinished_problem(std::string_view input, std::size_t from);

  State state_ = State::kSize;
  std::uint64_t left_ = 0;
  std::size_t scanned_ = 0;          // of a line or trailers that are not complete
  std::size_t extension_bytes_ = 0;  // of the whole body
  Fields trailers_;
};

// Appends one chunk; empty data appends nothing (that would end the body).
void append_chunk(std::string& out, std::string_view data);
// The end of a chunked body: last chunk, trailers, empty line.
void append_last_chunk(std::string& out, const Fields& trailers);

}  // namespace cvr::http
