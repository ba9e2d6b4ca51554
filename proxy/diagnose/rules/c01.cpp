// C01: a header that the vendor requires is absent, or empty.
#include "diagnose/fields.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t") == text.npos; }

}  // namespace

Finding c01(const Facts& facts, const Findings&) {
  const auto& required = facts.vendor().required_headers;
  if (required.empty()) return not_applicable("the profile names no required header");
  Calls bad;
  std::set<std::string> absent;
  std::size_t looked = 0;
  for (const Call* call : facts.after()) {
    if (!is_api_call(*call)) continue;
    ++looked;
    bool whole = true;
    for (const std::string& name : required) {
      const RedactedField* field = find_field(call->parts->request.fields, name);
      if (field != nullptr && !is_blank(field->value.text)) continue;
      absent.insert(name);
      whole = false;
    }
    if (!whole) bad.push_back(call);
  }
  if (looked == 0) return no_calls();
  if (bad.empty()) return pass("every call has the required headers");
  std::string names;
  for (const std::string& name : absent) names += (names.empty() ? "" : ", ") + name;
  return fault(names + " absent in " + numbers(bad), bad, "send " + names + " with every call, then record again");
}

}  // namespace cvr::diagnose
