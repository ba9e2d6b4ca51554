#include "http/connection_fields.h"

#include "http/head.h"

namespace cvr::http {

bool belongs_to_connection(const Fields& fields, std::string_view name) {
  if (is_hop_by_hop(name)) return true;
  for (const Field& field : fields) {
    if (equals_ignoring_case(field.name, "connection") && list_contains(field.value, name)) return true;
  }
  return false;
}

}  // namespace cvr::http
