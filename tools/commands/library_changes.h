// cvr library dedupe and prune: what could go, and with --apply what goes.
#pragma once

#include <string>
#include <vector>

#include "cli.h"
#include "cvr/redactor.h"

namespace cvr::commands {

struct LibraryChange {
  std::vector<std::string> paths;
  std::vector<std::string> usage_files;  // prune
  bool apply = false, json = false;
};

Result<int> dedupe(const LibraryChange& change, const Redactor& redactor, const cli::Globals& globals);
Result<int> prune(const LibraryChange& change, const Redactor& redactor, const cli::Globals& globals);

}  // namespace cvr::commands
