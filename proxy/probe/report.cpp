// What is known of a run before it and after it: which methods can be tried, and what its rows come to.
#include <algorithm>

#include "probe/run.h"

namespace cvr::probe {

std::string_view to_string(Row::Outcome outcome) {
  switch (outcome) {
    case Row::Outcome::kPass:
      return "pass";
    case Row::Outcome::kFail:
      return "fail";
    case Row::Outcome::kSkipped:
      return "skipped";
    case Row::Outcome::kNotRun:
      return "not-run";
  }
  return "?";
}

std::size_t Report::count(Row::Outcome outcome) const {
  return static_cast<std::size_t>(std::ranges::count(rows, outcome, &Row::outcome));
}

bool Report::passed() const {
  return !ended && stopped.empty() && (!needs_method || !accepted.empty()) && count(Row::Outcome::kFail) == 0;
}

bool is_trial(const profiles::PlanMethod& method, const Credentials& credentials) {
  return method.guess &&
         std::ranges::none_of(method.when, [&](const auto& one) { return credentials.find(one.first) != nullptr; });
}

std::string obstacle_of(const profiles::PlanMethod& method, const Credentials& credentials) {
  std::vector<std::string_view> texts;
  for (const auto& [name, text] : method.headers) texts.push_back(text);
  const std::string client = "${" + method.id + "}${" + method.secret + "}";
  if (!method.oauth.empty()) texts.push_back(client);
  return credentials.obstacle(is_trial(method, credentials) ? profiles::NamedTexts() : method.when, texts);
}

std::string why_no_method(const profiles::Plan& plan, const Credentials& credentials) {
  std::string out;
  for (const profiles::PlanMethod& method : plan.methods) {
    const std::string obstacle = obstacle_of(method, credentials);
    if (obstacle.empty()) return {};
    if (out.empty()) out = method.name + ": " + obstacle;
  }
  return out;
}

}  // namespace cvr::probe
