// E-mail addresses, international phone numbers and bank account numbers (ibans.h) wherever they stand in a text.  One
// pass each; linear.  What only looks like one is left alone: the user of a URL, git@host, icon@2x.png, package@1.2.3;
// zones of time (+0100), plus signs within base64 and tokens.  Pure.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "cvr/interaction.h"

namespace cvr::redact {

struct Contact {
  std::size_t begin = 0;
  std::size_t end = 0;
  Kind kind = Kind::kEmail;  // or kPhone, or kText of a bank account
};

// Appends what is found, first all addresses, then all numbers, then all accounts, each in order and without overlaps.
void scan_contacts(std::string_view text, std::vector<Contact>& found);

}  // namespace cvr::redact
