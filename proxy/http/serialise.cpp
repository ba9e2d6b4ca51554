#include "http/serialise.h"

namespace cvr::http {

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  out += value;
  out += "\r\n";
}

std::string head_without_framing(const Response& response) {
  std::string out = "HTTP/1.1 " + std::to_string(response.status) + " " + response.reason + "\r\n";
  for (const Field& field : response.fields) append_field(out, field.name, field.value);
  return out;
}

std::string serialise(const Response& response, bool close, bool head_only) {
  std::string out = head_without_framing(response);
  const bool bodiless = response.status < 200 || response.status == 204 || response.status == 304;
  // HEAD may announce the length that GET would have.
  if (!bodiless && find(response.fields, "content-length") == nullptr) {
    append_field(out, "Content-Length", std::to_string(response.body.size()));
  }
  if (close) append_field(out, "Connection", "close");
  out += "\r\n";
  if (!bodiless && !head_only) out += response.body;
  return out;
}

}  // namespace cvr::http
