// C04: the timestamp is missing, badly formed, or too far off the vendor's clock.
#include <algorithm>

#include "diagnose/fields.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {
namespace {

struct Seen {
  Calls bad, unclear, redacted;
  std::string what;
  std::size_t looked = 0, good = 0;

  void complain(const Call* call, const std::string& problem) {
    if (what.empty()) what = problem;
    bad.push_back(call);
  }
};

// `clock`: Dates of other answers set the recorder's clock right.
void look(const Call* call, const profiles::Diagnosis& vendor, bool clock, Seen& seen) {
  ++seen.looked;
  if (count_fields(*call, vendor.timestamp_header) > 1) return seen.complain(call, "there twice");
  const RedactedField* field = find_field(call->parts->request.fields, vendor.timestamp_header);
  if (field == nullptr || field->value.text.empty()) return seen.complain(call, "missing");
  if (!field->value.spans.empty()) return seen.redacted.push_back(call);
  const auto sent = parse_timestamp(field->value.text);
  if (!sent) return seen.complain(call, "no ISO 8601 time with a zone");
  if (!call->date_us && !clock) return seen.unclear.push_back(call);
  // The Date is of the answer, which may have taken its time.
  const std::int64_t took = std::max<std::int64_t>(0, call->parts->timing.finished_us);
  const std::int64_t skew = vendor.clock_skew_seconds * kSecond;
  const std::int64_t ahead = *sent - call->at_us;
  if (ahead > skew) return seen.complain(call, span_text(ahead) + " ahead of the vendor's clock");
  if (ahead < -skew - took) return seen.complain(call, span_text(ahead) + " behind the vendor's clock");
  ++seen.good;
}

}  // namespace

Finding c04(const Facts& facts, const Findings&) {
  const profiles::Diagnosis& vendor = facts.vendor();
  if (vendor.timestamp_header.empty()) return not_applicable("the profile names no timestamp header");
  Seen seen;
  const bool clock = std::ranges::any_of(facts.timeline(), [](const Call& call) {
    return call.in == In::kAfter && call.vendors && call.date_us.has_value();
  });
  for (const Call* call : facts.after()) {
    if (is_api_call(*call)) look(call, vendor, clock, seen);
  }
  if (seen.looked == 0) return no_calls();
  if (!seen.bad.empty()) {
    return fault(vendor.timestamp_header + " of " + numbers(seen.bad) + ": " + seen.what, seen.bad,
                 "send the present time in UTC, as 2026-03-16T08:00:00.000Z; set this machine's clock by NTP");
  }
  if (!seen.redacted.empty()) {
    return redacted_away(vendor.timestamp_header + " was redacted in " + numbers(seen.redacted),
                         "keep this header in cvr.toml ([redact]) and record again", seen.redacted);
  }
  if (seen.good == 0) {
    return unknown("no answer has a Date to compare the timestamps with",
                   "compare this machine's clock with a time server", seen.unclear);
  }
  return pass("timestamps agree with the vendor's clock");
}

}  // namespace cvr::diagnose
