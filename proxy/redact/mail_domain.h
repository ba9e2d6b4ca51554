// The domain of a pseudonym's e-mail address: eight letters under example.com (RFC 2606 section 3:
// reaches nobody), the last three of them a public check of the first five.  So such an address is
// recognised without the key, as other pseudonyms are by check.h; what it could be taken for is an
// address under example.com, and that one time in 17,576.  Part of the cassette format in effect.
// Pure.
#pragma once

#include <string>
#include <string_view>

#include "redact/hmac.h"

namespace cvr::redact {

// One domain (letter case aside), one answer.
std::string mail_domain(std::string_view domain, const Hmac& hmac);

// Whether `text` is an address as a whole, at a domain that mail_domain() gave out.
bool is_mail_pseudonym(std::string_view text);

}  // namespace cvr::redact
