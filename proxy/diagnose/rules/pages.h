// What v03.cpp knows of pages; the verdict asks too.
#pragma once

#include "diagnose/facts.h"

namespace cvr::diagnose {

bool is_page(const Call& call);
// A page, or a 503 of any form, that speaks of maintenance and says when to come again.
bool is_maintenance_page(const Call& call, const profiles::Diagnosis& vendor);

}  // namespace cvr::diagnose
