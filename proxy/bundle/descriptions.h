// What a bundle says of itself: README.txt, manifest.json, environment.json, redaction.json.  Pure.
#pragma once

#include <string>

#include "bundle/evidence.h"

namespace cvr::bundle {

std::string readme_text(const Evidence& evidence, const std::string& fingerprint);
// cvr.bundle/1.  `members`: those that the manifest lists.
std::string manifest_json(const Evidence& evidence, const Cited& cited, const Members& members);
std::string environment_json(const Evidence& evidence);
std::string redaction_json(const Evidence& evidence);

}  // namespace cvr::bundle
