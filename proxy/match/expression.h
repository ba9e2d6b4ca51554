// A regular expression of a match rule (RE2: linear in the text).  Immutable, any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "cvr/result.h"

namespace cvr::match {

class Expression {
 public:
  // kUsage with RE2's words.  At most 4096 bytes, at most 16 groups.
  static Result<std::shared_ptr<const Expression>> make(std::string_view pattern);
  ~Expression();
  Expression(const Expression&) = delete;
  Expression& operator=(const Expression&) = delete;

  // Whether it fits the text as a whole.  `out`: what stands for it then, the same for two texts exactly
  // when all groups caught the same.
  bool fits(std::string_view text, std::string& out) const;

 private:
  struct Compiled;
  explicit Expression(std::unique_ptr<const Compiled> compiled);
  std::unique_ptr<const Compiled> compiled_;
};

}  // namespace cvr::match
