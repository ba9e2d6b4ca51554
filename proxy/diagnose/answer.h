// What an answer says: its errors by the profile's pointers, and what kind of body it has.  Pure.
#pragma once

#include <string>
#include <vector>

#include "cvr/interaction.h"
#include "profiles/profile.h"

namespace cvr::diagnose {

struct AnswerErrors {
  std::vector<std::string> codes;  // at most 10
  std::string title;               // the first
};
AnswerErrors read_errors(const RedactedParts& parts, const profiles::Diagnosis& vendor);

enum class BodyKind { kNone, kJson, kBrokenJson, kMarkup, kOther, kOmitted };
BodyKind body_kind(const RedactedResponse& response);
// A page, whatever its content type says.
bool holds_markup(const RedactedResponse& response);

}  // namespace cvr::diagnose
