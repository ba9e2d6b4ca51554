// The payloads of the small frames: header, gap and refusal, msgpack maps (FORMAT.md).  Keys that are not
// known are skipped.  Errors: kMalformed.  Pure.
#pragma once

#include <string>
#include <string_view>

#include "cvr/cassette.h"

namespace cvr::cassette {

std::string encode_header(const Header& header);
Result<Header> decode_header(std::string_view payload);

std::string encode_gap(const Gap& gap);
Result<Gap> decode_gap(std::string_view payload);

std::string encode_refusal(const Refusal& refusal);
Result<Refusal> decode_refusal(std::string_view payload);  // `after` is the frame's to tell

}  // namespace cvr::cassette
