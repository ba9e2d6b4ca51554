// C06: past dates, empty legs, no passengers, empty texts where none may be.
#include <algorithm>
#include <charconv>
#include <optional>

#include "diagnose/fields.h"
#include "diagnose/json_leaves.h"
#include "diagnose/rules/support.h"
#include "model/omission.h"

namespace cvr::diagnose {
namespace {

struct Seen {
  Calls bad, redacted, unclear;
  std::string what;
  std::size_t looked = 0;
};

bool is_below(std::string_view shape, const std::vector<std::string>& keys) {
  while (!shape.empty()) {
    shape.remove_prefix(1);
    const std::size_t end = std::min(shape.find('/'), shape.size());
    if (is_listed_without_case(keys, shape.substr(0, end))) return true;
    shape.remove_prefix(end);
  }
  return false;
}

// A number as servers read texts: with blanks and a sign.  nullopt: it is none.
std::optional<double> number_of(std::string_view text) {
  constexpr std::string_view kBlank = " \t";
  const std::size_t begin = std::min(text.find_first_not_of(kBlank), text.size());
  text = text.substr(begin, text.find_last_not_of(kBlank) + 1 - begin);
  if (text.starts_with('+')) text.remove_prefix(1);
  if (text.find_first_not_of("-+.0123456789eE") != text.npos) return std::nullopt;  // no "nan", no "inf"
  double out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

// What is there, and can not be read as what it must be: a question, where the call has never worked in this form.
bool is_unclear(const JsonLeaf& leaf, const Call& call, const profiles::Diagnosis& vendor) {
  if (!call.failed || call.same_success != nullptr) return false;
  const std::string_view key = last_key(leaf.shape);
  const bool is_text = leaf.type == JsonLeaf::Type::kText;
  if (is_listed_without_case(vendor.future_dates, key)) return !is_text || !parse_day(leaf.text);
  const bool number = is_text || leaf.type == JsonLeaf::Type::kNumber;
  return is_listed_without_case(vendor.at_least_one, key) && leaf.text != "null" &&
         (!number || (!leaf.text.empty() && !number_of(leaf.text)));
}

std::int64_t today_of(const Call& call) { return call.at_us - call.at_us % kDay; }

// A date, under whatever name, that was ahead when this call worked and is past now.
bool has_date_that_ran_out(const Call& call) {
  if (!call.failed || call.same_success == nullptr) return false;
  const std::vector<std::int64_t>& now = call.form.dates;
  const std::vector<std::int64_t>& then = call.same_success->form.dates;
  for (std::size_t i = 0; i < std::min(now.size(), then.size()); ++i) {
    if (now[i] < today_of(call) && then[i] >= today_of(*call.same_success)) return true;
  }
  return false;
}

// What is wrong with one value; empty: nothing.
std::string problem_of(const JsonLeaf& leaf, const Call& call, const profiles::Diagnosis& vendor) {
  const std::string_view key = last_key(leaf.shape);
  const bool is_text = leaf.type == JsonLeaf::Type::kText;
  if (is_text && is_listed_without_case(vendor.future_dates, key)) {
    if (const auto day = parse_day(leaf.text); day && *day < today_of(call)) return "the date is past";
  }
  if ((is_text || leaf.type == JsonLeaf::Type::kNumber) && is_listed_without_case(vendor.at_least_one, key)) {
    const auto number = number_of(leaf.text);
    if (leaf.text.empty() || (number && *number <= 0)) return "0 or nothing";
  }
  if (leaf.text == "null" && !is_text && call.failed && is_listed_without_case(vendor.at_least_one, key)) {
    return "0 or nothing";
  }
  if (leaf.type == JsonLeaf::Type::kEmptyList && is_listed_without_case(vendor.not_empty_lists, key)) {
    return "an empty list";
  }
  if (is_text && leaf.text.empty() && is_below(leaf.shape, vendor.no_empty_texts)) return "an empty text";
  return {};
}

bool is_watched(const JsonLeaf& leaf, const profiles::Diagnosis& vendor) {
  const std::string_view key = last_key(leaf.shape);
  return is_listed_without_case(vendor.future_dates, key) || is_listed_without_case(vendor.at_least_one, key);
}

void look(const Call* call, const profiles::Diagnosis& vendor, Seen& seen) {
  const RedactedBody& body = call->parts->request.body;
  if (body.omitted == kOmittedNoJson) return;  // C11
  if (body.omitted) return seen.redacted.push_back(call);
  if (!begins_as_json(body.content.text)) return;
  const JsonLeaves read = read_json(body.content.text);
  if (read.read == JsonRead::kGood) ++seen.looked;
  bool redacted = false, unclear = false;
  for (const JsonLeaf& leaf : read.leaves) {
    if (is_redacted_at(body.content, leaf.begin)) {
      redacted |= is_watched(leaf, vendor);
      continue;
    }
    // What the vendor took can be meant.
    const std::string problem = call->ok ? std::string() : problem_of(leaf, *call, vendor);
    if (problem.empty()) {
      unclear |= is_unclear(leaf, *call, vendor);
      continue;
    }
    if (seen.what.empty()) seen.what = leaf.pointer + ": " + problem;
    return seen.bad.push_back(call);
  }
  if (redacted) seen.redacted.push_back(call);
  if (unclear) seen.unclear.push_back(call);
}

}  // namespace

Finding c06(const Facts& facts, const Findings&) {
  const profiles::Diagnosis& vendor = facts.vendor();
  if (vendor.future_dates.empty() && vendor.at_least_one.empty() && vendor.not_empty_lists.empty() &&
      vendor.no_empty_texts.empty()) {
    return not_applicable("the profile names no values to look at");
  }
  Seen seen;
  for (const Call* call : facts.after()) {
    if (is_api_call(*call)) look(call, vendor, seen);
    if (is_api_call(*call) && has_date_that_ran_out(*call)) {
      if (seen.what.empty()) seen.what = "a date is past that was ahead when the call worked";
      if (std::ranges::find(seen.bad, call) == seen.bad.end()) seen.bad.push_back(call);
    }
  }
  if (facts.after().empty()) return no_calls();
  if (!seen.bad.empty()) {
    return fault("a value of " + numbers(seen.bad) + " can not be meant: " + seen.what, seen.bad,
                 "send dates to come, at least one passenger and one leg, and leave out what is empty");
  }
  if (!seen.redacted.empty()) {
    return redacted_away("values of " + numbers(seen.redacted) + " were redacted",
                         "look at dates and passenger counts yourself, or record with --privacy pii", seen.redacted);
  }
  if (!seen.unclear.empty()) {
    return warn("a date or number of " + numbers(seen.unclear) + " can not be read", seen.unclear,
                "send dates as 2026-05-01 and numbers in digits");
  }
  return seen.looked == 0 ? not_applicable("no call has a JSON body") : pass("the values can be meant");
}

}  // namespace cvr::diagnose
