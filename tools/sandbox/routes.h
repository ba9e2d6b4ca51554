// The table of operations: method, path, name, who may call it, and the handler.  Immutable.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/endpoints/handlers.h"

namespace cvr::sandbox {

enum class Role : std::uint8_t {
  kReference,  // data of nobody's: any connection
  kMember,     // buyer or seller
  kBuyer,
  kSeller,
  kEndClient,
};

using Handler = Answer (*)(Call& call);

struct Route {
  std::string_view method;
  std::string_view path;       // below /api; "{id}" stands for one segment
  std::string_view operation;  // "trips.create"
  Role role;
  Handler handler;
  bool documented = true;  // false: exists only when the scenario names it
};
const std::vector<Route>& routes();
bool is_operation(std::string_view name);
std::string operation_names(bool documented_only);  // comma-separated, each once

struct Routed {
  const Route* route = nullptr;
  std::string id;       // percent-decoded
  std::string allowed;  // route == nullptr: the methods of that path, for Allow; empty: no such path
};

// `path` as it stands in the request.  HEAD is routed as GET.
Routed find_route(std::string_view method, std::string_view path, const std::vector<std::string>& undocumented);

}  // namespace cvr::sandbox
