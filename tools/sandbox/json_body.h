// JSON bodies of requests, read with Boost.JSON.  Every body is hostile: depth is bounded, types
// are never assumed.  Pure.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cvr::sandbox {

inline constexpr std::size_t kMaxJsonDepth = 32;

// nullopt when the text is not one JSON value (RFC 8259) or nests deeper than kMaxJsonDepth.
std::optional<boost::json::value> parse_json(std::string_view text);

// Reads members of an object and remembers whether any had another type than was asked for.
// null counts as absent.
class Members {
 public:
  explicit Members(const boost::json::object& object) : object_(object) {}

  std::optional<std::string> text(std::string_view name);
  std::optional<std::string> text_or_number(std::string_view name);  // 4 reads as "4"
  std::optional<bool> flag(std::string_view name);
  const boost::json::object* object(std::string_view name);
  const boost::json::array* array(std::string_view name);
  bool has(std::string_view name) const { return find(name) != nullptr; }
  bool ok() const { return ok_; }  // false: a member had the wrong type

 private:
  const boost::json::value* find(std::string_view name) const;
  const boost::json::object& object_;
  bool ok_ = true;
};

}  // namespace cvr::sandbox
