#include "match/comparer.h"

#include <algorithm>

#include "base/escape.h"
#include "match/changes.h"
#include "match/counterparts.h"
#include "match/normal_text.h"
#include "match/tolerance.h"

namespace cvr::match {
namespace {

constexpr std::size_t kLongestText = 200;

std::string bounded(std::string_view text) { return shortened(printable(text), kLongestText); }

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
      return "a body that was omitted";
  }
  return "";
}

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    out.push_back(path.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::string readable_path(const RedactedRequest& request) {
  NormalText buffers;
  return readable(path_leaf(request, buffers).by_kind);
}

// The first difference is told, all of them count for the distance.
class Noted {
 public:
  void add(const char* rule, int distance, std::string_view asked, std::string_view recorded) {
    out_.distance += distance;
    if (!out_.rule.empty()) return;
    out_.rule = rule;
    out_.asked = bounded(asked);
    out_.recorded = bounded(recorded);
  }
  void add(const char* rule, int distance, const Outline& asked, const Outline& recorded) {
    const Changes changes = changes_between(asked, recorded);
    if (changes.count > 0) add(rule, distance + std::min(changes.count, 30), changes.asked, changes.recorded);
  }
  Difference take() { return std::move(out_); }

 private:
  Difference out_;
};

}  // namespace

int path_distance(std::string_view a, std::string_view b) {
  const auto left = segments(a);
  const auto right = segments(b);
  const auto [l, r] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  const auto [back_l, back_r] =
      std::mismatch(left.rbegin(), std::make_reverse_iterator(l), right.rbegin(), std::make_reverse_iterator(r));
  return static_cast<int>(std::max(back_l.base() - l, back_r.base() - r));
}

Comparer::Comparer(const RedactedRequest& asked, const MatchRules& rules)
    : asked_(asked), rules_(rules), parts_(rules.parts_for(asked)), path_(readable_path(asked)) {
  NormalText buffers;
  walk_path(path_leaf(asked, buffers), parts_, path_value_);
  walk_query(asked, rules, parts_, query_);
  walk_headers(asked, parts_, headers_);
  walk_credentials(asked, rules, parts_, credentials_);
  form_ = walk_body(asked, rules, parts_, body_);
}

// As the key does: by the digest of what the rules leave of it.
bool Comparer::is_same_path(const RedactedRequest& recorded) const {
  NormalText buffers;
  Outline other;
  walk_path(path_leaf(recorded, buffers), parts_, other);
  const Node* mine = path_value_.root();
  const Node* theirs = other.root();
  if (mine == nullptr || theirs == nullptr) return mine == theirs;
  return mine->digest.by_kind == theirs->digest.by_kind;
}

Difference Comparer::to(const RedactedRequest& recorded) const {
  Noted noted;
  if (!parts_.any_method && asked_.method != recorded.method) noted.add("method", 1000, asked_.method, recorded.method);
  if (!parts_.any_host && asked_.origin != recorded.origin) {
    noted.add("host", 2000, http::to_string(asked_.origin), http::to_string(recorded.origin));
  }
  if (!is_same_path(recorded)) {
    const std::string path = readable_path(recorded);
    noted.add("path", kFar * path_distance(path_, path), readable_path(shown_beside(asked_, recorded)), path);
  }
  Outline query;
  Outline headers;
  Outline credentials;
  Outline body;
  walk_query(recorded, rules_, parts_, query);
  noted.add("query", 20, query_, query);
  walk_headers(recorded, parts_, headers);
  noted.add("header", 20, headers_, headers);
  walk_credentials(recorded, rules_, parts_, credentials);
  noted.add("header", 60, credentials_, credentials);
  const BodyForm form = walk_body(recorded, rules_, parts_, body);
  if (form != form_) {
    noted.add("body", 60, name_of(form_), name_of(form));
  } else if (form == BodyForm::kBytes) {
    const Changes changes = changes_between(body_, body);
    if (changes.count > 0) {
      const auto sized = [](const RedactedRequest& r, const std::string& text) {
        return std::to_string(r.body.content.text.size()) + " bytes: " + text;
      };
      noted.add("body", 50, sized(asked_, changes.asked), sized(recorded, changes.recorded));
    }
  } else {
    noted.add("body", 20, body_, body);
  }
  Difference out = noted.take();
  if (!out.rule.empty()) return out;
  if (&rules_.parts_for(recorded) != &parts_) {
    noted.add("path", kFar, readable_path(shown_beside(asked_, recorded)) + " (another route of [match])",
              readable_path(recorded));
    return noted.take();
  }
  return beyond_tolerance(asked_, recorded, rules_).value_or(std::move(out));
}

Difference compare(const RedactedRequest& asked, const RedactedRequest& recorded, const MatchRules& rules) {
  return Comparer(asked, rules).to(recorded);
}

}  // namespace cvr::match
