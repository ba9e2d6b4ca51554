#include "sandbox/json_body.h"

// The one place in the program where Boost.JSON is compiled.
#include <boost/json/src.hpp>

namespace cvr::sandbox {

std::optional<boost::json::value> parse_json(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = kMaxJsonDepth;
  boost::json::error_code error;
  boost::json::value value = boost::json::parse({text.data(), text.size()}, error, {}, options);
  if (error) return std::nullopt;
  return value;
}

const boost::json::value* Members::find(std::string_view name) const {
  const boost::json::value* value = object_.if_contains({name.data(), name.size()});
  return value == nullptr || value->is_null() ? nullptr : value;
}

std::optional<std::string> Members::text(std::string_view name) {
  const boost::json::value* value = find(name);
  if (value == nullptr) return std::nullopt;
  const boost::json::string* text = value->if_string();
  ok_ = ok_ && text != nullptr;
  return text == nullptr ? std::nullopt : std::optional<std::string>(std::string(text->data(), text->size()));
}

std::optional<std::string> Members::text_or_number(std::string_view name) {
  const boost::json::value* value = find(name);
  if (value == nullptr || !value->is_number()) return text(name);
  return boost::json::serialize(*value);
}

std::optional<bool> Members::flag(std::string_view name) {
  const boost::json::value* value = find(name);
  if (value == nullptr) return std::nullopt;
  ok_ = ok_ && value->is_bool();
  return value->is_bool() ? std::optional<bool>(value->get_bool()) : std::nullopt;
}

const boost::json::object* Members::object(std::string_view name) {
  const boost::json::value* value = find(name);
  if (value == nullptr) return nullptr;
  ok_ = ok_ && value->is_object();
  return value->if_object();
}

const boost::json::array* Members::array(std::string_view name) {
  const boost::json::value* value = find(name);
  if (value == nullptr) return nullptr;
  ok_ = ok_ && value->is_array();
  return value->if_array();
}

}  // namespace cvr::sandbox
