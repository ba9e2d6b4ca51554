// Recordings as reports show them.  A cassette may hold what this run knows as secret (it was recorded without
// --secrets): reports are for eyes, logs and CI, so it is replaced there.
#pragma once

#include "cvr/matcher.h"
#include "cvr/redactor.h"
#include "engine/player.h"

namespace cvr::engine {

// `player` decodes what they name; at most three recordings of a report.
match::MissReport masked(match::MissReport report, const Player& player, const Redactor& redactor);
match::Nearest masked(match::Nearest near, const Player& player, const Redactor& redactor);
Player::Unused masked(Player::Unused unused, const Redactor& redactor);

}  // namespace cvr::engine
