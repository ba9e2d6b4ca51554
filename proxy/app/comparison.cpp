#include "app/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/escape.h"
#include "base/json_writer.h"
#include "exporters/common.h"

namespace cvr::app {
namespace {

bool counts(const match::PartDifference& difference) { return !difference.is_volatile; }

Compared of(const RedactedRequest& request, std::uint64_t first, std::uint64_t second) {
  return {first, second, request.method, exporters::url_of(request), {}};
}

const char* word_of(const Compared& compared) {
  if (compared.second == 0) return "removed";
  if (compared.first == 0) return "added";
  return std::ranges::any_of(compared.differences, counts) ? "changed" : "volatile";
}

}  // namespace

ComparisonTotals compare(const match::Recording& first, const match::Recording& second, const match::MatchRules& rules,
                         const std::vector<std::string>& volatile_headers,
                         const std::function<void(const Compared&)>& told) {
  const match::Pairing pairing = match::pair(first, second, rules);
  ComparisonTotals totals;
  totals.unreadable = pairing.unreadable_a.size() + pairing.unreadable_b.size();
  std::map<std::uint64_t, std::uint64_t> partners;  // numbers; 0: none
  for (const auto* pairs : {&pairing.equal, &pairing.same_path, &pairing.same_route}) {
    for (const auto& [a, b] : *pairs) partners[a + 1] = b + 1;
  }
  for (const std::uint64_t n : pairing.only_first) partners[n] = 0;
  for (const auto& [a, b] : partners) {
    const auto before = first.fetch(a - 1);
    if (!before) continue;
    if (b == 0) {
      ++totals.removed;
      told(of((*before)->request, a, 0));
      continue;
    }
    const auto after = second.fetch(b - 1);
    if (!after) continue;
    Compared compared = of((*before)->request, a, b);
    compared.differences = match::differences(**before, **after, rules, volatile_headers);
    if (compared.differences.empty()) {
      ++totals.same;
      continue;
    }
    ++(std::ranges::any_of(compared.differences, counts) ? totals.changed : totals.only_volatile);
    told(compared);
  }
  for (const std::uint64_t n : pairing.only_second) {
    const auto after = second.fetch(n - 1);
    if (!after) continue;
    ++totals.added;
    told(of((*after)->request, 0, n));
  }
  return totals;
}

std::string to_text(const Compared& compared, bool with_volatile, bool colour) {
  const std::string_view word = word_of(compared);
  if (word == "volatile" && !with_volatile) return {};
  const auto paint = [colour](const char* code) { return colour ? std::string("\x1b[") + code + "m" : std::string(); };
  const auto number = [](std::uint64_t n) { return n == 0 ? std::string("-") : "#" + std::to_string(n); };
  const char* sign = word == "removed" ? "-" : word == "added" ? "+" : word == "changed" ? "~" : " ";
  const char* code = word == "removed" ? "31" : word == "added" ? "32" : word == "changed" ? "33" : "2";
  std::string out = paint(code) +
                    fmt::format("{} {:<6} {:<6} {} {}", sign, number(compared.first), number(compared.second),
                                printable(compared.method), printable(compared.url)) +
                    paint("0") + "\n";
  for (const bool is_volatile : {false, true}) {
    if (is_volatile && !with_volatile) break;
    for (const match::PartDifference& one : compared.differences) {
      if (one.is_volatile != is_volatile) continue;
      out += fmt::format("    {}{}{}{}: {} -> {}\n", is_volatile ? "(volatile) " : "", one.part,
                         one.place.empty() ? "" : " ", printable(shortened(one.place, 120)), one.before, one.after);
    }
  }
  return out;
}

std::string to_json(const Compared& compared) {
  json::Writer w;
  w.begin_object().member("change", word_of(compared));
  if (compared.first != 0) w.member("a", compared.first);
  if (compared.second != 0) w.member("b", compared.second);
  w.member("method", compared.method).member("url", compared.url);
  if (compared.first != 0 && compared.second != 0) {
    w.key("differences").begin_array();
    for (const match::PartDifference& one : compared.differences) {
      w.begin_object().member("part", one.part).member("place", one.place);
      w.member("before", one.before).member("after", one.after).member("volatile", one.is_volatile).end_object();
    }
    w.end_array();
  }
  w.end_object();
  return w.take() + "\n";
}

std::string to_text(const ComparisonTotals& totals) {
  std::string out = fmt::format("{} changed, {} removed, {} added, {} the same, {} but for volatile parts",
                                totals.changed, totals.removed, totals.added, totals.same, totals.only_volatile);
  if (totals.unreadable > 0) out += fmt::format(", {} can not be read", totals.unreadable);
  return out + "\n";
}

std::string to_json(const ComparisonTotals& totals) {
  json::Writer w;
  w.begin_object().key("totals").begin_object().member("changed", totals.changed).member("removed", totals.removed);
  w.member("added", totals.added).member("same", totals.same).member("only_volatile", totals.only_volatile);
  w.member("unreadable", totals.unreadable).end_object().end_object();
  return w.take() + "\n";
}

}  // namespace cvr::app
