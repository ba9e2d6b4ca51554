// M07: two sides are positive: both are reported, and the test that decides between them is named.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

// What decides, for the first positive side of this list that is not the only one.
constexpr std::pair<Side, const char*> kTests[] = {
    {Side::kClientCode, "mend the client's faults, then record the same calls again"},
    {Side::kClientConfig, "put the configuration right, then record the same calls again"},
    {Side::kNetwork, "repeat the calls from another network"},
    {Side::kCredential, "repeat the calls with a credential that was made today"},
    {Side::kRateLimit, "repeat one call after an hour of silence"},
    {Side::kVendorOutage, "repeat the calls without a credential: an outage shows there too (cvr probe)"},
    {Side::kReset, "repeat the calls with credentials and ids made after the rebuild (cvr probe)"},
    {Side::kAccount, "ask the vendor for the permissions of the connection"},
};

}  // namespace

Finding m07(const Facts&, const Findings& before) {
  std::map<Side, std::string> positive;
  for (const Finding& finding : before) {
    if (finding.side != Side::kMeta && finding.is_hit()) {
      std::string& rules = positive[finding.side];
      rules += (rules.empty() ? "" : " ") + std::string(finding.rule);
    }
  }
  if (positive.size() < 2) return pass(positive.empty() ? "no side is positive" : "one side is positive");
  std::string text;
  for (const auto& [side, rules] : positive) {
    text += (text.empty() ? "" : ", ") + std::string(to_string(side)) + " (" + rules + ")";
  }
  for (const auto& [side, test] : kTests) {
    if (positive.contains(side)) return warn("more than one side is positive: " + text, {}, test);
  }
  return pass("one side is positive");
}

}  // namespace cvr::diagnose
