// C05: JSON keys of the body that differ from the last success of the operation, or from what is documented; no JSON
// where it is; a token request without a grant, or with one that the vendor does not have.
#include <algorithm>

#include "base/escape.h"
#include "diagnose/fields.h"
#include "diagnose/json_leaves.h"
#include "diagnose/rules/support.h"
#include "model/omission.h"

namespace cvr::diagnose {
namespace {

using Shapes = std::set<std::string>;

Shapes shapes_of(const std::vector<JsonLeaf>& leaves) {
  Shapes out;
  for (const JsonLeaf& leaf : leaves) out.insert(leaf.shape);
  return out;
}

std::string first_difference(const Shapes& now, const Shapes& good) {
  for (const std::string& shape : now) {
    if (!good.contains(shape)) return shape + " is new";
  }
  for (const std::string& shape : good) {
    if (!now.contains(shape)) return shape + " is gone";
  }
  return {};
}

std::string against_documented(const std::vector<JsonLeaf>& leaves, const profiles::Operation& operation) {
  for (const std::string& pointer : operation.required) {
    const bool there =
        std::ranges::any_of(leaves, [&](const JsonLeaf& leaf) { return reaches(pointer, leaf.pointer); });
    if (!there) return pointer + " is documented and absent";
  }
  for (const JsonLeaf& leaf : leaves) {
    const std::string_view key = std::string_view(leaf.pointer).substr(std::min<std::size_t>(1, leaf.pointer.size()));
    const std::string_view top = key.substr(0, key.find('/'));
    if (!operation.known.empty() && !is_listed(operation.known, top))
      return "/" + std::string(top) + " is not documented";
  }
  return {};
}

struct Seen {
  Calls bad, open, omitted;
  std::string what;
  std::size_t looked = 0;
  // Of successes, each read once; nullopt: can not be read.
  std::unordered_map<const Call*, std::optional<Shapes>> good;

  void complain(const Call* call, const std::string& problem) {
    if (what.empty()) what = printable(shortened(problem, 160));
    bad.push_back(call);
  }

  const std::optional<Shapes>& shapes_of_success(const Call* call) {
    const auto [found, added] = good.try_emplace(call);
    if (added) {
      const JsonLeaves read = read_json(call->parts->request.body.content.text);
      if (read.read == JsonRead::kGood) found->second = shapes_of(read.leaves);
    }
    return found->second;
  }
};

// RFC 6749 sections 4.4.2 and 5.2.
std::string token_problem(const Call& call) {
  const bool form = media_type(call.parts->request.fields) == "application/x-www-form-urlencoded";
  if (!call.failed || call.parts->request.body.omitted || !form) return {};
  if (read_token_request(*call.parts).grant.empty()) return "grant_type is absent";
  return call.has_code({"unsupported_grant_type"}) ? "grant_type is none that the vendor has" : std::string();
}

// An object is wanted: it is documented, or was sent when the call worked.
bool wants_json(const Call& call) {
  if (call.operation.known != nullptr && !call.operation.known->required.empty()) return true;
  return call.last_success != nullptr && begins_as_json(call.last_success->parts->request.body.content.text);
}

void look(const Call* call, Seen& seen) {
  const RedactedBody& body = call->parts->request.body;
  if (call->token_call) {
    if (const std::string problem = token_problem(*call); !problem.empty()) seen.complain(call, problem);
    return;
  }
  if (body.omitted == kOmittedNoJson) return;  // C11
  if (body.omitted) return seen.omitted.push_back(call);
  if (!begins_as_json(body.content.text)) {
    if (call->failed && call->same_success == nullptr && wants_json(*call))
      seen.complain(call, "no JSON object at all");
    return;
  }
  const JsonLeaves now = read_json(body.content.text);
  if (now.read == JsonRead::kMalformed) return;  // C11
  ++seen.looked;
  if (!call->failed || call->same_success != nullptr) return;
  if (now.read == JsonRead::kTooLarge) return seen.open.push_back(call);
  std::string difference;
  const auto* documented = call->operation.known;
  if (call->last_success != nullptr) {
    const std::optional<Shapes>& good = seen.shapes_of_success(call->last_success);
    if (!good) return seen.open.push_back(call);
    difference = first_difference(shapes_of(now.leaves), *good);
    if (!difference.empty()) difference += " against " + numbers({call->last_success});
  } else if (documented != nullptr && !(documented->required.empty() && documented->known.empty())) {
    difference = against_documented(now.leaves, *documented);
  } else {
    return seen.open.push_back(call);
  }
  if (!difference.empty()) seen.complain(call, difference);
}

}  // namespace

Finding c05(const Facts& facts, const Findings&) {
  Seen seen;
  for (const Call* call : facts.after()) {
    look(call, seen);
  }
  if (facts.after().empty()) return no_calls();
  if (!seen.bad.empty()) {
    return fault("the body of " + numbers(seen.bad) + " has other keys: " + seen.what, seen.bad,
                 "send the body with the documented keys, or as it was when it worked");
  }
  if (!seen.omitted.empty()) {
    return redacted_away("the body of " + numbers(seen.omitted) + " is not on record",
                         "record again with a larger --body-limit", seen.omitted);
  }
  if (!seen.open.empty()) {
    return unknown("nothing to compare the body of " + numbers(seen.open) + " with",
                   "give a recording in which this operation worked: --before FILE", seen.open);
  }
  if (seen.looked == 0) return not_applicable("no call has a JSON body");
  return pass("the bodies have the keys that worked or are documented");
}

}  // namespace cvr::diagnose
