// The files that an import reads: named ones, standard input ("-"), the mappings of a directory; and the bodies that
// stand beside them, which the content names and which must not lead anywhere else.  One thread at a time.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cvr/result.h"
#include "cvr/system.h"
#include "importers/archive.h"

namespace cvr::app {

class ImportFile {
 public:
  // A regular file, or "-"; of a ZIP archive the one .har in it.  Errors: kEnvironment, kLimit, kMalformed.
  static Result<ImportFile> open(const std::string& path);

  const std::string& name() const { return name_; }
  std::string_view text() const;  // without a byte order mark; as long as this lives

  // A body that the text names: a member of its archive; else a regular file below the directory of bodies, found by a
  // listing; where there is no such directory, one beside the file that is named by a digest.
  Result<std::string> body(std::string_view name) const;

 private:
  friend Result<std::vector<ImportFile>> import_files(const std::vector<std::string>& inputs);
  Result<void> take_har(importers::ArchiveFiles files);

  std::string name_, read_;
  importers::ArchiveFiles members_;  // of the archive that it is in
  std::shared_ptr<ByteSource> mapped_;
  bool converted_ = false;  // `read_` is what is mapped, as UTF-8 or unpacked
  std::string bodies_;      // the directory; empty: there is none
  std::shared_ptr<const std::map<std::string, bool, std::less<>>> listed_;  // what is in it
};

// In the order in which they are named; a directory stands for the .json files in it (or in its `mappings`), by name.
// At most 10,000 files.  Errors name the input.
Result<std::vector<ImportFile>> import_files(const std::vector<std::string>& inputs);

}  // namespace cvr::app
