// The explanation: the first part in which two requests differ, found over the same leaves that the
// key hashes.
#include <algorithm>
#include <map>

#include "base/escape.h"
#include "match/walk.h"

namespace cvr::match {
namespace {

constexpr std::size_t kMostLeaves = 20'000;
constexpr std::size_t kLongestPointer = 160;
constexpr std::size_t kLongestText = 160;

// Leaves by their pointer, for people: "/segments/0/startAirport/icao" -> "\"KTEB\"".
class ListVisitor : public Visitor {
 public:
  void enter_key(std::string_view key) override { enter('/' + shortened(key, kLongestPointer)); }
  void enter_index(std::size_t index) override { enter('/' + std::to_string(index)); }
  void leave() override {
    pointer_.resize(sizes_.back());
    sizes_.pop_back();
  }
  void leaf(const Leaf& leaf) override {
    if (leaves_.size() < kMostLeaves) leaves_.emplace(pointer_, readable(leaf.by_kind));
  }
  const std::multimap<std::string, std::string>& leaves() const { return leaves_; }

 private:
  void enter(const std::string& step) {
    sizes_.push_back(pointer_.size());
    if (pointer_.size() < 2000) pointer_ += step;
  }
  // The marks of pseudonyms, as people read them: <token>.
  static std::string readable(std::string_view text) {
    std::string out = shortened(text, 4 * kLongestText);
    std::replace(out.begin(), out.end(), '\x01', '<');
    std::replace(out.begin(), out.end(), '\x02', '>');
    return out;
  }
  std::multimap<std::string, std::string> leaves_;
  std::string pointer_;
  std::vector<std::size_t> sizes_;
};

std::string show(std::string_view pointer, std::string_view value) {
  const std::string text = printable(shortened(value, kLongestText));
  return pointer.empty() ? text : printable(shortened(pointer, kLongestPointer)) + " = " + text;
}

struct ListDifference {
  int count = 0;
  std::string asked, recorded;
};

// Both lists are sorted by pointer; the first pointer that is missing or has another text is told.
ListDifference differ(const ListVisitor& asked, const ListVisitor& recorded) {
  ListDifference out;
  auto a = asked.leaves().begin();
  auto r = recorded.leaves().begin();
  const auto note = [&](std::string left, std::string right) {
    if (out.count++ == 0) {
      out.asked = std::move(left);
      out.recorded = std::move(right);
    }
  };
  while (a != asked.leaves().end() || r != recorded.leaves().end()) {
    const bool only_asked = r == recorded.leaves().end() || (a != asked.leaves().end() && a->first < r->first);
    const bool only_recorded = !only_asked && (a == asked.leaves().end() || r->first < a->first);
    if (only_asked) {
      note(show(a->first, a->second), printable(shortened(a->first, kLongestPointer)) + " is absent");
      ++a;
    } else if (only_recorded) {
      note(printable(shortened(r->first, kLongestPointer)) + " is absent", show(r->first, r->second));
      ++r;
    } else {
      if (a->second != r->second) note(show(a->first, a->second), show(r->first, r->second));
      ++a;
      ++r;
    }
  }
  return out;
}

// How unlike two paths are: the number of segments that differ.
int path_distance(std::string_view a, std::string_view b) {
  int distance = 0;
  while (!a.empty() || !b.empty()) {
    const std::size_t ea = std::min(a.find('/', 1), a.size());
    const std::size_t eb = std::min(b.find('/', 1), b.size());
    if (a.substr(0, ea) != b.substr(0, eb)) ++distance;
    a.remove_prefix(ea);
    b.remove_prefix(eb);
  }
  return distance;
}

const char* name_of(BodyForm form) {
  switch (form) {
    case BodyForm::kNone:
      return "no body";
    case BodyForm::kJson:
      return "a JSON body";
    case BodyForm::kForm:
      return "a form";
    case BodyForm::kBytes:
      return "a body of bytes";
    case BodyForm::kOmitted:
      return "a body that was not recorded";
  }
  return "";
}

class Comparison {
 public:
  Comparison(const RedactedRequest& asked, const RedactedRequest& recorded, const MatchRules& rules)
      : asked_(asked), recorded_(recorded), rules_(rules) {}

  Difference run() {
    if (asked_.method != recorded_.method) note("method", 1000, asked_.method, recorded_.method);
    const std::string asked_origin = to_string(asked_.origin);
    const std::string recorded_origin = to_string(recorded_.origin);
    if (asked_origin != recorded_origin) note("host", 2000, asked_origin, recorded_origin);
    part("path", 300 * path_distance(asked_.path.text, recorded_.path.text), [](const RedactedRequest& r, const MatchRules&, Visitor& v) { walk_path(r, v); });
    part("query", 20, walk_query);
    part("credentials", 40, walk_credentials);
    body();
    return std::move(out_);
  }

 private:
  template <class Walk>
  void part(const char* rule, int weight, Walk walk) {
    ListVisitor a;
    ListVisitor r;
    walk(asked_, rules_, a);
    walk(recorded_, rules_, r);
    ListDifference d = differ(a, r);
    if (d.count > 0) note(rule, weight + std::min(d.count, 20), std::move(d.asked), std::move(d.recorded));
  }

  void body() {
    ListVisitor a;
    ListVisitor r;
    const BodyForm asked_form = walk_body(asked_, rules_, a);
    const BodyForm recorded_form = walk_body(recorded_, rules_, r);
    if (asked_form != recorded_form) return note("body", 60, name_of(asked_form), name_of(recorded_form));
    ListDifference d = differ(a, r);
    if (d.count > 0) note("body", 20 + std::min(d.count, 30), std::move(d.asked), std::move(d.recorded));
  }

  // The first difference is told, all of them count for the distance.
  void note(const char* rule, int distance, std::string asked, std::string recorded) {
    out_.distance += distance;
    if (!out_.rule.empty()) return;
    out_.rule = rule;
    out_.asked = printable(shortened(asked, 200));
    out_.recorded = printable(shortened(recorded, 200));
  }

  const RedactedRequest& asked_;
  const RedactedRequest& recorded_;
  const MatchRules& rules_;
  Difference out_;
};

}  // namespace

Difference compare(const RedactedRequest& asked, const RedactedRequest& recorded, const MatchRules& rules) {
  return Comparison(asked, recorded, rules).run();
}

}  // namespace cvr::match
