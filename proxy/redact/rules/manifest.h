// Manifests of Kubernetes in YAML: all data of an object of `kind: Secret`, whatever its names.  For those in JSON see
// beside.h.
#pragma once

#include "redact/context.h"

namespace cvr::redact {

void collect_manifests(std::string_view text, Context& context, Edits& edits);

}  // namespace cvr::redact
