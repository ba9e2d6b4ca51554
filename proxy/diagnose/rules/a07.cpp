// A07: 402, or a 403 whose text speaks of the caller's plan or licence.  Things of the vendor's have subscriptions and
// licences too, and so has what a page is made with: the profile's phrases speak of the caller's own.
#include "diagnose/fields.h"
#include "diagnose/rules/pages.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

constexpr std::size_t kLongestLook = 16u << 10;

// Of an error that says it outside the profile's places: any text of a JSON answer, or the text itself.
bool speaks_of_plan(const Call& call, const profiles::Diagnosis& vendor) {
  if (call.status != 403 || is_page(call)) return false;
  if (holds_one_of(call.title, vendor.plan_words)) return true;
  if (call.parts->response->body.omitted) return false;
  const std::string_view body = std::string_view(call.parts->response->body.content.text).substr(0, kLongestLook);
  return holds_one_of(body, vendor.plan_words);
}

}  // namespace

Finding a07(const Facts& facts, const Findings&) {
  Calls bad;
  for (const Call* call : facts.failures()) {
    if (call->status == 402 || speaks_of_plan(*call, facts.vendor())) bad.push_back(call);
  }
  if (bad.empty()) return pass("no answer speaks of plan or licence");
  return fault("the vendor speaks of plan or licence in " + numbers(bad), bad,
               "ask the vendor which plan this call needs");
}

}  // namespace cvr::diagnose
