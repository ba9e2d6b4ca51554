// Whether the user's rules take something away from a request: the walks say so.
#include "cvr/matcher.h"
#include "match/normal_text.h"
#include "match/walk.h"

namespace cvr::match {
namespace {

class Listener : public Visitor {
 public:
  void begin(Shape) override {}
  void name(const Leaf&) override {}
  void end() override {}
  void leaf(const Leaf&) override {}
  void restart() override {}
  void loosened() override { heard_ = true; }
  bool heard() const { return heard_; }

 private:
  bool heard_ = false;
};

}  // namespace

bool is_loosened(const RedactedRequest& request, const MatchRules& rules) {
  const PartRules& parts = rules.parts_for(request);
  if (parts.any_method || parts.any_host) return true;
  Listener listener;
  NormalText buffers;
  walk_path(path_leaf(request, buffers), parts, listener);
  walk_query(request, rules, parts, listener);
  walk_headers(request, parts, listener);
  walk_credentials(request, rules, parts, listener);
  walk_body(request, rules, parts, listener);
  return listener.heard();
}

}  // namespace cvr::match
