// What every collector needs.  References; one pass.
#pragma once

#include "redact/masker.h"
#include "redact/names.h"

namespace cvr::redact {

struct Context {
  const Names& names;
  Masker& masker;
};

}  // namespace cvr::redact
