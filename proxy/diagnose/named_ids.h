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

// Ids of another kind than the call, or the key, takes: "/quotes/atrip-1", {"tripId": "arfq-1"}.  As "atrip-", at
// most 10.
std::vector<std::string> ids_of_another_kind(const Call& call, const profiles::Profile& profile);
// What a program writes where it has no id: "undefined" in the path or the query, "atrip-null", {"tripId": null}.  The
// word; empty: nothing of the kind.
std::string word_for_no_id(const Call& call, const profiles::Profile& profile);

}  // namespace cvr::diagnose
