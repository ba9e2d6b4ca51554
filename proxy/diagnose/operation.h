// Which operation of the vendor's API a request is: "GET /trips/{id}", below which base.  So two requests
// for two trips are one operation, and one that lost its id's prefix too.  Pure.
#pragma once

#include <string>
#include <vector>

#include "cvr/interaction.h"
#include "profiles/profile.h"

namespace cvr::diagnose {

struct NamedOperation {
  std::string name;                            // "GET /trips/{id}"
  std::string base;                            // "https://host/api"
  bool documented_base = false;                // it is one of the profile's
  const profiles::Operation* known = nullptr;  // of the profile; nullptr: not documented
  std::vector<std::string> ids;                // what stands where "{id}" is, decoded
};
NamedOperation name_operation(const RedactedRequest& request, const profiles::Profile& profile);

// Of a path segment: "<atrip->" for an id of the vendor's, "<display>", "<uuid>", "<number>"; empty: a word.
std::string id_class(std::string_view segment, const profiles::Profile& profile);

// Whether `host` fits one of the patterns ("*.avinode.com" fits any host below it).
bool fits_host(const std::vector<std::string>& patterns, std::string_view host);
// The profile's word for where a host belongs ("sandbox"); empty: unknown.
std::string environment_of(std::string_view host, const profiles::Profile& profile);

}  // namespace cvr::diagnose
