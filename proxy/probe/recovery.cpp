#include "probe/recovery.h"

#include <algorithm>

#include "probe/requests.h"

namespace cvr::probe {
namespace {

std::string base_path(const profiles::Plan& plan) {
  std::string path = bare_request(plan).path;
  if (path.ends_with('/')) path.pop_back();
  return path;
}

}  // namespace

void Baseline::add(const RedactedParts& parts) {
  if (!parts.response || parts.failure || parts.response->status < 200 || parts.response->status > 299) return;
  if (!parts.step.empty()) steps.insert(parts.step);
  calls.insert(parts.request.method + " " + parts.request.path.text);
}

// Refused for want of a permission while the credential is accepted: no 401, and nothing about a company, which an
// account has or has lost.
bool Recoveries::is_no_permission(const Row& row) const {
  if (row.outcome != Row::Outcome::kFail) return false;
  const auto listed = [&](const std::vector<std::string>& codes) {
    return std::ranges::find(codes, row.code) != codes.end();
  };
  if (listed(task_.vendor.company_access_codes)) return false;
  return row.got == "403" ||
         (row.got != "401" && (listed(task_.vendor.permission_codes) || listed(task_.vendor.not_authorized_codes)));
}

bool Recoveries::has_worked(const Row& row) const {
  if (worked_.steps.contains(row.step)) return true;
  const auto step = std::ranges::find(task_.plan.steps, row.step, &profiles::PlanStep::name);
  if (step == task_.plan.steps.end()) return false;
  const std::string target = step->target.substr(0, step->target.find('?'));
  return worked_.calls.contains(step->method + " " + base_path(task_.plan) + target);
}

Recovery Recoveries::look(const Report& report) {
  std::vector<std::string> refused;
  bool open = report.ended || !report.stopped.empty() || (report.needs_method && report.accepted.empty());
  bool works = false;
  for (const Row& row : report.rows) {
    if (row.outcome == Row::Outcome::kPass) {
      const auto step = std::ranges::find(task_.plan.steps, row.step, &profiles::PlanStep::name);
      works |= step != task_.plan.steps.end() && step->auth == profiles::PlanStep::Auth::kAccepted;
    } else if (is_no_permission(row) && !has_worked(row)) {
      refused.push_back(row.step + " (" + row.got + (row.code.empty() ? "" : " " + row.code) + ")");
    } else {
      open |= row.outcome == Row::Outcome::kFail;
    }
  }
  for (const Row& row : report.rows) {
    if (row.outcome == Row::Outcome::kPass) worked_.steps.insert(row.step);
  }
  // Where everything is refused nothing is back.
  open |= !refused.empty() && !works;
  alike_ = open ? 0 : refused == refused_ ? alike_ + 1 : 1;
  refused_ = refused;
  if (open) return {};
  if (refused.empty() || worked_.known) return {true, std::move(refused)};
  return alike_ >= kRoundsAlike ? Recovery{false, {}, std::move(refused)} : Recovery{};
}

}  // namespace cvr::probe
