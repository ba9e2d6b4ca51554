#include "diagnose/operation.h"

#include <algorithm>

#include "base/escape.h"

namespace cvr::diagnose {
namespace {

constexpr std::size_t kMostSegments = 64;

bool all_of(std::string_view text, std::string_view alphabet) {
  return !text.empty() && text.find_first_not_of(alphabet) == text.npos;
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : std::string_view("0123456789abcdefABCDEF").find(text[i]) == text.npos) return false;
  }
  return true;
}

std::vector<std::string> segments_of(std::string_view path) {
  std::vector<std::string> out;
  while (!path.empty() && out.size() < kMostSegments) {
    if (path.front() == '/') path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    if (end > 0) out.push_back(percent_decode(path.substr(0, end)));
    path.remove_prefix(end);
  }
  return out;
}

// Whether the pattern is the end of the path; `ids` get what stands for "{id}".
bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& path, std::size_t from,
          std::vector<std::string>& ids) {
  if (path.size() - from != pattern.size()) return false;
  ids.clear();
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == "{id}") {
      ids.push_back(path[from + i]);
    } else if (pattern[i] != path[from + i]) {
      return false;
    }
  }
  return true;
}

// "v1", "v2.0": what stands where a version of the API may stand.
bool is_version(std::string_view segment) {
  if (segment.starts_with('v') || segment.starts_with('V')) segment.remove_prefix(1);
  return all_of(segment, "0123456789.") && segment.front() != '.';
}

std::string joined(const std::vector<std::string>& segments, std::size_t from, std::size_t to) {
  std::string out;
  for (std::size_t i = from; i < to; ++i) out += "/" + segments[i];
  return out;
}

}  // namespace

std::string id_class(std::string_view segment, const profiles::Profile& profile) {
  for (const std::string& prefix : profile.id_prefixes) {
    if (segment.starts_with(prefix) && all_of(segment.substr(prefix.size()), "0123456789-")) return "<" + prefix + ">";
  }
  if (all_of(segment, "0123456789")) return "<number>";
  if (is_uuid(segment)) return "<uuid>";
  if (profile.display_id_size != 0 && segment.size() == profile.display_id_size &&
      all_of(segment, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") && segment.find_first_of("0123456789") != segment.npos) {
    return "<display>";
  }
  return {};
}

NamedOperation name_operation(const RedactedRequest& request, const profiles::Profile& profile) {
  NamedOperation out;
  const std::vector<std::string> path = segments_of(request.path.text);
  const std::string origin = http::to_string(request.origin);
  // The base as documented first; then any, so that a call below another version is still the same operation.
  std::size_t base = 0;
  std::vector<std::string> known_base;
  for (const std::string& known : profile.diagnosis.bases) {
    const std::vector<std::string> parts = segments_of(known);
    if (parts.size() > path.size() || !std::equal(parts.begin(), parts.end(), path.begin())) continue;
    base = parts.size();
    known_base = parts;
  }
  const auto find = [&](std::size_t from, bool any_method) -> bool {
    for (const profiles::Operation& operation : profile.diagnosis.operations) {
      if (!any_method && operation.method != request.method) continue;
      if (!fits(segments_of(operation.path), path, from, out.ids)) continue;
      out.name = request.method + " " + operation.path;
      out.base = origin + joined(path, 0, from);
      out.documented_base = from == base && (base > 0 || profile.diagnosis.bases.empty());
      out.known = operation.method == request.method ? &operation : nullptr;
      return true;
    }
    return false;
  };
  // Exact words come before "{id}": "/airports/search" is no airport; the table's order says so.
  if (find(base, false)) return out;
  const bool elsewhere = base == 0 && !profile.diagnosis.bases.empty();
  for (std::size_t from = 1; elsewhere && from <= 3 && from < path.size(); ++from) {
    if (find(from, false)) return out;
  }
  // Below the base a version, or the base once more.
  const auto is_more_of_a_base = [&](const std::string& segment) {
    return is_version(segment) || std::ranges::find(known_base, segment) != known_base.end();
  };
  for (std::size_t from = base; base > 0 && from < path.size() && from < base + 3; ++from) {
    if (!is_more_of_a_base(path[from])) break;
    if (find(from + 1, false)) return out;
  }
  if (find(base, true)) return out;
  out.ids.clear();
  out.base = origin + joined(path, 0, base);
  out.documented_base = base > 0 || profile.diagnosis.bases.empty();
  out.name = request.method + " ";
  for (std::size_t i = base; i < path.size(); ++i) {
    const bool id = !id_class(path[i], profile).empty();
    if (id) out.ids.push_back(path[i]);
    out.name += "/" + (id ? "{id}" : shortened(path[i], 80));
  }
  if (base == path.size()) out.name += "/";
  return out;
}

bool fits_host(const std::vector<std::string>& patterns, std::string_view host) {
  return std::ranges::any_of(patterns, [&](std::string_view pattern) {
    if (!pattern.starts_with("*.")) return http::equals_ignoring_case(pattern, host);
    const std::string_view tail = pattern.substr(1);
    return host.size() > tail.size() && http::equals_ignoring_case(host.substr(host.size() - tail.size()), tail);
  });
}

std::string environment_of(std::string_view host, const profiles::Profile& profile) {
  for (const profiles::Environment& environment : profile.diagnosis.environments) {
    if (fits_host(environment.hosts, host)) return environment.name;
  }
  return {};
}

}  // namespace cvr::diagnose
