#include "diagnose/normal_form.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <map>

#include "base/escape.h"
#include "diagnose/fields.h"
#include "diagnose/json_leaves.h"
#include "diagnose/times.h"

namespace cvr::diagnose {
namespace {

// RFC 9110 section 7.6.1, and what says nothing of the call but of the client that made it.
constexpr std::string_view kDropped[] = {"connection",
                                         "keep-alive",
                                         "proxy-connection",
                                         "te",
                                         "trailer",
                                         "transfer-encoding",
                                         "upgrade",
                                         "content-length",
                                         "user-agent",
                                         "date",
                                         "accept-encoding",
                                         "traceparent",
                                         "tracestate",
                                         "x-request-id",
                                         "cache-control",
                                         "pragma",
                                         "proxy-authorization",
                                         "expect",
                                         "accept-language",
                                         "origin",
                                         "referer"};

constexpr std::size_t kMostPairs = 1'000;

// Whether a span stands in [begin, end); they are sorted.
bool covers(const std::vector<Span>& spans, std::size_t begin, std::size_t end) {
  const auto ends_later = [&](const Span& s) { return std::size_t{s.begin} + s.size > begin; };
  const auto first = std::ranges::partition_point(spans, [&](const Span& s) { return !ends_later(s); });
  return first != spans.end() && first->begin < end;
}

std::string digest_text(std::string_view bytes) {
  return fmt::format("{} bytes, {:016x}", bytes.size(), XXH3_64bits(bytes.data(), bytes.size()));
}

// A text with each pseudonym replaced by its kind.
std::string by_kind(const RedactedText& text) {
  std::string out;
  std::size_t at = 0;
  for (const Span& span : text.spans) {
    if (span.begin < at || span.begin > text.text.size()) continue;
    out += text.text.substr(at, span.begin - at) + "<" + std::string(to_string(span.kind)) + ">";
    at = std::min<std::size_t>(std::size_t{span.begin} + span.size, text.text.size());
  }
  return out + text.text.substr(at);
}

class Builder {
 public:
  Builder(const RedactedRequest& request, const profiles::Profile& profile) : request_(request), profile_(profile) {}

  NormalForm run(const Credential& credential) {
    add("method", request_.method);
    add("origin", http::to_string(request_.origin));
    path();
    query();
    headers(credential);
    body();
    std::ranges::sort(form_.parts);
    std::string all;
    for (const NormalPart& part : form_.parts) (all += part.place) += '\x01' + part.value + '\x02';
    form_.digest = XXH3_64bits(all.data(), all.size());
    all += volatile_;
    form_.exact = XXH3_64bits(all.data(), all.size());
    form_.values = XXH3_64bits(values_.data(), values_.size());
    return std::move(form_);
  }

 private:
  void add(std::string place, std::string value) { form_.parts.push_back({std::move(place), std::move(value)}); }
  void add_volatile(std::string place, std::string_view value, std::string kind) {
    (volatile_ += place) += '\x01' + std::string(value) + '\x02';
    add(std::move(place), std::move(kind));
  }

  void add_date(std::string place, std::string_view value, std::int64_t at, std::string kind) {
    if (form_.dates.size() < kMostPairs) form_.dates.push_back(at);
    add_volatile(std::move(place), value, std::move(kind));
  }

  // The vendor's ids by first occurrence, dates by their class; else the text.
  void add_value(std::string place, std::string_view value) {
    if (const std::string kind = id_class(value, profile_); !kind.empty() && kind != "<number>") {
      const auto [found, added] = ids_.try_emplace(std::string(value), ids_.size() + 1);
      (values_ += value) += '\x01';
      return add_volatile(std::move(place), value, kind + "#" + std::to_string(found->second));
    }
    if (const auto time = parse_timestamp(value)) return add_date(std::move(place), value, *time, "<time>");
    if (const auto day = parse_day(value)) return add_date(std::move(place), value, *day, "<date>");
    add(std::move(place), std::string(value));
  }

  void path() {
    std::string_view rest = request_.path.text;
    for (std::size_t i = 0; !rest.empty() && i < 200; ++i) {
      rest.remove_prefix(1);
      const std::size_t end = std::min(rest.find('/'), rest.size());
      add_value(fmt::format("path {:03}", i), percent_decode(rest.substr(0, end)));
      rest.remove_prefix(end);
    }
    if (!rest.empty()) add("path rest", std::string(rest));
  }

  void query() {
    if (!request_.has_query) return;
    if (std::ranges::count(request_.query.text, '&') >= static_cast<std::ptrdiff_t>(kMostPairs)) {
      return add("query", digest_text(request_.query.text));
    }
    for (const auto& [name, value] : form_pairs(request_.query.text)) {
      if (is_listed_without_case(profile_.volatile_query, name)) {
        add_volatile("query " + name, value, "<any>");
      } else {
        add_value("query " + name, value);
      }
    }
  }

  bool is_credential(std::string_view name) const {
    return std::ranges::any_of(profile_.secret_headers,
                               [&](const auto& secret) { return http::equals_ignoring_case(secret.name, name); });
  }

  void headers(const Credential& credential) {
    const profiles::Diagnosis& vendor = profile_.diagnosis;
    for (const RedactedField& field : request_.fields) {
      const std::string name = http::to_lower(field.name.text);
      const std::string place = "header " + name;
      const bool wanted = is_listed_without_case(vendor.required_headers, name) ||
                          is_listed_without_case(vendor.steady_headers, name) ||
                          http::equals_ignoring_case(vendor.timestamp_header, name);
      const bool is_volatile = is_listed_without_case(profile_.volatile_headers, name);
      if (name == "host") {
        host(field.value.text);
      } else if (name == "cookie") {
        cookies(field.value.text);
      } else if (name == "authorization") {
        authorization(credential, field.value.text);
      } else if (std::ranges::find(kDropped, name) != std::end(kDropped) || name.starts_with("sec-") ||
                 (is_volatile && !wanted)) {
        (volatile_ += name) += '\x01' + field.value.text + '\x02';
      } else if (is_credential(name)) {
        add_volatile(place, field.value.text, "<present>");
      } else if (is_volatile) {
        add_volatile(place, field.value.text, parse_timestamp(field.value.text) ? "<time>" : "<any>");
      } else if (name == "content-type") {
        add(place, media_type(request_.fields));
      } else {
        add_volatile(place, field.value.text, by_kind(field.value));
      }
    }
  }

  // Where it says something else than the URL.
  void host(std::string_view value) {
    const std::string said = http::to_lower(value.substr(0, value.find(':')));
    if (said != request_.origin.host) add("header host", said);
  }

  // Which there are; what they hold is the session's.
  void cookies(std::string_view value) {
    std::vector<std::string> names;
    while (!value.empty()) {
      const std::string_view one = value.substr(0, value.find(';'));
      value.remove_prefix(std::min(one.size() + 1, value.size()));
      const std::size_t begin = one.find_first_not_of(' ');
      if (begin != one.npos && names.size() < kMostPairs) names.emplace_back(one.substr(begin, one.find('=') - begin));
    }
    std::ranges::sort(names);
    for (const std::string& name : names) add("cookie " + name, "<present>");
  }

  void authorization(const Credential& credential, std::string_view value) {
    std::string kind = "<" + (credential.scheme.empty() ? "no scheme" : credential.scheme);
    kind += credential.is_jwt ? " jwt" : " opaque";
    for (const std::string* claim : {&profile_.diagnosis.type_claim, &profile_.diagnosis.tenant_claim}) {
      const auto found = credential.claims.find(*claim);
      if (!claim->empty() && found != credential.claims.end()) kind += " " + *claim + "=" + found->second;
    }
    if (!credential.problem.empty()) kind += ", " + credential.problem;
    add_volatile("header authorization", value, kind + ">");
  }

  void body() {
    const RedactedBody& body = request_.body;
    if (body.omitted) return add("body", fmt::format("{} bytes, {}", body.wire_size, body.digest));
    const std::string& text = body.content.text;
    if (text.empty()) return;
    const std::string type = media_type(request_.fields);
    if (is_json_type(type) || (type.empty() && begins_as_json(text))) {
      if (json(text)) return;
    } else if (type == "application/x-www-form-urlencoded" && !begins_as_json(text)) {
      return form();
    }
    add("body", digest_text(text));
  }

  // Nothing is no other value.
  static std::string volatile_class(const JsonLeaf& leaf) {
    if (leaf.type == JsonLeaf::Type::kText) return leaf.text.empty() ? "\"\"" : "<text>";
    return leaf.text == "null" ? "=null" : "<value>";
  }

  // An object with the keys 0, 1 ... is no array: {"0": x} stands at /"0", [x] at /0.
  static std::string place_of(const JsonLeaf& leaf) {
    std::string out = "body ";
    std::string_view pointer = leaf.pointer, shape = leaf.shape;
    while (!pointer.empty()) {
      const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
      const std::size_t shape_end = std::min(shape.find('/', 1), shape.size());
      const std::string_view step = pointer.substr(0, end);
      const bool key = shape.substr(0, shape_end) != "/*" && step.find_first_not_of("0123456789", 1) == step.npos;
      out += key ? "/\"" + std::string(step.substr(1)) + '"' : std::string(step);
      pointer.remove_prefix(end);
      shape.remove_prefix(shape_end);
    }
    return out;
  }

  bool json(const std::string& text) {
    const JsonLeaves read = read_json(text);
    if (read.read != JsonRead::kGood) return false;
    for (const JsonLeaf& leaf : read.leaves) {
      const std::string place = place_of(leaf);
      const bool text_leaf = leaf.type == JsonLeaf::Type::kText;
      if (is_listed_without_case(profile_.volatile_json, last_key(leaf.shape))) {
        add_volatile(place, leaf.text, volatile_class(leaf));
      } else if (text_leaf) {
        add_value(place, leaf.text.empty() ? "\"\"" : leaf.text);
      } else {
        constexpr std::string_view kEmpty[] = {"", "", "", "{}", "[]"};
        add(place, "=" + leaf.text + std::string(kEmpty[static_cast<std::size_t>(leaf.type)]));
      }
    }
    return true;
  }

  void form() {
    const RedactedText& content = request_.body.content;
    if (std::ranges::count(content.text, '&') >= static_cast<std::ptrdiff_t>(kMostPairs)) {
      return add("body", digest_text(content.text));
    }
    std::size_t begin = 0;
    while (begin < content.text.size()) {
      const std::size_t end = std::min(content.text.find('&', begin), content.text.size());
      for (const auto& [name, value] : form_pairs(std::string_view(content.text).substr(begin, end - begin))) {
        const std::string place = "body " + name;
        if (is_listed_without_case(profile_.volatile_form, name)) {
          add_volatile(place, value, "<any>");
        } else if (covers(content.spans, begin, end)) {
          add_volatile(place, value, "<secret>");
        } else {
          add_value(place, value);
        }
      }
      begin = end + 1;
    }
  }

  const RedactedRequest& request_;
  const profiles::Profile& profile_;
  NormalForm form_;
  std::string volatile_, values_;
  std::map<std::string, std::size_t> ids_;
};

}  // namespace

NormalForm normal_form(const RedactedRequest& request, const Credential& credential, const profiles::Profile& profile) {
  return Builder(request, profile).run(credential);
}

std::string_view to_string(Sameness sameness) {
  constexpr std::string_view kWords[] = {"identical", "volatile-only", "different"};
  return kWords[static_cast<std::size_t>(sameness)];
}

Comparison compare(const NormalForm& before, const NormalForm& after) {
  Comparison out;
  if (before.digest == after.digest && before.parts == after.parts) {
    out.sameness = before.exact == after.exact ? Sameness::kIdentical : Sameness::kVolatileOnly;
    return out;
  }
  out.sameness = Sameness::kDifferent;
  const auto note = [&](const std::string& place, std::string_view was, std::string_view is) {
    if (++out.count <= kMostDifferences) {
      out.differences.push_back({place, shortened(was, 200), shortened(is, 200)});
    }
  };
  std::size_t a = 0, b = 0;
  while (a < before.parts.size() || b < after.parts.size()) {
    const NormalPart* was = a < before.parts.size() ? &before.parts[a] : nullptr;
    const NormalPart* is = b < after.parts.size() ? &after.parts[b] : nullptr;
    if (is == nullptr || (was != nullptr && was->place < is->place)) {
      note(was->place, was->value, "absent");
      ++a;
    } else if (was == nullptr || is->place < was->place) {
      note(is->place, "absent", is->value);
      ++b;
    } else {
      if (was->value != is->value) note(was->place, was->value, is->value);
      ++a, ++b;
    }
  }
  return out;
}

std::string places_text(const Comparison& comparison) {
  std::string out;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, comparison.differences.size()); ++i) {
    const SemanticDifference& one = comparison.differences[i];
    out += (out.empty() ? "" : ", ") + printable(shortened(one.place, 80));
    if (one.before == "absent") out += " (new)";
    if (one.after == "absent") out += " (gone)";
  }
  if (comparison.count > 3) out += fmt::format(" and {} more", comparison.count - 3);
  return out;
}

}  // namespace cvr::diagnose
