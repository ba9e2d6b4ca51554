// One pass over a cassette's frames: what stands in it, and how its end and middle are.  Pure.
#pragma once

#include <string>
#include <vector>

#include "cassette/frame.h"
#include "cassette/records.h"
#include "cvr/cassette.h"

namespace cvr::cassette {

struct Scan {
  Header header;
  std::vector<std::uint64_t> interactions;  // offsets of their frames
  std::vector<Gap> gaps;
  Health health = Health::kUnsealed;
  std::string damage;              // for people, when torn or damaged
  std::uint64_t sound_bytes = 0;   // up to here everything is whole (a seal included)
  std::uint64_t seal_offset = 0;   // of the seal frame when sealed
  std::array<std::uint8_t, 32> chain{};  // over all frame heads before the seal
};

// `bytes` outlives nothing of the result.  `chain`: gets every frame head before the seal, for a
// writer that goes on; may be null.  Errors: kMalformed (not a cassette), kUnsupported (newer).
Result<Scan> scan(std::string_view bytes, const std::string& name, Chain* chain);

// The msgpack payload of an interaction frame, decompressed when it is compressed.
Result<std::string> payload_of(const Frame& frame);

// An interaction as a frame, appended to `out`; compressed when that pays.
void append_interaction(std::string& out, std::string_view payload);

}  // namespace cvr::cassette
