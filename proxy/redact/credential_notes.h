// Notes on the form of credentials that their pseudonyms hide: a raw '+' in a form, a token of two parts.
// Diagnosis reads them (model/credential_notes.h).  They say what is wrong with a value and never hold any
// of it.  Pure.
#pragma once

#include <string>
#include <vector>

#include "cvr/http.h"
#include "profiles/profile.h"

namespace cvr::redact {

// `profile`: which headers hold credentials that go with that of Authorization; may be null.
void add_credential_notes(const http::Request& raw, const profiles::Profile* profile, std::vector<std::string>& notes);

}  // namespace cvr::redact
