// Reads a bundle's ZIP in memory; nothing is ever unpacked to a disk.  Every input is hostile: what has two
// readings is refused.  Members lie one behind the other from the first byte on, in the order of the directory,
// which ends the file; local and central heads agree; no flags, extra fields, comments, links or directories;
// limits of zip_writer.h are checked before memory is taken.
//
// The same bytes can be packed in many ways, and a flipped bit may choose another: where nearly all members are packed
// as zlib does it, all must be.
// Heads are those that CVR writes, to the bit, or else all of them differ: a bundle that was packed anew by
// another program is read, a single changed head is refused.  Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "cvr/result.h"

namespace cvr::bundle {

// kMalformed: no such archive, with the reason; kLimit: larger than a bundle may be.
Result<std::map<std::string, std::string>> read_zip(std::string_view bytes);

}  // namespace cvr::bundle
