// A diagnosis as one object of cvr.diagnosis/1 (diagnosis.schema.json beside this file).  Pure.
#pragma once

#include <string>

#include "diagnose/diagnosis.h"

namespace cvr::diagnose {

std::string to_json(const Diagnosis& diagnosis);  // with a line break at its end

}  // namespace cvr::diagnose
