// What a HAR says of a call beside the messages, kept as flags: who issued the server's certificate, and white space
// around a credential, which a field's value can not keep.  Pure.
#pragma once

#include <string>
#include <vector>

#include "importers/node.h"

namespace cvr::importers {

// Of "_securityDetails" in the entry or its response.
void add_certificate_flags(const Node& entry, std::vector<std::string>& flags);
void add_padding_flags(const Node& request, std::vector<std::string>& flags);

}  // namespace cvr::importers
