#include "probe/changes.h"

#include <map>

namespace cvr::probe {
namespace {

constexpr const char* kNothing = "nothing";

// Rows without a status of their own (clock, dns, tls) are what they are worth: addresses take turns.
std::string result_of(const Row& row) {
  const bool is_word = row.got.empty() || row.got.front() < '1' || row.got.front() > '9' || row.got.size() != 3;
  const bool fails = row.outcome == Row::Outcome::kFail;
  std::string out = is_word && !fails && row.outcome == Row::Outcome::kPass ? "as expected" : row.got;
  if (!row.code.empty()) out += " " + row.code;
  return out;
}

}  // namespace

std::vector<Change> changes_between(const Report& before, const Report& now) {
  std::map<std::string, std::string> was;
  for (const Row& row : before.rows) was[row.step] = result_of(row);
  std::vector<Change> out;
  for (const Row& row : now.rows) {
    const auto found = was.find(row.step);
    const std::string from = found == was.end() ? kNothing : found->second;
    if (const std::string to = result_of(row); from != to) out.push_back({row.step, from, to});
    if (found != was.end()) was.erase(found);
  }
  for (const Row& row : before.rows) {
    if (const auto found = was.find(row.step); found != was.end()) out.push_back({row.step, found->second, kNothing});
  }
  return out;
}

}  // namespace cvr::probe
