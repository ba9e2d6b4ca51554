// /quotes (FACTS sections 5.1 and 6.4).
#include "sandbox/endpoints/handlers.h"
#include "sandbox/endpoints/render.h"

namespace cvr::sandbox {

Answer read_quote(Call& call) {
  const auto number = parse_id(call.id, kQuotePrefix, call.scenario.gaps.ids_without_prefix);
  const Quote* quote = number ? call.store.quote(*number) : nullptr;
  if (quote == nullptr) return call.error(ErrorKind::kNotFound);
  json::Writer data;
  render_quote(data, call, *quote);
  return call.success(data.text());
}

}  // namespace cvr::sandbox
