#include "importers/matchers.h"

#include "base/base64.h"
#include "importers/json_reader.h"
#include "importers/pattern_example.h"

namespace cvr::importers {
namespace {

std::string as_body(const Node& node, const Place& place) {
  const bool is_value = node.is(Node::Type::kMap) || node.is(Node::Type::kList);
  return is_value ? compact_json(node.raw) : text_in(node, place);
}

void note_options(const Node& matcher, const Place& place) {
  for (const std::string_view option :
       {"ignoreArrayOrder", "ignoreExtraElements", "caseInsensitive", "enablePlaceholders"}) {
    if (matcher.flag_of(option)) place.lost("options that loosen a matcher dropped");
  }
}

}  // namespace

std::optional<std::string> value_of_pattern(std::string_view pattern, const Place& place) {
  auto example = example_of(pattern);
  if (!example) return std::nullopt;
  if (!example->literal) place.lost("regular expressions turned into an example that they match");
  return std::move(example->text);
}

std::optional<Matched> wiremock_value(const Node& matcher, const Place& place) {
  if (matcher.is(Node::Type::kText)) return Matched{matcher.text};
  note_options(matcher, place);
  if (matcher.flag_of("absent") || matcher.text_of("anything") == "(always)") return Matched{{}, true};
  for (const std::string_view name : {"equalTo", "equalToJson", "equalToXml"}) {
    const Node* value = matcher.find(name);
    if (value == nullptr) continue;
    std::string text = as_body(*value, place);
    if (text.contains("${json-unit.") || text.contains("${xmlunit.")) {
      place.lost("placeholders of matchers were taken as the value (${json-unit.any-string} ...)");
    }
    return Matched{std::move(text)};
  }
  if (const Node* value = matcher.find("binaryEqualTo", Node::Type::kText)) {
    auto bytes = bytes_of_base64(value->text);
    return bytes ? std::optional(Matched{*std::move(bytes)}) : std::nullopt;
  }
  if (const Node* pattern = matcher.find("matches", Node::Type::kText)) {
    auto text = value_of_pattern(pattern->text, place);
    return text ? std::optional(Matched{*std::move(text)}) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<Matched> hoverfly_value(const Node& matcher, const Place& place) {
  if (matcher.is(Node::Type::kText)) return Matched{matcher.text};                                        // schema 1
  if (matcher.find("exactMatch") != nullptr) return Matched{std::string(matcher.text_of("exactMatch"))};  // 2 to 4
  const std::string_view kind = matcher.text_of("matcher");
  const Node* value = matcher.find("value");
  if (value == nullptr) return std::nullopt;
  if (kind == "exact" || kind == "json" || kind == "xml" || kind == "form") {
    if (kind == "form" || value->is(Node::Type::kMap)) return std::nullopt;
    return Matched{as_body(*value, place)};
  }
  if (kind == "glob") {
    if (value->text == "*") return Matched{{}, true};
    return value->text.contains('*') ? std::nullopt : std::optional(Matched{value->text});
  }
  if (kind == "regex") {
    auto text = value_of_pattern(value->text, place);
    return text ? std::optional(Matched{*std::move(text)}) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace cvr::importers
