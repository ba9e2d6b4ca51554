// C13: an id without its prefix, of another kind than the call takes, or a word that stands for none ("undefined"): in
// path, query or body.
#include <algorithm>

#include "base/escape.h"
#include "diagnose/named_ids.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

struct Seen {
  Calls bare, other, none;
  std::string kind, word;  // of the first
  std::size_t looked = 0;
};

Seen look_at(const Facts& facts) {
  const bool prefixes = facts.vendor().ids_have_prefixes;
  Seen out;
  for (const Call* call : facts.after()) {
    const std::string word = call->failed ? word_for_no_id(*call, facts.profile()) : std::string();
    const auto kinds = call->failed ? ids_of_another_kind(*call, facts.profile()) : std::vector<std::string>();
    // With a number the same call has worked: it takes such ids.
    const bool bare = prefixes && call->failed && call->same_success == nullptr && has_bare_id(*call, facts.profile());
    if (!word.empty()) {
      if (out.none.empty()) out.word = word;
      out.none.push_back(call);
    }
    if (!kinds.empty()) {
      if (out.other.empty()) out.kind = kinds.front();
      out.other.push_back(call);
    }
    if (bare) out.bare.push_back(call);
    if (bare || !word.empty() || !kinds.empty() || !call->operation.ids.empty()) ++out.looked;
  }
  return out;
}

}  // namespace

Finding c13(const Facts& facts, const Findings&) {
  if (facts.after().empty()) return no_calls();
  const Seen seen = look_at(facts);
  if (!seen.none.empty()) {
    return fault("\"" + printable(seen.word) + "\" stands for an id in " + numbers(seen.none), seen.none,
                 "look where the client takes this id from: it had none when it called");
  }
  if (!seen.bare.empty()) {
    return fault("the id of " + numbers(seen.bare) + " has no prefix", seen.bare,
                 "send ids as the vendor gave them, with their prefix");
  }
  if (!seen.other.empty()) {
    return fault("an id of another kind (" + printable(seen.kind) + ") than the call takes in " + numbers(seen.other),
                 seen.other, "use the id of the thing that this call is about");
  }
  const auto& operations = facts.vendor().operations;
  const bool kinds = std::ranges::any_of(operations, [](const auto& one) { return !one.ids.empty(); });
  if (!facts.vendor().ids_have_prefixes && !kinds) return not_applicable("the vendor's ids have no prefixes");
  return seen.looked == 0 ? not_applicable("no call names an id")
                          : pass("ids have their prefixes and kinds, or were found without");
}

}  // namespace cvr::diagnose
