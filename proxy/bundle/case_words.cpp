#include "bundle/case_words.h"

#include <algorithm>

#include "base/escape.h"
#include "bundle/plain_language.h"

namespace cvr::bundle {
namespace {

constexpr std::size_t kMostWords = 20;

class Words {
 public:
  void look(const std::string& key, const std::string& text, bool numbers = true) {
    for (const std::string& word : banned_words(text)) {
      const bool number = word.find_first_not_of("0123456789") == word.npos;
      if (number && !numbers) continue;
      std::string line = key + ": " + printable(shortened(word, 40));
      const bool fresh = std::ranges::find(out_, line) == out_.end();
      if (fresh && out_.size() < kMostWords) out_.push_back(std::move(line));
    }
  }
  std::vector<std::string> take() { return std::move(out_); }

 private:
  std::vector<std::string> out_;
};

}  // namespace

std::vector<std::string> technical_words(const diagnose::Case& c) {
  Words out;
  out.look("case.title", c.title);
  out.look("case.vendor", c.vendor);
  out.look("case.product", c.product);
  out.look("case.from", c.from);
  for (const std::string& one : c.to) out.look("case.to", one);
  for (const std::string& line : c.impact_lines) out.look("impact.lines", line);
  for (const auto& one : c.tried) {
    out.look("tried.what", one.what);
    out.look("tried.result", one.result);
  }
  for (const auto& one : c.steps) {
    out.look("step.what", one.what);
    out.look("step.owner", one.owner);
    out.look("step.timeline", one.timeline);
  }
  out.look("contact.name", c.contact.name);
  out.look("contact.role", c.contact.role);
  // A phone number is no status.
  out.look("contact.reach", c.contact.reach, false);
  return out.take();
}

}  // namespace cvr::bundle
