#include "http/log_view.h"

#include "base/escape.h"

namespace cvr::http {
namespace {

constexpr std::size_t kLongest = 200;

// Escaping makes four bytes of one at most, so a longer part could not be seen anyway.
std::string_view beginning(std::string_view text) { return text.substr(0, kLongest + 1); }

}  // namespace

std::string log_view(const Request& request) {
  Origin origin{request.origin.scheme, std::string(beginning(request.origin.host)), request.origin.port};
  std::string text(beginning(request.method));
  text += ' ';
  text += to_string(origin);
  if (!request.path.starts_with('/')) text += '/';
  text += beginning(request.path);
  if (request.has_query) text += "?...";
  return shortened(printable(text), kLongest);
}

}  // namespace cvr::http
