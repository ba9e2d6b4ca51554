// Small ones: /searches, and the paths that clients call although the reference does not have them
// (FACTS section 5.2; a scenario switches them on by name).
#include "sandbox/endpoints/handlers.h"
#include "sandbox/endpoints/render.h"
#include "sandbox/json_body.h"

namespace cvr::sandbox {

// gap: the answer; an end-client connection gets an empty result.
Answer create_search(Call& call) {
  const auto parsed = parse_json(call.request.body);
  if (!parsed || !parsed->is_object()) return call.error(ErrorKind::kMalformedRequest);
  return call.success("[]", 201);
}

Answer read_account(Call& call) {
  json::Writer data;
  data.begin_object();
  render_identity(data, call, "account", "aaccount-2001");
  data.key("company").begin_object().member("id", "acomp-1001").member("displayName", "Sandbox Broker").end_object();
  data.end_object();
  return call.success(data.text());
}

Answer accept_anything(Call& call) {
  if (!parse_json(call.request.body)) return call.error(ErrorKind::kMalformedRequest);
  return call.success("[]");
}

}  // namespace cvr::sandbox
