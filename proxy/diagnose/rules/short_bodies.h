// What n05.cpp knows of answers that end too early; V04 asks too.
#pragma once

#include "diagnose/facts.h"

namespace cvr::diagnose {

// Fewer bytes came than were announced, or the connection broke in mid-answer; not since the client left.
bool is_cut_short(const Call& call);

}  // namespace cvr::diagnose
