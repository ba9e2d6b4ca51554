#include "base/json_writer.h"

#include <fmt/format.h>

#include <cmath>

#include "base/json_scan.h"
#include "cvr/result.h"

namespace cvr::json {

void Writer::new_line() {
  if (indent_ == 0) return;
  out_ += '\n';
  out_.append(has_items_.size() * static_cast<std::size_t>(indent_), ' ');
}

void Writer::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (has_items_.empty()) return;
  if (has_items_.back()) out_ += ',';
  has_items_.back() = true;
  new_line();
}

Writer& Writer::begin_object() {
  before_value();
  out_ += '{';
  has_items_.push_back(false);
  return *this;
}

Writer& Writer::end_object() {
  CVR_CHECK(!has_items_.empty());
  const bool any = has_items_.back();
  has_items_.pop_back();
  if (any) new_line();
  out_ += '}';
  return *this;
}

Writer& Writer::begin_array() {
  before_value();
  out_ += '[';
  has_items_.push_back(false);
  return *this;
}

Writer& Writer::end_array() {
  CVR_CHECK(!has_items_.empty());
  const bool any = has_items_.back();
  has_items_.pop_back();
  if (any) new_line();
  out_ += ']';
  return *this;
}

Writer& Writer::key(std::string_view name) {
  CVR_CHECK(!has_items_.empty() && !after_key_);
  before_value();
  out_ += '"';
  append_escaped(out_, name);
  out_ += indent_ == 0 ? "\":" : "\": ";
  after_key_ = true;
  return *this;
}

Writer& Writer::value(std::string_view text) {
  before_value();
  out_ += '"';
  append_escaped(out_, text);
  out_ += '"';
  return *this;
}

Writer& Writer::value(bool flag) { return raw(flag ? "true" : "false"); }
Writer& Writer::value(std::int64_t number) { return raw(fmt::to_string(number)); }
Writer& Writer::value(std::uint64_t number) { return raw(fmt::to_string(number)); }
Writer& Writer::value(double number) { return std::isfinite(number) ? raw(fmt::format("{}", number)) : null(); }
Writer& Writer::null() { return raw("null"); }

Writer& Writer::raw(std::string_view json) {
  before_value();
  out_ += json;
  return *this;
}

}  // namespace cvr::json
