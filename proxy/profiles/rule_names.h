// Names in rules that say where something is hidden or kept: how they are looked for, and what is wrong with one that
// would find nothing.  For profiles and for [redact] alike.  Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cvr::profiles {

enum class NameOf : std::uint8_t { kHeader, kQuery, kForm, kCookie, kJson, kXml };

// The name as it is looked for: queries and forms percent-decoded, XML without prefixes.
std::string rule_name(NameOf what, std::string_view written);

// For people, with the spelling that works; empty when the name can be used.  `name`: by rule_name.
std::string rule_name_problem(NameOf what, std::string_view name, bool keep);

// What is wrong with a host of a profile ("api.vendor.example", "*.vendor.example"); empty when nothing is.
std::string rule_host_problem(std::string_view host);

}  // namespace cvr::profiles
