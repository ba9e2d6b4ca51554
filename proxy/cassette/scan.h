// Reads a cassette from its first byte to its last, checks every frame, and says what stands in it
// and where soundness ends.  The writer and `repair` always scan; the reader does when there is no
// seal, and for `verify`.  Pure; linear; memory 8 bytes an interaction.
//
// Where a frame is not sound, what is left of the file is judged:
//   torn     the rest is less than a frame head; or the head is sound and the file ends before the
//            payload does; or nothing but zeros reach from there, for 512 bytes or more, to the end
//            (after power loss a file system may have noted the new size and not written the bytes).
//            That is what a killed writer leaves: nothing in it was acknowledged.
//   damaged  anything else.  Never cut without being asked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cassette/frame.h"
#include "cassette/index.h"
#include "cvr/cassette.h"

namespace cvr::cassette {

struct Scan {
  std::optional<Header> header;
  std::vector<std::uint64_t> offsets;  // of the interactions' frames
  std::vector<Gap> gaps;
  TableDraft since_table;  // what the next table has to list; entries stay empty, see first_unlisted
  Health health = Health::kUnsealed;
  std::string damage;             // for people
  std::uint64_t sound_bytes = 0;  // end of the last sound frame
  std::uint64_t lost = 0;         // interactions after the damage, as far as can be told
  Digest chain{};                 // of the last sound frame
};

// `bytes` begin with a sound file head.  `with_chain` also checks the SHA-256 chain.
Scan scan(std::string_view bytes, bool with_chain);

}  // namespace cvr::cassette
