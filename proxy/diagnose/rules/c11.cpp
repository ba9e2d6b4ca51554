// C11: the content type is absent, or is not the body's.
#include "diagnose/fields.h"
#include "diagnose/json_leaves.h"
#include "diagnose/rules/support.h"
#include "model/omission.h"

namespace cvr::diagnose {
namespace {

// RFC 6749 section 4.4.2.
bool is_form_where_one_belongs(const Call& call) {
  const std::string type = media_type(call.parts->request.fields);
  return !call.token_call || !call.failed || type.empty() || type == "application/x-www-form-urlencoded";
}

std::string problem_of(const Call& call) {
  const RedactedRequest& request = call.parts->request;
  const std::string& body = request.body.content.text;
  const std::string type = media_type(request.fields);
  if (type.empty()) return "no content type";
  if (count_fields(call, "content-type") > 1) return "two content types";
  const bool is_json = begins_as_json(body) && read_json(body).read != JsonRead::kMalformed;
  if (is_json_type(type) && !is_json) {
    // A bare number or word is JSON too.
    return read_json(body).read == JsonRead::kMalformed ? "declared as JSON, and is none" : "";
  }
  if (!is_json_type(type) && is_json) return "JSON, declared as " + type;
  if (!is_form_where_one_belongs(call)) return "a form, declared as " + type;
  return {};
}

}  // namespace

Finding c11(const Facts& facts, const Findings&) {
  Calls bad, omitted;
  std::string what;
  std::size_t looked = 0;
  for (const Call* call : facts.after()) {
    const RedactedRequest& request = call->parts->request;
    if (has_flag(*call->parts, kFlagIncompleteRequest)) continue;
    std::string problem;
    if (request.body.omitted == kOmittedNoJson) {
      problem = "declared as JSON, and is none";
    } else if (request.body.omitted && !is_form_where_one_belongs(*call)) {
      problem = "a form, declared as " + media_type(request.fields);
    } else if (request.body.omitted) {
      if (!media_type(request.fields).empty()) {
        omitted.push_back(call);
        continue;
      }
      problem = "no content type";
    } else if (request.body.content.text.empty()) {
      continue;
    } else {
      problem = problem_of(*call);
    }
    ++looked;
    if (problem.empty()) continue;
    if (what.empty()) what = problem;
    bad.push_back(call);
  }
  if (facts.after().empty()) return no_calls();
  if (!bad.empty()) {
    return fault("the body of " + numbers(bad) + ": " + what, bad,
                 "send Content-Type: application/json with JSON, and JSON with it");
  }
  if (looked == 0 && !omitted.empty()) {
    return redacted_away("the body of " + numbers(omitted) + " is not on record",
                         "record again with a larger --body-limit", omitted);
  }
  return looked == 0 ? not_applicable("no call has a body") : pass("content types are those of the bodies");
}

}  // namespace cvr::diagnose
