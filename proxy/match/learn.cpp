#include "match/learn.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "base/escape.h"
#include "match/changes.h"
#include "match/expression.h"
#include "match/normal_text.h"
#include "match/route.h"
#include "match/value_rules.h"
#include "match/walk.h"

namespace cvr::match {
namespace {

constexpr std::size_t kMostUnlearned = 100;

// "/legs/0/price" and "/legs/1/price" teach the same.
std::string without_places(std::string_view pointer) {
  std::string out;
  while (!pointer.empty()) {
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    const std::string_view segment = pointer.substr(0, end);
    const bool place = segment.size() > 1 && segment.find_first_not_of("0123456789", 1) == std::string_view::npos;
    out += place ? "/*" : segment;
    pointer.remove_prefix(end);
  }
  return out;
}

std::string_view unquoted(std::string_view text) {
  return text.size() >= 2 && text.starts_with('"') && text.ends_with('"') ? text.substr(1, text.size() - 2) : text;
}

// The route of both, with what their ids begin with: "/trips/atrip-*", "/trip*".  A star for a whole segment would
// take in what other recordings of the vendor's are about.
std::string learned_route(const RedactedRequest& a, const RedactedRequest& b) {
  const auto next = [](std::string_view& path) {
    const std::string_view segment = path.substr(0, std::min(path.find('/', 1), path.size()));
    path.remove_prefix(segment.size());
    return segment;
  };
  const std::string route = route_text(a);
  std::string out = a.method + " ";
  std::string_view generic = std::string_view(route).substr(out.size());
  std::string_view left = a.path.text;
  std::string_view right = b.path.text;
  while (!generic.empty()) {
    const std::string_view segment = next(generic);
    const std::string_view one = next(left);
    const std::string_view two = next(right);
    if (segment != "/*") {
      out += segment;
      continue;
    }
    const auto differs = std::ranges::mismatch(one, two).in1;
    std::string_view common = one.substr(0, static_cast<std::size_t>(differs - one.begin()));
    common = common.substr(0, common.find_first_of("0123456789"));
    const bool word = common.find_first_of("ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ") != common.npos;  // no hex
    out += word ? std::string(common) + "*" : "/*";
  }
  return out;
}

class Teacher {
 public:
  Teacher(const MatchRules& rules, Lessons& out) : rules_(rules), out_(out) {}

  void saw_pair(const RedactedRequest& a, const RedactedRequest& b) { ++pairs_[learned_route(a, b)]; }

  void compare_pair(std::size_t n, const RedactedRequest& a, const RedactedRequest& b) {
    const std::string route = learned_route(a, b);
    const PartRules& parts = rules_.parts_for(a);
    bool taught = false;
    Outline query[2], body[2], credentials[2];
    const RedactedRequest* sides[] = {&a, &b};
    std::array<BodyForm, 2> forms{};
    for (std::size_t i = 0; i < 2; ++i) {
      walk_query(*sides[i], rules_, parts, query[i]);
      walk_credentials(*sides[i], rules_, parts, credentials[i]);
      forms[i] = walk_body(*sides[i], rules_, parts, body[i]);
    }
    if (changes_between(credentials[0], credentials[1]).count > 0) return unlearned(n, a, "credentials");
    if (forms[0] != forms[1]) return unlearned(n, a, "the kind of body");
    if (a.path.text != b.path.text) taught |= teach_path(route, a.path.text, b.path.text);
    for (const Change& change : every_change(query[0], query[1])) taught |= teach(route, "query", change);
    const char* part = forms[0] == BodyForm::kForm ? "form" : "json";
    if (forms[0] == BodyForm::kBytes || forms[0] == BodyForm::kOmitted) {
      if (changes_between(body[0], body[1]).count > 0) return unlearned(n, a, "a body of bytes");
    } else {
      for (const Change& change : every_change(body[0], body[1])) taught |= teach(route, part, change);
    }
    if (!taught) unlearned(n, a, "something that no rule is for");
  }

  void finish() {
    for (auto& [place, lesson] : lessons_) {
      lesson.pairs = pairs_[lesson.route];
      out_.lessons.push_back(std::move(lesson));
    }
    // The first route that fits counts, so the narrow ones stand first.
    std::ranges::stable_sort(out_.lessons, {},
                             [](const Lesson& lesson) { return std::ranges::count(lesson.route, '*'); });
  }

 private:
  bool teach(const std::string& route, const std::string& part, const Change& change) {
    const std::string name = part == "json" ? without_places(change.place) : change.place;
    if (name.empty() || (part == "json" && !name.starts_with('/'))) return false;  // the whole body
    const bool whole = change.asked == kAbsent || change.recorded == kAbsent;
    note(route, part, name, whole ? "any" : narrowest(unquoted(change.asked), unquoted(change.recorded)), change.asked,
         change.recorded);
    return true;
  }

  bool teach_path(const std::string& route, const std::string& a, const std::string& b) {
    std::string pattern = "regex:^";
    for (const char c : route.substr(route.find(' ') + 1)) {
      if (c == '*') {
        pattern += "[^/]+";
      } else {
        if (std::string_view("\\.^$|()[]{}*+?").find(c) != std::string_view::npos) pattern += '\\';
        pattern += c;
      }
    }
    note(route, "path", "", pattern + "$", a, b);
    return true;
  }

  void note(const std::string& route, const std::string& part, const std::string& name, std::string comparison,
            const std::string& a, const std::string& b) {
    Lesson& lesson = lessons_[std::tuple(route, part, name)];
    if (lesson.differed++ == 0) {
      lesson = {
          route, part, name, std::move(comparison), 1, 0, printable(shortened(a, 60)), printable(shortened(b, 60))};
    } else if (lesson.comparison != comparison) {
      lesson.comparison = "any";
    }
  }

  void unlearned(std::size_t n, const RedactedRequest& request, const char* what) {
    if (out_.unlearned.size() >= kMostUnlearned) return;
    out_.unlearned.push_back("#" + std::to_string(n + 1) + " " + printable(route_text(request)) + ": " + what +
                             " differs");
  }

  const MatchRules& rules_;
  Lessons& out_;
  std::map<std::tuple<std::string, std::string, std::string>, Lesson> lessons_;
  std::map<std::string, std::uint64_t> pairs_;
};

// TOML basic string (toml.io v1.0 "String").
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string evidence(const Lesson& lesson) {
  return "  # differs in " + std::to_string(lesson.differed) + " of " + std::to_string(lesson.pairs) + ": " +
         lesson.first + " | " + lesson.second + "\n";
}

}  // namespace

std::string narrowest(std::string_view first, std::string_view second) {
  static const std::array kShapes = {
      "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
      "[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+(Z|[+-][0-9:]+)?)?",
      "[0-9]+",
      "[0-9a-f]{8,}",
  };
  for (const char* shape : kShapes) {
    // Groups would count: what differs in them would keep the values apart.
    std::string pattern;
    for (const char* at = shape; *at != '\0'; ++at) pattern += *at == '(' ? std::string("(?:") : std::string(1, *at);
    const auto expression = Expression::make(pattern);
    std::string ignored;
    if (expression && (*expression)->fits(first, ignored) && (*expression)->fits(second, ignored))
      return "regex:" + pattern;
  }
  return "any";
}

Lessons learn(const Recording& first, const Recording& second, const MatchRules& rules) {
  Lessons out;
  Pairing pairing = pair(first, second, rules);
  Teacher teacher(rules, out);
  const auto requests = [&](const Pair& pair, const auto& use) {
    const auto left = first.fetch(pair.first);
    const auto right = second.fetch(pair.second);
    if (left && right) use((*left)->request, (*right)->request);
  };
  for (const Pair& pair : pairing.equal) {
    ++out.paired;
    ++out.equal;
    requests(pair, [&](const RedactedRequest& left, const RedactedRequest& right) { teacher.saw_pair(left, right); });
  }
  for (const std::vector<Pair>* pairs : {&pairing.same_path, &pairing.same_route}) {
    for (const Pair& pair : *pairs) {
      ++out.paired;
      requests(pair, [&](const RedactedRequest& left, const RedactedRequest& right) {
        teacher.saw_pair(left, right);
        teacher.compare_pair(pair.first, left, right);
      });
    }
  }
  out.only_first = std::move(pairing.only_first);
  out.only_second = std::move(pairing.only_second);
  teacher.finish();
  return out;
}

std::string to_toml(const Lessons& lessons) {
  std::string out;
  std::string route;
  std::string table;
  for (const Lesson& lesson : lessons.lessons) {
    if (lesson.route != route) {
      out += (out.empty() ? "" : "\n") + std::string("[[match.routes]]\nroute = ") + quoted(lesson.route) + "\n";
      route = lesson.route;
      table.clear();
      // A key of the route itself has to stand before its tables.
      for (const Lesson& other : lessons.lessons) {
        if (other.route == route && other.part == "path") out += "path = " + quoted(other.comparison) + evidence(other);
      }
    }
    if (lesson.part == "path") continue;
    if (lesson.part != table) {
      out += "[match.routes." + lesson.part + "]\n";
      table = lesson.part;
    }
    out += quoted(lesson.name) + " = " + quoted(lesson.comparison) + evidence(lesson);
  }
  return out;
}

}  // namespace cvr::match
