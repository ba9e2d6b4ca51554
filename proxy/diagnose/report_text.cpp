#include "diagnose/report_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/escape.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

constexpr std::size_t kMostLines = 12;  // of one list
constexpr std::size_t kLongestLine = 400;

std::string line_text(std::string_view text) { return printable(shortened(text, kLongestLine)); }

class Report {
 public:
  Report(const Diagnosis& diagnosis, const TextOptions& options) : d_(diagnosis), options_(options) {}

  std::string run() {
    head();
    first();
    findings("What is positive", [](const Finding& f) { return f.is_hit() && f.outcome != Outcome::kPass; });
    // Without a call everything is open, and M06 says so.
    if (!d_.facts->after().empty())
      findings("What is open", [](const Finding& f) { return f.outcome == Outcome::kUnknown; });
    sides();
    changes();
    comparisons();
    tail();
    return std::move(out_);
  }

 private:
  std::string paint(std::string_view text, std::string_view code) const {
    return options_.colour ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  }
  void title(std::string_view text) { out_ += "\n" + paint(text, "1") + "\n"; }

  static std::string input_text(const Input& input) {
    std::string out = count_text(input.interactions, "interaction");
    if (input.from_us) out += ", " + time_text(*input.from_us) + " to " + time_text(*input.to_us);
    if (input.gaps > 0) out += ", " + count_text(input.gaps, "gap");
    return out;
  }

  void head() {
    const Verdict& verdict = d_.verdict;
    const bool proven = verdict.level >= Level::kStronglyIndicated;
    out_ += "Is the fault outside the client?  " + paint(to_string(verdict.level), proven ? "1;32" : "1;33") + "\n";
    out_ += line_text(verdict.text) + "\n\n";
    out_ += "after   " + input_text(d_.after) + "\n";
    out_ += "before  " + (d_.before ? input_text(*d_.before) : std::string("none given (--before FILE)")) + "\n";
    if (const std::size_t strangers = d_.facts->strangers().size(); strangers > 0) {
      out_ +=
          fmt::format("        {} to other hosts than the profile's, not looked at\n", count_text(strangers, "call"));
    }
  }

  void first() {
    if (d_.first.empty()) return;
    title("Do these first");
    std::size_t number = 0;
    for (const FirstStep& step : d_.first)
      out_ += fmt::format("  {}. {}  {}\n", ++number, step.rule, line_text(step.text));
  }

  template <class Wanted>
  void findings(std::string_view name, Wanted wanted) {
    std::size_t shown = 0, all = 0;
    for (const Finding& finding : d_.findings) {
      if (!wanted(finding)) continue;
      if (all++ == 0) title(name);
      if (shown == kMostLines && finding.outcome != Outcome::kFail) continue;
      ++shown;
      const std::string_view code = finding.outcome == Outcome::kFail   ? "31"
                                    : finding.outcome == Outcome::kWarn ? "33"
                                                                        : "2";
      out_ += "  " + paint(fmt::format("{:<8}", to_string(finding.outcome)), code) +
              fmt::format("{}  {:<15}{}\n", finding.rule, to_string(finding.side), line_text(finding.message));
    }
    if (all > shown) out_ += fmt::format("  and {} more (--json has all)\n", all - shown);
  }

  void sides() {
    title("Sides");
    for (std::size_t i = 0; i < kSideCount; ++i) {
      const SideVerdict& side = d_.verdict.sides[i];
      std::string rules;
      for (const std::string_view rule : side.rules) rules += std::string(rule) + " ";
      std::string line = fmt::format("  {:<15}{:<20}{}", to_string(static_cast<Side>(i)), to_string(side.level), rules);
      if (side.uncapped != side.level) line += fmt::format(" ({} before the cap)", to_string(side.uncapped));
      while (line.ends_with(' ')) line.pop_back();
      out_ += line + "\n";
    }
  }

  void changes() {
    if (d_.change_points.empty()) return;
    title("When it changed");
    std::size_t shown = 0;
    for (const ChangePoint& point : d_.change_points) {
      if (shown++ == kMostLines) break;
      out_ += fmt::format("  {}: worked {} ({}), fails since {} ({}), with {}", line_text(point.operation),
                          time_text(point.last_success->at_us), numbers({point.last_success}),
                          time_text(point.first_failure->at_us), numbers({point.first_failure}),
                          point.same_credential ? "the same credential" : "another credential");
      if (point.brackets_rebuild) out_ += "; the weekly rebuild lies between";
      if (point.after_snapshot) out_ += ", and what worked is newer than its snapshot";
      out_ += "\n";
    }
    if (d_.change_points.size() > kMostLines) out_ += "  and more (--json has all)\n";
  }

  void comparisons() {
    const auto different = [](const BeforeAfter& pair) { return pair.comparison.sameness == Sameness::kDifferent; };
    if (d_.comparisons.empty()) return;
    title("Before and after");
    std::size_t shown = 0;
    for (const BeforeAfter& pair : d_.comparisons) {
      if (shown++ == kMostLines) break;
      out_ += fmt::format("  {}: {} against {}: {}\n", line_text(pair.after->operation.name), numbers({pair.after}),
                          numbers({pair.before}), to_string(pair.comparison.sameness));
      if (!different(pair)) continue;
      constexpr std::size_t kMostDifferencesShown = 5;
      const auto& all = pair.comparison.differences;
      for (std::size_t i = 0; i < std::min(all.size(), kMostDifferencesShown); ++i) {
        out_ += fmt::format("    {}: {} -> {}\n", line_text(all[i].place), line_text(shortened(all[i].before, 60)),
                            line_text(shortened(all[i].after, 60)));
      }
      if (pair.comparison.count > kMostDifferencesShown) {
        out_ += fmt::format("    and {} more\n", pair.comparison.count - kMostDifferencesShown);
      }
    }
  }

  void tail() {
    const auto count = [&](Outcome outcome) { return std::ranges::count(d_.findings, outcome, &Finding::outcome); };
    out_ += fmt::format("\n{} pass, {} not applicable.  cvr show FILE N shows an interaction; --json has everything.\n",
                        count(Outcome::kPass), count(Outcome::kNotApplicable));
  }

  const Diagnosis& d_;
  const TextOptions& options_;
  std::string out_;
};

}  // namespace

std::string to_text(const Diagnosis& diagnosis, const TextOptions& options) { return Report(diagnosis, options).run(); }

}  // namespace cvr::diagnose
