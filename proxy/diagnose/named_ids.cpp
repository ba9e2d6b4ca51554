#include "diagnose/named_ids.h"

#include <algorithm>

#include "base/escape.h"
#include "diagnose/fields.h"
#include "diagnose/json_leaves.h"

namespace cvr::diagnose {
namespace {

constexpr std::size_t kMostIds = 200;

// "tripId" and "trip_id" name an id when "/trips/{id}" is a call of the profile's: "/trips/{id}".  Empty: it names
// none.
std::string list_of(std::string_view key, const profiles::Profile& profile) {
  const std::string lower = http::to_lower(key);
  std::string_view thing = lower;
  if (!thing.ends_with("id")) return {};
  thing.remove_suffix(2);
  if (thing.ends_with('_') || thing.ends_with('-')) thing.remove_suffix(1);
  if (thing.empty()) return {};
  std::string list = "/" + std::string(thing) + "s/{id}";
  const bool known = std::ranges::any_of(profile.diagnosis.operations,
                                         [&](const profiles::Operation& one) { return one.path.starts_with(list); });
  return known ? list : std::string();
}

bool names_an_id(std::string_view key, const profiles::Profile& profile) { return !list_of(key, profile).empty(); }

// What JavaScript and Python write of a value that is not there.  Exact: a trip may be called "Undefined".
bool stands_for_nothing(std::string_view text) {
  constexpr std::string_view kWords[] = {"undefined", "null", "NaN", "None"};
  return std::ranges::find(kWords, text) != std::end(kWords) || (text.starts_with("[object ") && text.ends_with(']'));
}

// The same behind a prefix; and a prefix alone.
bool is_no_id(std::string_view text, const profiles::Profile& profile) {
  if (stands_for_nothing(text)) return true;
  return std::ranges::any_of(profile.id_prefixes, [&](const std::string& prefix) {
    return text.starts_with(prefix) && (text == prefix || stands_for_nothing(text.substr(prefix.size())));
  });
}

// "<atrip->" of another kind than `taken`; empty: of one of them, or of no kind.
std::string other_kind(std::string_view id, const std::vector<std::string>& taken, const profiles::Profile& profile) {
  std::string kind = id_class(id, profile);
  if (taken.empty() || kind.size() < 3 || kind == "<number>" || kind == "<uuid>") return {};
  kind = kind.substr(1, kind.size() - 2);
  return std::ranges::find(taken, kind) == taken.end() ? kind : std::string();
}

// Calls `visit` with each key and value of query and body, and whether it is the query's.
template <class Visit>
void for_each_value(const Call& call, Visit visit) {
  const RedactedRequest& request = call.parts->request;
  if (request.has_query) {
    for (const auto& [name, value] : form_pairs(request.query.text)) visit(name, value, true);
  }
  if (request.body.omitted || !begins_as_json(request.body.content.text)) return;
  for (const JsonLeaf& leaf : read_json(request.body.content.text).leaves) {
    visit(last_key(leaf.shape), leaf.text, false);
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
  for_each_value(call, [&](std::string_view key, std::string_view value, bool) {
    const bool prefixed = std::ranges::any_of(
        profile.id_prefixes, [&](const std::string& prefix) { return id_class(value, profile) == "<" + prefix + ">"; });
    const bool display = id_class(value, profile) == "<display>" && names_an_id(key, profile);
    if (prefixed || display) add(value);
  });
  return out;
}

std::vector<std::string> ids_of_another_kind(const Call& call, const profiles::Profile& profile) {
  constexpr std::size_t kMost = 10;
  std::vector<std::string> out;
  const auto look = [&](std::string_view id, const std::vector<std::string>& taken) {
    std::string kind = other_kind(id, taken, profile);
    if (!kind.empty() && out.size() < kMost && std::ranges::find(out, kind) == out.end())
      out.push_back(std::move(kind));
  };
  if (call.operation.known != nullptr) {
    for (const std::string& id : call.operation.ids) look(id, call.operation.known->ids);
  }
  for_each_value(call, [&](std::string_view key, std::string_view value, bool) {
    const std::string list = list_of(key, profile);
    if (list.empty()) return;
    const auto at = std::ranges::find(profile.diagnosis.operations, list, &profiles::Operation::path);
    if (at != profile.diagnosis.operations.end()) look(value, at->ids);
  });
  return out;
}

std::string word_for_no_id(const Call& call, const profiles::Profile& profile) {
  std::string out;
  const auto found = [&](std::string_view text) {
    if (out.empty()) out = shortened(text, 40);
  };
  for (std::string_view path = call.parts->request.path.text; !path.empty();) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string segment = percent_decode(path.substr(0, end));
    if (is_no_id(segment, profile)) found(segment);
    path.remove_prefix(end);
    // "/rfqs//1", and "/rfqs/" where "/rfqs/{id}" is a call.
    const std::string list = call.operation.name + "/{id}";
    const bool last = path == "/" && std::ranges::any_of(profile.diagnosis.operations, [&](const auto& one) {
                        return one.method + " " + one.path == list;
                      });
    if (path.starts_with("//") || last) found("nothing");
  }
  for_each_value(call, [&](std::string_view key, std::string_view value, bool in_query) {
    if (in_query ? is_no_id(value, profile) : names_an_id(key, profile) && is_no_id(value, profile)) found(value);
  });
  return out;
}

bool has_bare_id(const Call& call, const profiles::Profile& profile) {
  const auto bare = [&](std::string_view id) { return id_class(id, profile) == "<number>"; };
  if (std::ranges::any_of(call.operation.ids, bare)) return true;
  bool found = false;
  for_each_value(call, [&](std::string_view key, std::string_view value, bool) {
    // A display id may be all digits.
    found |= bare(value) && value.size() != profile.display_id_size && names_an_id(key, profile);
  });
  return found;
}

}  // namespace cvr::diagnose
