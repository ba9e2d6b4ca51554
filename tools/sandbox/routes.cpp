#include "sandbox/routes.h"

#include <algorithm>

#include "base/escape.h"

namespace cvr::sandbox {
namespace {

// clang-format off
const std::vector<Route> kRoutes = {
    {"POST", "/trips",                      "trips.create",         Role::kBuyer,     create_trip},
    {"GET",  "/trips",                      "trips.search",         Role::kBuyer,     search_trips},
    {"GET",  "/trips/{id}",                 "trips.read",           Role::kBuyer,     read_trip},
    {"PUT",  "/trips/{id}",                 "trips.update",         Role::kBuyer,     update_trip},
    {"PUT",  "/trips/{id}/cancel",          "trips.cancel",         Role::kBuyer,     cancel_trip},
    {"GET",  "/rfqs",                       "rfqs.list",            Role::kSeller,    list_rfqs},
    {"POST", "/rfqs",                       "rfqs.create",          Role::kBuyer,     create_rfq},
    {"GET",  "/rfqs/{id}",                  "rfqs.read",            Role::kMember,    read_rfq},
    {"PUT",  "/rfqs/{id}/cancel",           "rfqs.cancel",          Role::kBuyer,     cancel_rfq},
    {"GET",  "/quotes/{id}",                "quotes.read",          Role::kMember,    read_quote},
    {"GET",  "/tripmsgs/{id}",              "tripmsgs.read",        Role::kMember,    read_message},
    {"POST", "/tripmsgs/{id}/submitQuote",  "tripmsgs.submitQuote", Role::kSeller,    submit_quote},
    {"POST", "/tripmsgs/{id}/decline",      "tripmsgs.decline",     Role::kSeller,    decline_request},
    // Clients use three paths for one thing; the documented one is not visible.
    {"POST", "/tripmsgs/{id}/chat",         "tripmsgs.chat",        Role::kMember,    send_message},
    {"POST", "/tripmsgs/{id}/sendMessage",  "tripmsgs.chat",        Role::kMember,    send_message},
    {"POST", "/tripmsgs",                   "tripmsgs.chat",        Role::kMember,    post_message},
    {"POST", "/tripmsgs/{id}/book",         "tripmsgs.book",        Role::kBuyer,     book_request},
    {"GET",  "/airports/search",            "airports.search",      Role::kReference, search_airports},
    {"GET",  "/airports/{id}",              "airports.read",        Role::kReference, read_airport},
    {"GET",  "/aircrafttypes",              "aircrafttypes.list",   Role::kReference, list_aircraft_types},
    {"GET",  "/aircrafttypes/search",       "aircrafttypes.list",   Role::kReference, list_aircraft_types},
    {"GET",  "/aircrafttypes/{id}",         "aircrafttypes.read",   Role::kReference, read_aircraft_type},
    {"POST", "/emptylegs/search",           "emptylegs.search",     Role::kMember,    search_empty_legs},
    {"GET",  "/emptylegs/{id}",             "emptylegs.read",       Role::kMember,    read_empty_leg},
    {"POST", "/leads",                      "leads.create",         Role::kMember,    create_lead},
    {"GET",  "/leads/{id}",                 "leads.read",           Role::kMember,    read_lead},
    {"POST", "/webhooks/settings",          "webhooks.create",      Role::kMember,    create_webhook},
    {"GET",  "/webhooks/settings",          "webhooks.list",        Role::kMember,    list_webhooks},
    {"PUT",  "/webhooks/settings/{id}",     "webhooks.update",      Role::kMember,    update_webhook},
    {"POST", "/searches",                   "searches.create",      Role::kEndClient, create_search},
    {"GET",  "/account",                    "account.read",         Role::kMember,    read_account,        false},
    {"GET",  "/airports",                   "airports.query",       Role::kReference, search_airports,     false},
    {"GET",  "/trips/{id}/rfqs",            "trips.rfqs",           Role::kBuyer,     list_trip_rfqs,      false},
    {"GET",  "/trips/{id}/messages",        "trips.messages",       Role::kBuyer,     list_trip_messages,  false},
    {"POST", "/flights/search",             "flights.search",       Role::kMember,    accept_anything,     false},
    {"POST", "/emptyLeg/search",            "emptyLeg.search",      Role::kMember,    accept_anything,     false},
    {"POST", "/watches",                    "watches.create",       Role::kMember,    accept_anything,     false},
};
// clang-format on

constexpr std::string_view kApi = "/api";

// Cuts the first segment, with its slash, off a path.
std::string_view take_segment(std::string_view& path) {
  const std::size_t end = std::min(path.find('/', 1), path.size());
  const std::string_view segment = path.substr(1, end - 1);
  path.remove_prefix(end);
  return segment;
}

bool path_matches(std::string_view pattern, std::string_view path, std::string& id) {
  while (!pattern.empty() && !path.empty()) {
    const std::string_view wanted = take_segment(pattern);
    const std::string found = percent_decode(take_segment(path));
    if (wanted == "{id}") {
      if (found.empty()) return false;
      id = found;
    } else if (found != wanted) {
      return false;
    }
  }
  return pattern.empty() && path.empty();
}

bool exists(const Route& route, const std::vector<std::string>& undocumented) {
  return route.documented || std::any_of(undocumented.begin(), undocumented.end(), [&](const std::string& name) {
           return name == "all" || name == route.operation;
         });
}

}  // namespace

const std::vector<Route>& routes() { return kRoutes; }

bool is_operation(std::string_view name) {
  return std::any_of(kRoutes.begin(), kRoutes.end(), [&](const Route& route) { return route.operation == name; });
}

std::string operation_names(bool documented_only) {
  std::string names;
  std::string_view last;
  for (const Route& route : kRoutes) {
    if (route.operation == last || (documented_only && !route.documented)) continue;
    (names += names.empty() ? "" : ", ") += route.operation;
    last = route.operation;
  }
  return names;
}

Routed find_route(std::string_view method, std::string_view path, const std::vector<std::string>& undocumented) {
  Routed result;
  if (!path.starts_with(kApi)) return result;
  path.remove_prefix(kApi.size());
  if (path.empty() || path.front() != '/') return result;
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  for (const Route& route : kRoutes) {
    std::string id;
    if (!exists(route, undocumented) || !path_matches(route.path, path, id)) continue;
    if (route.method == wanted) return {&route, std::move(id), {}};
    (result.allowed += result.allowed.empty() ? "" : ", ") += route.method;
    if (route.method == "GET") result.allowed += ", HEAD";
  }
  return result;
}

}  // namespace cvr::sandbox
