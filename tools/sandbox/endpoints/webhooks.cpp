// /webhooks/settings (FACTS section 10).  Nothing is ever delivered: the stand-in opens no sockets.
#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "sandbox/endpoints/handlers.h"
#include "sandbox/endpoints/render.h"
#include "sandbox/json_body.h"

namespace cvr::sandbox {
namespace {

using boost::json::object;

constexpr std::string_view kPrefix = "whs-";
constexpr std::string_view kEventTypes[] = {"ClientLeads",       "EmptyLegs",
                                            "TripRequest",       "TripRequestSellerResponse",
                                            "TripRequestMine",   "TripRequestSellerResponseMine",
                                            "TripChatFromBuyer", "TripChatFromSeller",
                                            "TripChatMine"};
// What is kept.  The client secret is not: it would have to be answered.
constexpr std::string_view kKept[] = {
    "targetURI", "displayName", "active", "clientIdentifier", "clientAuthenticationType", "eventTypes"};

bool is_event_type(const boost::json::value& value) {
  return value.is_string() && std::find(std::begin(kEventTypes), std::end(kEventTypes),
                                        std::string_view(value.get_string())) != std::end(kEventTypes);
}

// `whole`: all that a new setting needs must be there.
bool is_sound(const object& body, bool whole) {
  Members members(body);
  const auto target = members.text("targetURI");
  const auto* events = members.array("eventTypes");
  for (const std::string_view name : {"displayName", "clientIdentifier", "clientSecret", "clientAuthenticationType"}) {
    members.text(name);
  }
  members.flag("active");
  if (!members.ok() || (whole && (!target || events == nullptr))) return false;
  if (target && !target->starts_with("https://")) return false;
  return events == nullptr || std::all_of(events->begin(), events->end(), is_event_type);
}

std::string merged(const object& old, const object& body) {
  object out;
  for (const std::string_view name : kKept) {
    const auto* fresh = body.if_contains(name);
    const auto* value = fresh != nullptr ? fresh : old.if_contains(name);
    if (value != nullptr) out[name] = *value;
  }
  return boost::json::serialize(out);
}

void render_setting(json::Writer& out, const Call& call, std::uint64_t number, const std::string& text) {
  out.begin_object();
  render_identity(out, call, "webhooks/settings", id_of(kPrefix, number));
  const auto kept = parse_json(text);
  if (const auto* members = kept ? kept->if_object() : nullptr) {
    for (const auto& [name, value] : *members) out.key(std::string_view(name)).raw(boost::json::serialize(value));
  }
  out.end_object();
}

Answer store_setting(Call& call, std::string* old, std::uint64_t number) {
  const auto parsed = parse_json(call.request.body);
  if (!parsed || !parsed->is_object()) return call.error(ErrorKind::kMalformedRequest);
  if (!is_sound(parsed->get_object(), old == nullptr)) return call.error(ErrorKind::kWrongBody);
  const auto before = old == nullptr ? std::nullopt : parse_json(*old);
  std::string text = merged(before ? before->get_object() : object(), parsed->get_object());
  if (text.size() > kMaxDocument) return call.error(ErrorKind::kTooLarge);
  if (old == nullptr) {
    number = call.documents.add(DocumentKind::kWebhook, text);
  } else {
    *old = text;
  }
  json::Writer data;
  render_setting(data, call, number, text);
  return call.success(data.text(), old == nullptr ? 201 : 200);
}

}  // namespace

Answer create_webhook(Call& call) { return store_setting(call, nullptr, 0); }

Answer update_webhook(Call& call) {
  const auto number = parse_id(call.id, kPrefix, call.scenario.gaps.ids_without_prefix);
  std::string* old = number ? call.documents.find(DocumentKind::kWebhook, *number) : nullptr;
  return old == nullptr ? call.error(ErrorKind::kNotFound) : store_setting(call, old, *number);
}

Answer list_webhooks(Call& call) {
  json::Writer data;
  data.begin_array();
  for (const auto& [number, text] : call.documents.all(DocumentKind::kWebhook))
    render_setting(data, call, number, text);
  data.end_array();
  return call.success(data.text());
}

}  // namespace cvr::sandbox
