#include "net/request_value.h"

namespace cvr::net {

void assign_request(http::Request& request, const http::RequestHead& head, const http::Origin& origin,
                    const http::Target& target) {
  request.method.assign(head.method);
  request.origin = origin;
  request.path.assign(target.path);
  request.query.assign(target.query);
  request.has_query = target.has_query;
  request.minor_version = head.minor_version;
  request.fields.resize(head.fields.size());
  std::size_t taken = 0;
  for (const http::FieldView& field : head.fields) {
    // Between the client and CVR: the name of a session, no part of the exchange.
    if (http::equals_ignoring_case(field.name, "proxy-authorization")) continue;
    request.fields[taken].name.assign(field.name);
    request.fields[taken++].value.assign(field.value);
  }
  request.fields.resize(taken);
  request.body.clear();
  request.trailers.clear();
}

std::string_view upgrade_of(const http::RequestHead& head) {
  for (const http::FieldView& field : head.fields) {
    if (http::equals_ignoring_case(field.name, "upgrade")) return field.value;
  }
  return {};
}

}  // namespace cvr::net
