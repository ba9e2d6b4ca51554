#include "diagnose/answer.h"

#include <algorithm>

#include "base/escape.h"
#include "diagnose/fields.h"
#include "diagnose/json_leaves.h"
#include "model/omission.h"

namespace cvr::diagnose {
namespace {

constexpr std::size_t kMostCodes = 10;
constexpr std::size_t kLongestText = 200;

// In an answer that says 2xx only lists of errors count: "error" may be any member there.
bool counts(std::string_view pointer, bool success) { return !success || pointer.find("/*") != pointer.npos; }

// Cheap: no list of errors without its key.
bool may_hold_errors(std::string_view body, const profiles::Diagnosis& vendor) {
  return std::ranges::any_of(vendor.code_pointers, [&](std::string_view pointer) {
    const std::size_t star = pointer.find("/*");
    if (star == pointer.npos) return false;
    const std::string_view list = pointer.substr(0, star);
    return body.find("\"" + std::string(list.substr(list.rfind('/') + 1)) + "\"") != body.npos;
  });
}

}  // namespace

AnswerErrors read_errors(const RedactedParts& parts, const profiles::Diagnosis& vendor) {
  AnswerErrors out;
  if (!parts.response || parts.response->body.omitted) return out;
  const std::string& body = parts.response->body.content.text;
  const bool success = parts.response->status < 400;
  if (!begins_as_json(body) || (success && !may_hold_errors(body, vendor))) return out;
  const JsonLeaves read = read_json(body);
  std::vector<std::pair<std::size_t, std::string>> codes;  // by the order of the profile's pointers
  for (const JsonLeaf& leaf : read.leaves) {
    if (leaf.type != JsonLeaf::Type::kText || leaf.text.empty()) continue;
    for (std::size_t i = 0; i < vendor.code_pointers.size(); ++i) {
      if (counts(vendor.code_pointers[i], success) && fits_pointer(vendor.code_pointers[i], leaf.pointer) &&
          codes.size() < kMostCodes) {
        codes.emplace_back(i, shortened(leaf.text, kLongestText));
      }
    }
    for (const std::string& pointer : vendor.title_pointers) {
      if (out.title.empty() && counts(pointer, success) && fits_pointer(pointer, leaf.pointer)) {
        out.title = shortened(leaf.text, kLongestText);
      }
    }
  }
  std::ranges::stable_sort(codes, {}, [](const auto& code) { return code.first; });
  for (auto& [order, code] : codes) out.codes.push_back(std::move(code));
  return out;
}

BodyKind body_kind(const RedactedResponse& response) {
  if (response.body.omitted == kOmittedNoJson) return BodyKind::kBrokenJson;
  if (response.body.omitted) return BodyKind::kOmitted;
  const std::string& text = response.body.content.text;
  if (text.empty()) return BodyKind::kNone;
  const std::string type = media_type(response.fields);
  if (type == "text/html" || type == "application/xhtml+xml" || (type.empty() && begins_as_markup(text))) {
    return BodyKind::kMarkup;
  }
  if (!is_json_type(type) && !(type.empty() && begins_as_json(text))) return BodyKind::kOther;
  // Too large to list is sound all the same.
  return read_json(text).read == JsonRead::kMalformed ? BodyKind::kBrokenJson : BodyKind::kJson;
}

bool holds_markup(const RedactedResponse& response) {
  return body_kind(response) == BodyKind::kMarkup ||
         (is_json_type(media_type(response.fields)) && begins_as_markup(response.body.content.text));
}

}  // namespace cvr::diagnose
