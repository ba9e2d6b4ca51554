// Notes on the form of credentials that their pseudonyms hide: a raw '+' in a form, a token of two parts.
// Diagnosis reads them (model/credential_notes.h).  They say what is wrong with a value and never hold any
// of it.  Pure.
#pragma once

#include <string>
#include <vector>

#include "cvr/http.h"

namespace cvr::redact {

void add_credential_notes(const http::Request& raw, std::vector<std::string>& notes);

}  // namespace cvr::redact
