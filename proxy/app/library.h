// A directory of cassettes: what is in it, what is in it twice, what nothing uses.  Reads only; changing
// is the command's.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/search.h"
#include "cvr/cassette.h"
#include "cvr/redactor.h"

namespace cvr::app {

// The paths of all *.cvr below `directory`, sorted; symbolic links are not followed.  At most 100,000.
// kUsage: there is no such directory.
Result<std::vector<std::string>> cassettes_below(const std::string& directory);

// What one cassette is, without reading its interactions but the first.
struct Shelved {
  std::string path;
  std::string error;  // why it can not be opened; the rest is empty then
  std::string health, damage, origin;
  std::uint64_t interactions = 0, bytes = 0, gaps = 0;
  std::int64_t first_utc_us = 0, last_utc_us = 0;
};
Shelved look_at(const std::string& path);

// Which interactions a search finds in one cassette.
struct FoundIn {
  std::string path;
  std::uint64_t n = 0;
  std::string method, url, outcome;
};
struct Findings {
  std::vector<FoundIn> found;
  std::string error;  // why not all of the file was searched; empty: it was
};
Findings find_in(const std::string& path, const Search& search);

// Structure, checksums, chain, and a search for secrets.
struct Verdict {
  std::string path, error, health, damage;
  std::uint64_t interactions = 0, unreadable = 0;
  std::vector<std::string> leaks;  // number and place, never the value; at most 100
  bool is_sound() const;
};
Verdict verify(const std::string& path, const Redactor& redactor);

}  // namespace cvr::app
