#include "app/browser.h"

#include "app/trust_stores.h"
#include "base/json_writer.h"

namespace cvr::app {

std::vector<std::string> browser_arguments(const std::string& proxy_url, const std::string& spki,
                                           const std::string& profile) {
  return {"--proxy-server=" + proxy_url, "--ignore-certificate-errors-spki-list=" + spki, "--user-data-dir=" + profile};
}

std::string browser_line(const std::vector<std::string>& arguments) { return command_line(arguments) + "\n"; }

std::string browser_json(const std::vector<std::string>& arguments) {
  json::Writer w;
  w.begin_object().key("arguments").begin_array();
  for (const std::string& argument : arguments) w.value(argument);
  w.end_array().end_object();
  return w.take() + "\n";
}

}  // namespace cvr::app
