#include <algorithm>

#include "base/escape.h"
#include "base/json_writer.h"
#include "cvr/matcher.h"

namespace cvr::match {
namespace {

constexpr std::uint64_t kMostLookedAt = 2000;
constexpr std::size_t kMostTold = 3;

std::string url_of(const RedactedRequest& request) {
  std::string url = http::to_string(request.origin) + (request.path.text == "*" ? "/*" : request.path.text);
  if (request.has_query) url += '?' + request.query.text;
  return url;
}

struct Candidate {
  Nearest nearest;
  bool used;
};

bool before(const Candidate& a, const Candidate& b) {
  // An unused recording of the same request is what a run most probably meant; far ones are not.
  const bool a_late = a.used;
  const bool b_late = b.used;
  if (a_late != b_late) return !a_late;
  if (a.nearest.difference.distance != b.nearest.difference.distance) {
    return a.nearest.difference.distance < b.nearest.difference.distance;
  }
  return a.nearest.n < b.nearest.n;
}

}  // namespace

std::vector<Nearest> nearest(const RedactedRequest& asked, std::uint64_t count,
                             const std::function<Result<RedactedInteraction>(std::uint64_t index)>& fetch,
                             const MatchRules& rules, const std::function<bool(std::uint64_t index)>& was_used) {
  std::vector<Candidate> best;
  const std::uint64_t step = std::max<std::uint64_t>(1, (count + kMostLookedAt - 1) / kMostLookedAt);
  for (std::uint64_t i = 0; i < count; i += step) {
    const auto recorded = fetch(i);
    if (!recorded) continue;
    Candidate candidate{{i + 1, (*recorded)->request.method, url_of((*recorded)->request),
                         compare(asked, (*recorded)->request, rules)},
                        was_used(i)};
    if (candidate.nearest.difference.rule.empty()) {
      // Matches, so every recording of it was used up.
      candidate.nearest.difference = {"used", "once more", "all recordings of it were used", 0};
    }
    best.insert(std::upper_bound(best.begin(), best.end(), candidate, before), std::move(candidate));
    if (best.size() > kMostTold) best.pop_back();
  }
  std::vector<Nearest> out;
  for (Candidate& candidate : best) out.push_back(std::move(candidate.nearest));
  return out;
}

std::string to_json(const MissReport& report) {
  json::Writer w;
  w.begin_object();
  w.member("type", "urn:cvr:miss").member("title", "No recorded interaction answers this request").member("status", 502);
  w.member("detail", report.reason);
  w.key("asked").begin_object().member("method", report.method).member("url", report.url).end_object();
  w.key("nearest").begin_array();
  for (const Nearest& near : report.nearest) {
    w.begin_object().member("n", near.n).member("method", near.method).member("url", near.url);
    w.member("rule", near.difference.rule).member("asked", near.difference.asked);
    w.member("recorded", near.difference.recorded).end_object();
  }
  w.end_array();
  w.member("hint", report.hint);
  w.end_object();
  return w.take() + "\n";
}

std::string to_text(const MissReport& report) {
  std::string out = "miss: " + printable(report.method) + " " + printable(report.url) + "\n  " + printable(report.reason) + "\n";
  for (const Nearest& near : report.nearest) {
    out += "  nearest #" + std::to_string(near.n) + "  " + printable(near.method) + " " + printable(near.url) + "\n";
    out += "    " + near.difference.rule + " differs\n";
    out += "      asked     " + printable(near.difference.asked) + "\n";
    out += "      recorded  " + printable(near.difference.recorded) + "\n";
  }
  if (report.nearest.empty()) out += "  the cassette holds no interaction\n";
  out += "  " + printable(report.hint) + "\n";
  return out;
}

}  // namespace cvr::match
