#include "diagnose/named_ids.h"

#include <algorithm>

#include "diagnose/fields.h"
#include "diagnose/json_leaves.h"

namespace cvr::diagnose {
namespace {

constexpr std::size_t kMostIds = 200;

// "tripId" and "trip_id" name an id when "/trips/{id}" is a call of the profile's.
bool names_an_id(std::string_view key, const profiles::Profile& profile) {
  const std::string lower = http::to_lower(key);
  std::string_view thing = lower;
  if (!thing.ends_with("id")) return false;
  thing.remove_suffix(2);
  if (thing.ends_with('_') || thing.ends_with('-')) thing.remove_suffix(1);
  if (thing.empty()) return false;
  const std::string list = "/" + std::string(thing) + "s/{id}";
  return std::ranges::any_of(profile.diagnosis.operations,
                             [&](const profiles::Operation& one) { return one.path.starts_with(list); });
}

// Calls `visit` with each key and value of query and body.
template <class Visit>
void for_each_value(const Call& call, Visit visit) {
  const RedactedRequest& request = call.parts->request;
  if (request.has_query) {
    for (const auto& [name, value] : form_pairs(request.query.text)) visit(name, value);
  }
  if (request.body.omitted || !begins_as_json(request.body.content.text)) return;
  for (const JsonLeaf& leaf : read_json(request.body.content.text).leaves) {
    visit(last_key(leaf.shape), leaf.text);
  }
}

}  // namespace

std::vector<std::string> named_ids(const Call& call, const profiles::Profile& profile) {
  std::vector<std::string> out;
  const auto add = [&](std::string_view id) {
    if (out.size() < kMostIds && std::ranges::find(out, id) == out.end()) out.emplace_back(id);
  };
  for (const std::string& id : call.operation.ids) {
    const std::string kind = id_class(id, profile);
    if (!kind.empty() && kind != "<number>") add(id);
  }
  for_each_value(call, [&](std::string_view key, std::string_view value) {
    const bool prefixed = std::ranges::any_of(
        profile.id_prefixes, [&](const std::string& prefix) { return id_class(value, profile) == "<" + prefix + ">"; });
    const bool display = id_class(value, profile) == "<display>" && names_an_id(key, profile);
    if (prefixed || display) add(value);
  });
  return out;
}

bool has_bare_id(const Call& call, const profiles::Profile& profile) {
  const auto bare = [&](std::string_view id) { return id_class(id, profile) == "<number>"; };
  if (std::ranges::any_of(call.operation.ids, bare)) return true;
  bool found = false;
  for_each_value(call, [&](std::string_view key, std::string_view value) {
    // A display id may be all digits.
    found |= bare(value) && value.size() != profile.display_id_size && names_an_id(key, profile);
  });
  return found;
}

}  // namespace cvr::diagnose
