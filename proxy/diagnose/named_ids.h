// The ids that a call names, wherever they stand: in the path, in the query, in a JSON body.  Pure.
#pragma once

#include <string>
#include <vector>

#include "diagnose/facts.h"

namespace cvr::diagnose {

// Ids of the vendor's form.  In query and body a display id counts below a key that names an id.
std::vector<std::string> named_ids(const Call& call, const profiles::Profile& profile);
// Numbers where an id with a prefix belongs: in the path, or below a key that names such an id ("tripId", since
// "/trips/{id}" is a call).
bool has_bare_id(const Call& call, const profiles::Profile& profile);

}  // namespace cvr::diagnose
