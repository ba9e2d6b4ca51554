// A session keeps its position when its cassette has grown meanwhile.
#pragma once

#include "cvr/cassette.h"
#include "engine/player.h"

namespace cvr::engine {

// Brings `fresh`, a player of `cassette` that has answered nothing yet, to where `before` stands, which plays the
// first interactions of the same cassette: what `before` has used is asked for again, in the order of the record.
// An identity that was bound to another's recordings (sequences.h) is bound anew when it next appears.
void catch_up(const Player& before, Player& fresh, const cassette::Reader& cassette);

}  // namespace cvr::engine
