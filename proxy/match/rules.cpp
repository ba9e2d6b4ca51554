#include <xxhash.h>

#include <algorithm>

#include "base/escape.h"
#include "cvr/matcher.h"
#include "match/expression.h"
#include "match/named_lists.h"
#include "match/value_rules.h"
#include "profiles/profile.h"

namespace cvr::match {
namespace {

constexpr std::string_view kCanonicalFormVersion = "values-2";

// Headers that say who asks, by custom: of API gateways, of GitLab, Vault, Google, Azure, Shopify, Datadog.
constexpr std::string_view kCredentialHeaders[] = {"authorization",   "x-api-key",
                                                   "api-key",         "apikey",
                                                   "x-apikey",        "x-auth-token",
                                                   "x-access-token",  "x-auth-key",
                                                   "private-token",   "x-vault-token",
                                                   "x-goog-api-key",  "ocp-apim-subscription-key",
                                                   "x-functions-key", "x-shopify-access-token",
                                                   "dd-api-key"};
constexpr std::string_view kEveryRequest = "every request";

std::string_view to_word(BodyAs body) {
  constexpr std::string_view kWords[] = {"auto", "exact", "json", "form", "multipart", "any"};
  return kWords[static_cast<std::size_t>(body)];
}

void add(std::string& all, std::string_view part, const std::vector<std::string>& names) {
  all += part;
  for (const std::string& name : names) all += '\0' + name;
  all += '\n';
}

class Lines {
 public:
  explicit Lines(std::vector<RuleLine>& out) : out_(out) {}

  void profile(const char* part, const std::vector<std::string>& names, const char* comparison) {
    for (const std::string& name : names) out_.push_back({std::string(kEveryRequest), part, name, comparison, true});
  }
  // What differs from `under`: of a route, only its own.
  void parts(const std::string& scope, const PartRules& parts, const PartRules& under) {
    const auto flag = [&](const char* part, bool any, bool was) {
      if (any != was) out_.push_back({scope, part, "", any ? "any" : "exact"});
    };
    flag("method", parts.any_method, under.any_method);
    flag("host", parts.any_host, under.any_host);
    flag("credentials", parts.any_credentials, under.any_credentials);
    if (parts.path.word != under.path.word) out_.push_back({scope, "path", "", parts.path.word});
    if (parts.query.word != under.query.word) out_.push_back({scope, "query", "", parts.query.word});
    if (parts.body != under.body) out_.push_back({scope, "body", "", std::string(to_word(parts.body))});
    named(scope, "query", parts.query_names, under.query_names);
    named(scope, "form", parts.form_names, under.form_names);
    named(scope, "json", parts.json_values, under.json_values);
    named(scope, "header", parts.headers, under.headers);
  }

 private:
  void named(const std::string& scope, const char* part, const std::vector<ValueRule>& rules,
             const std::vector<ValueRule>& under) {
    for (const ValueRule& rule : rules) {
      const bool same = std::ranges::any_of(under, [&](const ValueRule& other) {
        return other.name == rule.name && other.comparison.word == rule.comparison.word;
      });
      if (!same) out_.push_back({scope, part, rule.name, rule.comparison.word});
    }
  }
  std::vector<RuleLine>& out_;
};

}  // namespace

Result<Comparison> parse_comparison(std::string_view word) {
  Comparison out;
  out.word = word;
  if (word == "exact") {
    out.how = How::kExact;
  } else if (word == "set") {
    out.how = How::kSet;
  } else if (word == "any") {
    out.how = How::kAny;
  } else if (word.starts_with("regex:")) {
    auto expression = Expression::make(word.substr(6));
    if (!expression) return std::unexpected(expression.error());
    out.how = How::kRegex;
    out.expression = std::move(*expression);
  } else if (word.starts_with("number:")) {
    out.how = How::kNumber;
    if (!parse_number(word.substr(7), out.tolerance) || out.tolerance < 0) {
      return fail(ErrorCode::kUsage, "number: needs a tolerance, as in number:0.5");
    }
  } else {
    return fail(ErrorCode::kUsage, "unknown comparison " + printable(shortened(word, 60)) +
                                       "; exact, set, any, regex:PATTERN or number:TOLERANCE is needed");
  }
  return out;
}

bool fits_glob(std::string_view glob, std::string_view path) {
  // The classic two pointers, with one place to come back to for '*' and one for '**'.
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t g = 0, p = 0;
  std::size_t star_g = kNone, star_p = 0, deep_g = kNone, deep_p = 0;
  while (p < path.size()) {
    if (glob.substr(g).starts_with("**")) {
      deep_g = g += 2;
      deep_p = p;
      star_g = kNone;
    } else if (g < glob.size() && glob[g] == '*') {
      star_g = ++g;
      star_p = p;
    } else if (g < glob.size() && glob[g] == path[p]) {
      ++g;
      ++p;
    } else if (star_g != kNone && path[star_p] != '/') {
      g = star_g;
      p = ++star_p;
    } else if (deep_g != kNone) {
      g = deep_g;
      p = ++deep_p;
      star_g = kNone;
    } else {
      return false;
    }
  }
  while (g < glob.size() && glob[g] == '*') ++g;
  return g == glob.size();
}

const PartRules& MatchRules::parts_for(const RedactedRequest& request) const {
  for (const RouteRules& route : routes) {
    if (!route.method.empty() && route.method != request.method) continue;
    if (fits_glob(route.path, request.path.text)) return route.parts;
  }
  return parts;
}

std::vector<RuleLine> rule_lines(const MatchRules& rules) {
  std::vector<RuleLine> out;
  Lines lines(out);
  lines.profile("query", rules.volatile_query, "any");
  lines.profile("json", rules.volatile_json, "any");
  lines.profile("form", rules.volatile_form, "any");
  lines.profile("credentials", rules.credential_headers, "by kind");
  lines.parts(std::string(kEveryRequest), rules.parts, PartRules{});
  for (const RouteRules& route : rules.routes) {
    lines.parts((route.method.empty() ? "*" : route.method) + " " + route.path, route.parts, rules.parts);
  }
  return out;
}

// The profile's part is spelled as it ever was: keys in old cassettes stay good.
void finish_rules(MatchRules& rules) {
  std::string all(kCanonicalFormVersion);
  add(all, "query", rules.volatile_query);
  add(all, "json", rules.volatile_json);
  add(all, "form", rules.volatile_form);
  add(all, "credentials", rules.credential_headers);
  for (const RuleLine& line : rule_lines(rules)) {
    if (!line.profile) add(all, line.scope, {line.part, line.name, line.comparison});
  }
  rules.fingerprint = XXH3_64bits(all.data(), all.size());
}

MatchRules rules_for(const profiles::Profile& profile) {
  MatchRules rules;
  const auto lower = [](const std::vector<std::string>& names) {
    std::vector<std::string> out;
    for (const std::string& name : names) out.push_back(http::to_lower(name));
    return out;
  };
  const auto with_signing = [&](std::vector<std::string> names) {
    for (const NamedList& list : kNamedLists) {
      if (!list.on) continue;
      for (const std::string_view name : list.names) {
        if (std::ranges::find(names, name) == names.end()) names.emplace_back(name);
      }
    }
    return names;
  };
  rules.volatile_query = with_signing(lower(profile.volatile_query));
  rules.volatile_json = lower(profile.volatile_json);
  rules.volatile_form = with_signing(lower(profile.volatile_form));
  rules.credential_headers.assign(std::begin(kCredentialHeaders), std::end(kCredentialHeaders));
  for (const auto& header : profile.secret_headers) {
    const std::string name = http::to_lower(header.name);
    // Cookies come and go with the client; the proxy's credentials are not the upstream's.
    if (name == "proxy-authorization" || name == "cookie" || name == "set-cookie") continue;
    if (std::ranges::find(rules.credential_headers, name) == rules.credential_headers.end()) {
      rules.credential_headers.push_back(name);
    }
  }
  finish_rules(rules);
  return rules;
}

}  // namespace cvr::match
