#include "diagnose/sightings.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace cvr::diagnose {
namespace {

bool is_id_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

// Calls `visit` with each run of characters that ids are made of.
template <class Visit>
void for_each_run(std::string_view text, Visit visit) {
  for (std::size_t begin = 0; begin < text.size();) {
    if (!is_id_char(text[begin])) {
      ++begin;
      continue;
    }
    std::size_t end = begin;
    while (end < text.size() && is_id_char(text[end])) ++end;
    visit(text.substr(begin, end - begin));
    begin = end;
  }
}

}  // namespace

std::unordered_map<std::string, Sighting> sightings(const std::vector<const Call*>& calls,
                                                    const std::set<std::string>& ids) {
  std::unordered_map<std::string, Sighting> out;
  const std::unordered_set<std::string_view> wanted(ids.begin(), ids.end());
  if (wanted.empty()) return out;
  for (const Call* call : calls) {
    if (call->status == 404) continue;
    const auto look = [&](std::string_view text) {
      for_each_run(text, [&](std::string_view run) {
        if (!wanted.contains(run)) return;
        const auto [found, added] = out.try_emplace(std::string(run));
        Sighting& sighting = found->second;
        sighting.first_us = added ? call->at_us : std::min(sighting.first_us, call->at_us);
        if (call->ok) sighting.last_ok_us = std::max(sighting.last_ok_us, call->at_us);
        sighting.environments.insert(call->environment);
      });
    };
    look(call->parts->request.path.text);
    look(call->parts->request.query.text);
    look(call->parts->request.body.content.text);
    if (call->parts->response) look(call->parts->response->body.content.text);
  }
  return out;
}

}  // namespace cvr::diagnose
