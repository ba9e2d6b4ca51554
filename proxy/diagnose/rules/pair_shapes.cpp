#include "diagnose/rules/pair_shapes.h"

#include <algorithm>

#include "base/escape.h"
#include "diagnose/fields.h"
#include "model/credential_notes.h"

namespace cvr::diagnose {
namespace {

// Of one note: "X-Token: quotes around it".
PairProblem parsed(std::string_view note) {
  if (!note.starts_with(kPairShapeNote)) return {};
  note.remove_prefix(kPairShapeNote.size());
  const std::size_t colon = note.find(": ");
  if (colon == note.npos) return {};
  return {std::string(note.substr(0, colon)), std::string(note.substr(colon + 2))};
}

bool is_of_form(std::string_view what) {
  return what.starts_with("quotes") || what.starts_with("a space") || what.starts_with("a scheme");
}

bool has_note(const Call* call, const std::string& header, std::string_view what) {
  const std::string note = std::string(kPairShapeNote) + header + ": " + std::string(what);
  return call != nullptr && std::ranges::find(call->parts->notes, note) != call->parts->notes.end();
}

}  // namespace

bool is_padded(const Call& call, std::string_view header) {
  return has_flag(*call.parts, std::string(kFlagPaddedField) + http::to_lower(header));
}

PairProblem form_problem(const Call& call, const profiles::Diagnosis& vendor) {
  for (const std::string& name : vendor.pair_headers) {
    if (is_padded(call, name)) return {name, "a space around the value"};
  }
  for (const std::string& note : call.parts->notes) {
    if (PairProblem one = parsed(note); is_of_form(one.what)) return one;
  }
  return {};
}

PairProblem shape_problem(const Call& call) {
  for (const std::string& note : call.parts->notes) {
    PairProblem one = parsed(note);
    if (one.what.empty() || one.what == "empty" || is_of_form(one.what)) continue;
    // Capital letters are a fault where small ones worked.
    if (one.what == kPairCapitals) {
      const Call* good = call.last_success != nullptr ? call.last_success : call.base_success;
      if (good == nullptr || !call.failed || has_note(good, one.header, kPairCapitals)) continue;
    }
    return one;
  }
  return {};
}

}  // namespace cvr::diagnose
