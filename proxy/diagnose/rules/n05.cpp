// N05: an answer ended before its time.
#include <charconv>

#include "diagnose/fields.h"
#include "diagnose/rules/short_bodies.h"
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

namespace {

// A client that shows no half answers still says why it has none.
bool is_about_length(const RedactedParts& parts) {
  static const std::vector<std::string> kWords = {"content_length_mismatch", "incomplete_", "partial_transfer"};
  return parts.failure && parts.failure->kind == FailureKind::kReset && holds_one_of(parts.failure->detail, kWords);
}

}  // namespace

bool is_cut_short(const Call& call) {
  const RedactedParts& parts = *call.parts;
  if (has_flag(parts, kFlagSessionEnded) || has_flag(parts, kFlagClientGone)) return false;
  if (!parts.response) return is_about_length(parts);
  if (has_flag(parts, kFlagIncomplete) || parts.failure) return true;
  // What an importer read may be decoded already: then the length is of other bytes.
  const RedactedResponse& response = *parts.response;
  const bool coded = find_field(response.fields, "content-encoding") != nullptr;
  if (coded || parts.request.method == "HEAD" || parts.response->status == 304 || response.body.omitted) return false;
  const std::string_view text = field_value(response.fields, "content-length");
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  return error == std::errc() && end == text.data() + text.size() && length > response.body.wire_size;
}

Finding n05(const Facts& facts, const Findings&) {
  Calls bad;
  for (const Call* call : facts.after()) {
    if (is_cut_short(*call)) bad.push_back(call);
  }
  if (facts.after().empty()) return no_calls();
  if (bad.empty()) return pass("answers are whole");
  return warn("the answer of " + numbers(bad) + " was cut short", bad, "repeat the call; try from another network");
}

}  // namespace cvr::diagnose
