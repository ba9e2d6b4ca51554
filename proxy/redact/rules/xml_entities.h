// What a document declares for itself (XML 1.0 section 4.2): <!ENTITY name "value">.  A view of the text.
#pragma once

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cvr::redact {

struct XmlEntity {
  std::string_view name;
  std::size_t begin = 0;  // of the value, without its quotes
  std::size_t end = 0;
  bool met = false;  // read as the value of some name
};

class XmlEntities {
 public:
  explicit XmlEntities(std::string_view text);
  std::vector<XmlEntity>& all() { return all_; }

  // The next reference to one of them at or behind `at`, which is moved on behind it; nullptr: none.
  XmlEntity* next(std::string_view text, std::size_t& at);

 private:
  std::vector<XmlEntity> all_;  // the first declaration counts (section 4.2)
  std::unordered_map<std::string_view, std::size_t> by_name_;
};

}  // namespace cvr::redact
