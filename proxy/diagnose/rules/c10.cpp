// C10: the same call more than five times in ten seconds after a 4xx that no repetition mends.
#include <algorithm>

#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

constexpr std::size_t kMost = 5;
constexpr std::int64_t kWithin = 10 * kSecond;

bool is_final(const Call& call) {
  return call.status >= 400 && call.status < 500 && call.status != 408 && call.status != 425 && call.status != 429;
}

}  // namespace

Finding c10(const Facts& facts, const Findings&) {
  // Of one caller, about one thing: what each of six users asks once is no repetition.
  std::map<std::tuple<std::string, std::uint64_t, std::vector<std::string>, std::string>, Calls> same;
  for (const Call* call : facts.after()) {
    same[{call->operation.name, call->form.digest, call->operation.ids, call->credential.identity()}].push_back(call);
  }
  Calls bad;
  for (auto& [key, calls] : same) {
    std::ranges::stable_sort(calls, {}, &Call::sent_us);
    std::size_t end = 0;
    for (std::size_t begin = 0; begin < calls.size(); ++begin) {
      while (end < calls.size() && calls[end]->sent_us <= calls[begin]->sent_us + kWithin) ++end;
      if (!is_final(*calls[begin]) || end - begin <= kMost) continue;
      bad.insert(bad.end(), calls.begin() + static_cast<std::ptrdiff_t>(begin),
                 calls.begin() + static_cast<std::ptrdiff_t>(end));
      begin = end - 1;
    }
  }
  if (facts.after().empty()) return no_calls();
  if (bad.empty()) return pass("refused calls are not repeated in haste");
  std::ranges::sort(bad, {}, &Call::n);
  return fault("a refused call is repeated more than 5 times in 10 seconds: " + numbers(bad), bad,
               "do not repeat what was refused for what it says; wait minutes between automatic tries");
}

}  // namespace cvr::diagnose
