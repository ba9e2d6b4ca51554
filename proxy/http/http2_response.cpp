#include "http/http2_response.h"

#include "http/connection_fields.h"

namespace cvr::http {
namespace {

void append(Fields& out, const Fields& from) {
  for (const Field& field : from) {
    if (!belongs_to_connection(from, field.name)) out.push_back({to_lower(field.name), field.value});
  }
}

Fields with_status(int status, const Fields& from) {
  Fields out{{":status", std::to_string(status)}};
  append(out, from);
  return out;
}

}  // namespace

Fields http2_response(const ResponseHead& head) { return with_status(head.status, to_fields(head.fields)); }

Fields http2_response(const Response& response) {
  Fields out = with_status(response.status, response.fields);
  out.push_back({"content-length", std::to_string(response.body.size())});
  return out;
}

Fields http2_trailers(const Fields& trailers) {
  Fields out;
  append(out, trailers);
  return out;
}

}  // namespace cvr::http
