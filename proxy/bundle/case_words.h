// Technical words in what case.toml gives to the partner update, by key.  They are the owner's to change, so none gets
// there.  Pure.
#pragma once

#include <string>
#include <vector>

#include "diagnose/case_file.h"

namespace cvr::bundle {

// "case.title: token", "step.what: OAuth": each key and word once, in the order of the file's form.
std::vector<std::string> technical_words(const diagnose::Case& the_case);

}  // namespace cvr::bundle
