// $CVR_HOME: the installation's private directory (0700): CA, pseudonym key, running instances.
// Default ${XDG_DATA_HOME:-~/.local/share}/cvr.  Errors are kEnvironment with the mend in the text.
#pragma once

#include <string>

#include "cvr/redactor.h"
#include "cvr/result.h"
#include "cvr/system.h"

namespace cvr::app {

struct Home {
  std::string directory;
};

// Finds and creates it.  Looser than 0700, a link, or a foreign owner: refused.
Result<Home> open_home();

// DIR/pseudonym.key, made at first use (0600).
Result<PseudonymKey> load_or_make_key(const Home& home, Entropy& entropy);

std::string key_path(const Home& home);

// Puts a new key in the old one's place; nothing of the old one is left.
Result<PseudonymKey> rotate_key(const Home& home, Entropy& entropy);

// First 16 hex digits of SHA-256 over the key: tells keys apart, gives nothing away.
std::string fingerprint_of(const PseudonymKey& key);

}  // namespace cvr::app
