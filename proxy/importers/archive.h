// A ZIP archive in memory (PKWARE APPNOTE 6.3), as Playwright packs a HAR and the bodies that it names (".har.zip").
// Every archive is hostile (SAFETY T11): at most 500 regular files, 100 times its own size and 64 MiB unpacked, and
// nothing goes to a disk.  Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "cvr/result.h"

namespace cvr::importers {

using ArchiveFiles = std::map<std::string, std::string, std::less<>>;

bool is_archive(std::string_view bytes);

// The regular files by their names.  kMalformed: also names that lead elsewhere, and two of one name; kLimit.
Result<ArchiveFiles> read_archive(std::string_view bytes);

}  // namespace cvr::importers
