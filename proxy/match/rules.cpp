#include <xxhash.h>

#include "cvr/matcher.h"
#include "profiles/profile.h"

namespace cvr::match {
namespace {

constexpr std::string_view kCanonicalFormVersion = "values-1";

void add(std::string& all, std::string_view part, const std::vector<std::string>& names) {
  all += part;
  for (const std::string& name : names) all += '\0' + name;
  all += '\n';
}

}  // namespace

MatchRules rules_for(const profiles::Profile& profile) {
  MatchRules rules;
  const auto lower = [](const std::vector<std::string>& names) {
    std::vector<std::string> out;
    for (const std::string& name : names) out.push_back(http::to_lower(name));
    return out;
  };
  rules.volatile_query = lower(profile.volatile_query);
  rules.volatile_json = lower(profile.volatile_json);
  rules.volatile_form = lower(profile.volatile_form);
  rules.credential_headers = {"authorization"};
  for (const auto& header : profile.secret_headers) {
    const std::string name = http::to_lower(header.name);
    // Cookies come and go with the client; the proxy's credentials are not the upstream's.
    if (name == "authorization" || name == "proxy-authorization" || name == "cookie" || name == "set-cookie") continue;
    rules.credential_headers.push_back(name);
  }
  std::string all(kCanonicalFormVersion);
  add(all, "query", rules.volatile_query);
  add(all, "json", rules.volatile_json);
  add(all, "form", rules.volatile_form);
  add(all, "credentials", rules.credential_headers);
  rules.fingerprint = XXH3_64bits(all.data(), all.size());
  return rules;
}

}  // namespace cvr::match
