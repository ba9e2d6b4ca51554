// Redacted requests made by hand, for tests of matching.
#pragma once

#include <stdexcept>

#include "cvr/matcher.h"
#include "match/walk.h"
#include "profiles/profile.h"

namespace cvr::match {

// "a<<token:xyz>>b" is the text "axyzb" with a pseudonym of that kind on "xyz".
inline RedactedText marked(std::string_view spelled) {
  RedactedText out;
  for (;;) {
    const std::size_t begin = spelled.find("<<");
    out.text += spelled.substr(0, begin);
    if (begin == std::string_view::npos) return out;
    const std::size_t colon = spelled.find(':', begin);
    const std::size_t end = spelled.find(">>", colon);
    const std::string_view value = spelled.substr(colon + 1, end - colon - 1);
    out.spans.push_back({static_cast<std::uint32_t>(out.text.size()), static_cast<std::uint32_t>(value.size()),
                         kind_from(spelled.substr(begin + 2, colon - begin - 2)).value(), "test"});
    out.text += value;
    spelled.remove_prefix(end + 2);
  }
}

inline RedactedField field(std::string_view name, std::string_view value) { return {marked(name), marked(value)}; }

// "GET https://host/path?query"; pseudonyms as above.
inline RedactedRequest request(std::string_view method, std::string_view target, std::vector<RedactedField> fields = {},
                               std::string_view body = {}) {
  RedactedRequest out;
  out.method = method;
  out.origin.host = "api.example.com";
  const std::size_t question = target.find('?');
  out.path = marked(target.substr(0, question));
  out.has_query = question != std::string_view::npos;
  if (out.has_query) out.query = marked(target.substr(question + 1));
  out.fields = std::move(fields);
  out.body.content = marked(body);
  out.body.wire_size = out.body.content.text.size();
  return out;
}

inline RedactedRequest get(std::string_view target, std::vector<RedactedField> fields = {}) {
  return request("GET", target, std::move(fields));
}
inline RedactedRequest post(std::string_view type, std::string_view body) {
  std::vector<RedactedField> fields;
  if (!type.empty()) fields.push_back(field("Content-Type", type));
  return request("POST", "/things", std::move(fields), body);
}
inline RedactedRequest json(std::string_view body) { return post("application/json", body); }
inline RedactedRequest form(std::string_view body) { return post("application/x-www-form-urlencoded", body); }

inline MatchRules test_rules() {
  MatchRules rules;
  rules.volatile_query = {"nonce"};
  rules.volatile_json = {"requestid"};
  rules.volatile_form = {"assertion"};
  rules.credential_headers = {"authorization", "x-api-token"};
  rules.fingerprint = 7;
  return rules;
}

inline bool same_bucket(const RedactedRequest& a, const RedactedRequest& b) {
  const MatchKey x = key_of(a, test_rules());
  const MatchKey y = key_of(b, test_rules());
  const bool equal = x.bucket_lo == y.bucket_lo && x.bucket_hi == y.bucket_hi;
  // What decides and what explains say the same.
  EXPECT_EQ(equal, compare(a, b, test_rules()).rule.empty()) << compare(a, b, test_rules()).asked;
  EXPECT_EQ(equal, compare(b, a, test_rules()).rule.empty());
  return equal;
}

inline bool same_exact(const RedactedRequest& a, const RedactedRequest& b) {
  const MatchKey x = key_of(a, test_rules());
  const MatchKey y = key_of(b, test_rules());
  return x == y;
}

// The events of a walk as text: "{name=value,...}".
class Transcript : public Visitor {
 public:
  void begin(Shape shape) override {
    comma();
    text_ += shape == Shape::kObject ? "{" : shape == Shape::kArray ? "[" : "(";
    closers_ += shape == Shape::kObject ? '}' : shape == Shape::kArray ? ']' : ')';
  }
  void name(const Leaf& name) override {
    comma();
    text_ += std::string(name.by_kind) + '=';
  }
  void end() override {
    text_ += closers_.back();
    closers_.pop_back();
  }
  void leaf(const Leaf& leaf) override {
    comma();
    constexpr std::string_view kTypes = "bsnw";  // bytes, string, number, word
    text_ += kTypes[static_cast<std::size_t>(leaf.type)];
    text_ += ':' + std::string(leaf.by_kind);
    if (leaf.exact != leaf.by_kind) text_ += '|' + std::string(leaf.exact);
  }
  void restart() override {
    text_ += "!";
    closers_.clear();
  }
  const std::string& text() const { return text_; }

 private:
  void comma() {
    if (!text_.empty() && !std::string_view("{[(=!").contains(text_.back())) text_ += ',';
  }
  std::string text_, closers_;
};

}  // namespace cvr::match
