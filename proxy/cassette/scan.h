// Reads a cassette from its first byte to its last, checks every frame, and says what stands in it
// and where soundness ends.  The writer and `repair` always scan; the reader does when there is no
// seal, and for `verify`.  Linear; memory 56 bytes an interaction.  Measured, 100,000 interactions
// of 4 KiB: see FORMAT.md, "What it costs".
//
// Where a frame is not sound, what is left of the file is judged:
//   torn     the rest is less than a frame head; or the head is sound and the file ends before the
//            payload does; or zeros begin in that frame and reach, 512 bytes or more, to the end
//            (after power loss a file system may have noted the new size and not written the bytes).
//            That is what a killed writer leaves: nothing in it was acknowledged.
//   damaged  anything else.  Never cut without being asked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cassette/frame.h"
#include "cassette/hints.h"
#include "cassette/index.h"
#include "cvr/cassette.h"
#include "os/read_window.h"

namespace cvr::cassette {

struct Scan {
  std::optional<Header> header;
  std::vector<Entry> entries;  // the interactions
  std::vector<Gap> gaps;
  std::vector<Refusal> refusals;
  std::vector<FoundHints> hints;
  TableDraft since_table;  // what the next table has to list, but for its entries
  Health health = Health::kUnsealed;
  std::string damage;             // for people
  std::uint64_t sound_bytes = 0;  // end of the last sound frame
  std::uint64_t lost = 0;         // interactions after the damage, as far as can be told
  Digest chain{};                 // of the last sound frame
};

// `bytes` begin with a sound file head.  `with_chain` also checks the SHA-256 chain.  `window`: the
// same file, for a quicker first pass; may be null.
Scan scan(std::string_view bytes, bool with_chain, os::ReadWindow* window = nullptr);

}  // namespace cvr::cassette
