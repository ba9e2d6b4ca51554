#include "bundle/evidence.h"

#include <algorithm>
#include <set>

#include "diagnose/citations.h"
#include "diagnose/fields.h"

namespace cvr::bundle {
namespace {

constexpr std::size_t kMostBefore = 100;

struct Numbers {
  std::set<std::uint64_t> after, before;

  void add(const diagnose::Call* call) {
    if (call == nullptr) return;
    std::set<std::uint64_t>& into = call->in == diagnose::In::kAfter ? after : before;
    if (into.size() < (call->in == diagnose::In::kAfter ? kMostCited : kMostBefore)) into.insert(call->n);
  }
};

}  // namespace

Cited cited(const Evidence& evidence) {
  const diagnose::Diagnosis& diagnosis = *evidence.diagnosis;
  Numbers numbers;
  // What a positive finding rests on first; the rest as long as there is room.
  for (const bool positive : {true, false}) {
    for (const diagnose::Finding& finding : diagnosis.findings) {
      if (finding.is_hit() != positive) continue;
      for (const diagnose::Call* call : diagnose::citations(finding)) numbers.add(call);
    }
    if (!positive) continue;
    for (const diagnose::BeforeAfter& pair : diagnosis.comparisons) {
      numbers.add(pair.before);
      numbers.add(pair.after);
    }
    for (const diagnose::ChangePoint& point : diagnosis.change_points) {
      numbers.add(point.last_success);
      numbers.add(point.first_failure);
    }
    for (const diagnose::Call* call : diagnosis.facts->controls()) numbers.add(call);
  }
  for (const diagnose::Call* call : diagnosis.facts->failures()) numbers.add(call);
  // A short recording is shown as a whole.
  for (const diagnose::Call& call : diagnosis.facts->timeline()) {
    if (call.in == diagnose::In::kAfter) numbers.add(&call);
  }
  return {{numbers.after.begin(), numbers.after.end()}, {numbers.before.begin(), numbers.before.end()}};
}

std::string number_text(std::uint64_t n) {
  std::string out = std::to_string(n);
  if (out.size() < 4) out.insert(0, 4 - out.size(), '0');
  return out;
}

std::string status_text(const diagnose::Call& call) {
  if (call.status != 0) return std::to_string(call.status);
  return call.parts->failure ? std::string(to_string(call.parts->failure->kind)) : "no answer";
}

std::string request_id(const RedactedParts& parts) {
  if (!parts.response) return {};
  constexpr std::string_view kNames[] = {"x-request-id",     "request-id",       "x-correlation-id", "correlation-id",
                                         "x-amzn-requestid", "x-amz-request-id", "x-trace-id",       "traceparent",
                                         "x-amzn-trace-id",  "cf-ray",           "x-transaction-id", "x-b3-traceid"};
  for (const std::string_view name : kNames) {
    if (const auto value = diagnose::field_value(parts.response->fields, name); !value.empty()) {
      return std::string(value);
    }
  }
  for (const RedactedField& field : parts.response->fields) {
    std::string name = field.name.text;
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (name.ends_with("request-id") || name.ends_with("requestid") || name.ends_with("correlation-id")) {
      return field.value.text;
    }
  }
  return {};
}

std::string endpoint_text(const RedactedParts& parts) {
  std::string out = parts.request.method + " " + parts.request.path.text;
  if (parts.request.has_query) out += "?" + parts.request.query.text;
  return out;
}

}  // namespace cvr::bundle
