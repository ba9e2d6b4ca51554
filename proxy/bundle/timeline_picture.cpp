#include "bundle/timeline_picture.h"

#include <fmt/format.h>

#include <algorithm>

#include "bundle/html.h"
#include "diagnose/times.h"

namespace cvr::bundle {
namespace {

using diagnose::Call;
constexpr std::size_t kMostMarks = 2'000;
constexpr int kWidth = 900, kLeft = 90, kLane = 34;

std::string mark(const Call& call, double x) {
  const bool before = call.in == diagnose::In::kBefore;
  const int y = call.ok ? kLane : 2 * kLane;
  const std::string title = fmt::format("{}#{} {} {} {}", before ? "before " : "", call.n,
                                        diagnose::time_text(call.at_us), call.operation.name, status_text(call));
  return fmt::format("<circle cx=\"{:.1f}\" cy=\"{}\" r=\"5\" class=\"{}{}\"><title>{}</title></circle>\n", x, y,
                     call.ok ? "ok" : "bad", before ? " earlier" : "", html_text(title));
}

}  // namespace

std::string timeline_svg(const Evidence& evidence) {
  std::vector<const Call*> shown;
  for (const Call& call : evidence.diagnosis->facts->timeline()) shown.push_back(&call);
  std::ranges::stable_sort(shown, {}, [](const Call* call) { return call->at_us; });
  if (shown.empty()) return "<p>No call is on record.</p>\n";
  const std::int64_t from = shown.front()->at_us, to = std::max(shown.back()->at_us, from + 1);
  const std::size_t every = (shown.size() + kMostMarks - 1) / kMostMarks;
  std::string out = fmt::format(
      "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"timeline\">\n"
      "<text x=\"4\" y=\"{}\">success</text>\n<text x=\"4\" y=\"{}\">failure</text>\n"
      "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>\n",
      kWidth, 3 * kLane + 24, kLane + 5, 2 * kLane + 5, kLeft, 3 * kLane - 8, kWidth - 10, 3 * kLane - 8);
  for (std::size_t i = 0; i < shown.size(); i += every) {
    const double part = static_cast<double>(shown[i]->at_us - from) / static_cast<double>(to - from);
    out += mark(*shown[i], kLeft + 10 + part * (kWidth - kLeft - 30));
  }
  out += fmt::format("<text x=\"{}\" y=\"{}\">{}</text>\n", kLeft, 3 * kLane + 14, diagnose::time_text(from));
  out += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n</svg>\n", kWidth - 10, 3 * kLane + 14,
                     diagnose::time_text(shown.back()->at_us));
  return out;
}

}  // namespace cvr::bundle
