// XML and HTML, without building a tree: the text of elements and the values of attributes whose
// names are sensitive, and `value="..."` of an HTML field whose `name` is.  Then the same pairs that
// rules/text.cpp finds, for scripts in pages.
#include <algorithm>

#include "redact/rules.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxTag = 16u << 10;

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         c == '.' || c == ':';
}

std::size_t name_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_name(text[at])) ++at;
  return at;
}

std::string_view local(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

struct Attribute {
  std::string_view name;
  std::size_t begin = 0;  // of the value
  std::size_t end = 0;
};

// Calls visit for each attribute in [at, end).
template <class Visit>
void for_each_attribute(std::string_view text, std::size_t at, std::size_t end, const Visit& visit) {
  text = text.substr(0, end);
  while (at < end) {
    if (!is_name(text[at])) {
      ++at;
      continue;
    }
    const std::size_t stop = name_end(text, at);
    Attribute attribute{local(text.substr(at, stop - at)), stop, stop};
    at = std::min(text.find_first_not_of(" \t\r\n", stop), end);
    if (at >= end || text[at] != '=') continue;
    at = std::min(text.find_first_not_of(" \t\r\n", at + 1), end);
    if (at < end && (text[at] == '"' || text[at] == '\'')) {
      attribute.begin = at + 1;
      attribute.end = std::min(text.find(text[at], at + 1), end);
      at = std::min(attribute.end + 1, end);
    } else {
      attribute.begin = at;
      attribute.end = at = std::min(text.find_first_of(" \t\r\n", at), end);
    }
    visit(attribute);
  }
}

void collect_attributes(std::string_view text, std::size_t begin, std::size_t end, Context& context, Edits& edits) {
  const auto add = [&](const Attribute& attribute, Kind kind) {
    context.masker.add_credential(edits, attribute.begin, text.substr(attribute.begin, attribute.end - attribute.begin),
                                  View::kHtml, kind, "markup.name", Place::kMarkup);
  };
  std::optional<Kind> field;
  Attribute value;
  for_each_attribute(text, begin, end, [&](const Attribute& attribute) {
    if (const auto kind = context.names.in_xml(attribute.name)) add(attribute, *kind);
    const std::string_view content = text.substr(attribute.begin, attribute.end - attribute.begin);
    if (attribute.name == "name" || attribute.name == "id") {
      if (const auto kind = context.names.in_form(content)) field = kind;
    }
    if (attribute.name == "value" || attribute.name == "content") value = attribute;
  });
  if (field) add(value, *field);
}

// The text of an element, CDATA sections among it, up to the next tag; answers where that is.
std::size_t collect_content(std::string_view text, std::size_t at, Kind kind, Context& context, Edits& edits) {
  constexpr std::string_view kOpen = "<![CDATA[";
  std::string all;
  int pieces = 0;
  while (at < text.size()) {
    const bool data = text.substr(at).starts_with(kOpen);
    if (!data && text[at] == '<') break;
    const std::size_t from = data ? at + kOpen.size() : at;
    const std::size_t end = std::min(data ? text.find("]]>", from) : text.find('<', from), text.size());
    const std::string_view piece = text.substr(from, end - from);
    all += data ? std::string(piece) : decode(piece, View::kHtml);
    ++pieces;
    context.masker.add_credential(edits, from, piece, data ? std::nullopt : std::optional(View::kHtml), kind,
                                  "markup.name", Place::kMarkup);
    at = data ? std::min(end + 3, text.size()) : end;
  }
  if (pieces > 1) context.masker.learn(all, kind, Place::kMarkup);
  return at;
}

}  // namespace

Result<void> collect_markup(std::string_view text, const MediaType& type, Context& context, Edits& edits) {
  std::optional<Kind> inside;  // of the element whose text follows
  for (std::size_t at = text.find('<'); at != text.npos;) {
    const std::size_t end = std::min(text.find('>', at), text.size());
    const std::size_t stop = name_end(text, at + 1);
    inside.reset();
    if (stop > at + 1 && end - at <= kMaxTag) {
      inside = context.names.in_xml(local(text.substr(at + 1, stop - at - 1)));
      collect_attributes(text, stop, end, context, edits);
      if (text[end - 1] == '/') inside.reset();
    }
    std::size_t next = std::min(text.find('<', std::min(end, text.size())), text.size());
    if (inside && end + 1 < text.size()) next = collect_content(text, end + 1, *inside, context, edits);
    at = next == text.size() ? text.npos : next;
  }
  return collect_text(text, type, context, edits);
}

}  // namespace cvr::redact
