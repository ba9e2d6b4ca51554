#include "match/differences.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/escape.h"
#include "match/changes.h"
#include "match/normal_text.h"
#include "match/walk.h"

namespace cvr::match {
namespace {

constexpr std::size_t kLongestValue = 200;

// RFC 9110 and RFC 9112: of the message, the connection or the moment.
constexpr std::array<std::string_view, 16> kVolatileHeaders = {
    "age",         "connection", "content-encoding",  "content-length", "date",
    "expires",     "keep-alive", "proxy-connection",  "request-id",     "server-timing",
    "traceparent", "tracestate", "transfer-encoding", "x-request-id",   "x-response-time",
    "x-runtime"};

// Whether one of `places` is `place`, stands above it or below it.
bool is_related(const std::set<std::string>& places, const std::string& place) {
  if (places.contains("")) return true;
  for (std::size_t end = place.find('/', 1); end != std::string::npos; end = place.find('/', end + 1)) {
    if (places.contains(place.substr(0, end))) return true;
  }
  if (places.contains(place)) return true;
  const auto below = places.lower_bound(place + "/");
  return below != places.end() && below->starts_with(place + "/");
}

// By kind: a pseudonym stands for what it replaced, not for itself.
std::string by_kind(const RedactedText& text) {
  NormalText normal;
  return std::string(normal.of(text, 0, text.text.size(), kAsIs).by_kind);
}

std::string for_people(std::string_view text) { return printable(shortened(readable(text), kLongestValue)); }

// The rules, with nothing left out and nothing loosened.
MatchRules strict(const MatchRules& rules) {
  MatchRules out;
  out.credential_headers = rules.credential_headers;
  return out;
}

RedactedRequest as_request(const RedactedRequest& request, const RedactedResponse& response) {
  RedactedRequest out;
  out.method = request.method;
  out.path = request.path;
  out.fields = response.fields;
  out.body = response.body;
  return out;
}

class Sides {
 public:
  Sides(const MatchRules& rules, const std::vector<std::string>& volatile_headers)
      : rules_(rules), strict_(strict(rules)), headers_(volatile_headers) {}

  std::vector<PartDifference> run(const RedactedParts& a, const RedactedParts& b) {
    request(a.request, b.request);
    if (a.response && b.response) {
      response(a, b);
    } else if (a.response || b.response) {
      plain("response", "", answer(a), answer(b));
    }
    const auto failure = [](const RedactedParts& parts) {
      return parts.failure ? std::string(to_string(parts.failure->kind)) : std::string(kAbsent);
    };
    plain("failure", "", failure(a), failure(b));
    flags(a.flags, b.flags);
    return std::move(out_);
  }

 private:
  static std::string answer(const RedactedParts& parts) {
    return parts.response ? std::to_string(parts.response->status) : std::string(kAbsent);
  }

  void plain(const std::string& part, const std::string& place, const std::string& before, const std::string& after,
             bool is_volatile = false) {
    if (before != after) out_.push_back({part, place, for_people(before), for_people(after), is_volatile});
  }

  void request(const RedactedRequest& a, const RedactedRequest& b) {
    const PartRules& parts = rules_.parts_for(a);
    plain("request method", "", a.method, b.method, parts.any_method);
    plain("request host", "", http::to_string(a.origin), http::to_string(b.origin), parts.any_host);
    plain("request path", "", by_kind(a.path), by_kind(b.path), parts.path.how == How::kAny);
    walked("request query", a, b,
           [](const RedactedRequest& r, const MatchRules& rules, const PartRules& how, Outline& out) {
             walk_query(r, rules, how, out);
           });
    headers("request header", a.fields, b.fields);
    body("request body", a, b);
  }

  void response(const RedactedParts& a, const RedactedParts& b) {
    const RedactedResponse& x = *a.response;
    const RedactedResponse& y = *b.response;
    plain("response status", "", std::to_string(x.status), std::to_string(y.status));
    plain("response reason", "", by_kind(x.reason), by_kind(y.reason), x.status == y.status);
    headers("response header", x.fields, y.fields);
    body("response body", as_request(a.request, x), as_request(b.request, y));
    headers("response trailer", x.trailers, y.trailers);
  }

  void body(const std::string& part, const RedactedRequest& a, const RedactedRequest& b) {
    walked(part, a, b, [](const RedactedRequest& r, const MatchRules& rules, const PartRules& how, Outline& out) {
      walk_body(r, rules, how, out);
    });
  }

  // Once as strict as can be, which tells all there is; and once by the rules, which tells what counts.
  template <class Walk>
  void walked(const std::string& part, const RedactedRequest& a, const RedactedRequest& b, Walk walk) {
    const PartRules all;
    Outline every_a, every_b;
    walk(a, strict_, all, every_a);
    walk(b, strict_, all, every_b);
    std::vector<Change> changes = every_change(every_a, every_b);
    if (changes.empty() && one_is_absent(every_a, every_b)) {
      const auto said = [](const Outline& o) { return std::string(o.root() == nullptr ? kAbsent : "a body"); };
      return plain(part, "", said(every_a), said(every_b), rules_.parts_for(a).body == BodyAs::kAny);
    }
    if (changes.empty()) return;
    const PartRules& parts = rules_.parts_for(a);
    Outline some_a, some_b;
    walk(a, rules_, parts, some_a);
    walk(b, rules_, parts, some_b);
    std::set<std::string> counting;
    for (const Change& change : every_change(some_a, some_b)) counting.insert(change.place);
    for (Change& change : changes) {
      const bool counts = is_related(counting, change.place);
      out_.push_back({part, std::move(change.place), std::move(change.asked), std::move(change.recorded), !counts});
    }
  }

  static bool one_is_absent(const Outline& a, const Outline& b) {
    return (a.root() == nullptr) != (b.root() == nullptr);
  }

  void headers(const std::string& part, const std::vector<RedactedField>& a, const std::vector<RedactedField>& b) {
    using Values = std::map<std::string, std::vector<const RedactedText*>>;
    const auto by_name = [](const std::vector<RedactedField>& fields) {
      Values out;
      for (const RedactedField& field : fields) out[http::to_lower(field.name.text)].push_back(&field.value);
      return out;
    };
    const Values before = by_name(a);
    Values after = by_name(b);
    const auto at = [](const std::vector<const RedactedText*>& values, std::size_t i) {
      return i < values.size() ? by_kind(*values[i]) : std::string(kAbsent);
    };
    const auto compare = [&](const std::string& name, const std::vector<const RedactedText*>& x,
                             const std::vector<const RedactedText*>& y) {
      for (std::size_t i = 0; i < std::max(x.size(), y.size()); ++i) {
        // A value may spell "absent" too.
        const bool one_is_absent = (i < x.size()) != (i < y.size());
        if (!one_is_absent && at(x, i) == at(y, i)) continue;
        out_.push_back({part, name, for_people(at(x, i)), for_people(at(y, i)), is_volatile_header(name, headers_)});
      }
    };
    for (const auto& [name, values] : before) {
      compare(name, values, after[name]);
      after.erase(name);
    }
    for (const auto& [name, values] : after) compare(name, {}, values);
  }

  void flags(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    const auto joined = [](const std::vector<std::string>& words) {
      std::string out;
      for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
      return out.empty() ? std::string(kAbsent) : out;
    };
    plain("flags", "", joined(a), joined(b));
  }

  const MatchRules& rules_;
  const MatchRules strict_;
  const std::vector<std::string>& headers_;
  std::vector<PartDifference> out_;
};

}  // namespace

bool is_volatile_header(std::string_view name, const std::vector<std::string>& more) {
  const auto is_name = [name](std::string_view other) {
    return other.size() == name.size() && http::equals_ignoring_case(other, name);
  };
  return std::ranges::any_of(kVolatileHeaders, is_name) || std::ranges::any_of(more, is_name);
}

std::vector<PartDifference> differences(const RedactedParts& before, const RedactedParts& after,
                                        const MatchRules& rules, const std::vector<std::string>& volatile_headers) {
  return Sides(rules, volatile_headers).run(before, after);
}

}  // namespace cvr::match
