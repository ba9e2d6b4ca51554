// The files of a bundle but for its manifest and signatures.  Pure.
#pragma once

#include "bundle/evidence.h"
#include "cvr/result.h"

namespace cvr::bundle {

// `key`: the fingerprint that the cut cassettes carry.  Errors are those of writing a cassette.
Result<Members> make_members(const Evidence& evidence, const Cited& cited, const std::string& key);

// Some interactions as a cassette of their own, in memory; sealed, with one fixed time.
Result<std::string> cut_cassette(const diagnose::Recording& recording, const std::vector<std::uint64_t>& numbers,
                                 std::int64_t now_us, const std::string& key);

}  // namespace cvr::bundle
