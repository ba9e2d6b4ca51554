// What stands in a payload and its decoder tells nobody: the texts of its msgpack that do not come back when what was
// decoded is encoded again.  Of what a recorder writes nothing; a newer version or somebody else may have put texts
// there, and the seal check has to see them.  Pure; linear.
#pragma once

#include "cassette/codec.h"
#include "cassette/frame.h"
#include "cvr/cassette.h"

namespace cvr::cassette {

void each_untold(std::string_view interaction, const PayloadOf& earlier, const Reader::SeeUntold& see);

// Of a frame of another known type.
void each_untold(const Frame& frame, const Reader::SeeUntold& see);

}  // namespace cvr::cassette
