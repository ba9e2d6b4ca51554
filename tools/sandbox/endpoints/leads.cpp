// /leads: contact data of end clients (FACTS sections 5.1 and 6.4).  gap: the prefix of a lead's id.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "sandbox/endpoints/handlers.h"
#include "sandbox/endpoints/render.h"
#include "sandbox/json_body.h"

namespace cvr::sandbox {
namespace {

constexpr std::string_view kPrefix = "alead-";
constexpr std::string_view kKept[] = {"leadContactInfo", "segments", "lift", "message"};

void render_lead(json::Writer& out, const Call& call, std::uint64_t number, const std::string& text) {
  out.begin_object();
  render_identity(out, call, "leads", id_of(kPrefix, number));
  const auto kept = parse_json(text);
  if (const auto* members = kept ? kept->if_object() : nullptr) {
    for (const auto& [name, value] : *members) out.key(std::string_view(name)).raw(boost::json::serialize(value));
  }
  out.end_object();
}

}  // namespace

Answer create_lead(Call& call) {
  const auto parsed = parse_json(call.request.body);
  if (!parsed || !parsed->is_object()) return call.error(ErrorKind::kMalformedRequest);
  const boost::json::object& body = parsed->get_object();
  Members members(body);
  const auto* contact = members.object("leadContactInfo");
  members.array("segments");
  members.array("lift");
  members.text("message");
  if (!members.ok() || contact == nullptr) return call.error(ErrorKind::kWrongBody);
  boost::json::object kept;
  for (const std::string_view name : kKept) {
    if (const auto* value = body.if_contains(name)) kept[name] = *value;
  }
  std::string text = boost::json::serialize(kept);
  if (text.size() > kMaxDocument) return call.error(ErrorKind::kTooLarge);
  json::Writer data;
  render_lead(data, call, call.documents.add(DocumentKind::kLead, text), text);
  return call.success(data.text(), 201);
}

Answer read_lead(Call& call) {
  const auto number = parse_id(call.id, kPrefix, call.scenario.gaps.ids_without_prefix);
  const std::string* text = number ? call.documents.find(DocumentKind::kLead, *number) : nullptr;
  if (text == nullptr) return call.error(ErrorKind::kNotFound);
  json::Writer data;
  render_lead(data, call, *number, *text);
  return call.success(data.text());
}

}  // namespace cvr::sandbox
