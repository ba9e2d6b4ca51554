// A ZIP archive in memory (PKWARE APPNOTE 6.3), as Playwright packs a HAR and the bodies that it names (".har.zip").
// Every archive is hostile: at most 20,000 regular files, no more than 32 times its own size and 32 MiB
// unpacked, and nothing goes to a disk.  Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "cvr/result.h"

namespace cvr::importers {

using ArchiveFiles = std::map<std::string, std::string, std::less<>>;

bool is_archive(std::string_view bytes);

// The regular files by their names; of two of one name the first.  kMalformed, kLimit.
Result<ArchiveFiles> read_archive(std::string_view bytes);

}  // namespace cvr::importers
