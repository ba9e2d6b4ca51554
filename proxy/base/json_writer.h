// Writes JSON text in one pass: commas and quoting are its business, order is the caller's.
// Members and elements are given in sequence; nesting is checked (CVR_CHECK).  One thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cvr::json {

class Writer {
 public:
  explicit Writer(int indent = 0) : indent_(indent) {}  // spaces a level; 0: one line

  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();
  Writer& key(std::string_view name);
  Writer& value(std::string_view text);
  Writer& value(const char* text) { return value(std::string_view(text)); }
  Writer& value(const std::string& text) { return value(std::string_view(text)); }
  Writer& value(bool flag);
  Writer& value(std::int64_t number);
  Writer& value(std::uint64_t number);
  Writer& value(int number) { return value(static_cast<std::int64_t>(number)); }
  Writer& value(double number);  // shortest form that reads back; not finite: null
  Writer& null();
  Writer& raw(std::string_view json);  // a whole value, trusted

  template <class T>
  Writer& member(std::string_view name, const T& v) {
    return key(name).value(v);
  }

  const std::string& text() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  void before_value();
  void new_line();
  std::string out_;
  std::vector<bool> has_items_;
  bool after_key_ = false;
  int indent_;
};

}  // namespace cvr::json
