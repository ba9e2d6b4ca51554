// A diagnosis for a terminal: what a tired developer reads in a minute.  Everything recorded is hostile:
// control characters are escaped.  Pure.
#pragma once

#include <string>

#include "diagnose/diagnosis.h"

namespace cvr::diagnose {

struct TextOptions {
  bool colour = false;
};
std::string to_text(const Diagnosis& diagnosis, const TextOptions& options);

}  // namespace cvr::diagnose
