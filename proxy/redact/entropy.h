// Randomness as a net: a run of 20 to 256 token characters (letters, digits, '+', '/', '-', '_', '=')
// that looks drawn, not written.  It is for secrets that neither name nor format gives away, and no
// guarantee (REDACTION layer 5): what it does not see passes.
//
// It leaves alone what protocols are made of: UUIDs, plain hex (digests, request ids, commits; a key in
// hex is known by its name), paths and file names, words joined by any case or sign, numbers, vendor ids,
// SRI digests, base64 that decodes to text or to a known file format, blobs longer than a key is, and
// whatever follows a name that says id, hash, digest, tag, version, nonce, data and the like.
//
// Sublinear on ordinary text: of 20 characters one is looked at until a run is long enough.  Pure.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace cvr::redact {

struct RandomRun {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Appends runs in order, without overlaps.
void scan_random(std::string_view text, std::vector<RandomRun>& runs);

// Whether a run as a whole looks drawn, whatever stands around it.
bool looks_random(std::string_view run);

}  // namespace cvr::redact
