// XML and HTML, without building a tree: the text of elements and the values of attributes whose
// names are sensitive, and `value="..."` or the content of an element whose `name` or `key` is one.  In XML
// a sensitive element speaks for all the text in it, comments and elements between; <key>password</key>
// speaks for the text that follows it (property lists, XML-RPC), and what it refers to (&name;) is its value
// where that is declared.  Then the same pairs that rules/text.cpp
// finds, for scripts in pages.
#include <algorithm>
#include <string>
#include <vector>

#include "base/char_set.h"
#include "cvr/http.h"
#include "redact/innocent.h"
#include "redact/leaf.h"
#include "redact/rules.h"
#include "redact/rules/xml_entities.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxTag = 16u << 10;
constexpr std::size_t kMaxName = 64;
constexpr std::size_t kMaxOpen = 1024;              // elements whose names are kept; deeper ones have no parent
constexpr std::size_t kMaxSpelled = 10 * kMaxName;  // "&#x0070;"

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

// HTML knows no case (WHATWG HTML section 13.1.2), and people who write XML by hand often do not.
bool is(std::string_view name, std::string_view lower) { return http::equals_ignoring_case(name, lower); }
bool is_any(std::string_view name, std::initializer_list<std::string_view> lower) {
  return std::ranges::any_of(lower, [&](std::string_view word) { return is(name, word); });
}
bool starts_with_on(std::string_view name) { return is(name.substr(0, 2), "on"); }

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

// A name without its character references.
std::string named_text(std::string_view raw) {
  return raw.find('&') == raw.npos || raw.size() > kMaxSpelled ? std::string(raw) : decode(raw, View::kHtml);
}

constexpr std::string_view kSpace = " \t\r\n";
constexpr CharSet kOpen("{[\"&%");  // of a document in a page

class MarkupCollector {
 public:
  MarkupCollector(std::string_view text, bool html, Context& context, Edits& edits)
      : text_(text), html_(html), context_(context), edits_(edits), entities_(html ? std::string_view() : text) {}

  void run() {
    declared();
    for (std::size_t at = 0; at < text_.size();) {
      if (text_[at] != '<') {
        at = characters(at);
      } else if (text_.substr(at).starts_with(kData)) {
        const std::size_t end = std::min(text_.find("]]>", at), text_.size());
        piece(at + kData.size(), end, true);
        at = std::min(end + 3, text_.size());
      } else if (text_.substr(at).starts_with("<!--")) {
        const std::size_t end = std::min(text_.find("-->", at), text_.size());
        if (inside_) piece(std::min(at + 4, end), end, true);
        at = std::min(end + 3, text_.size());
      } else {
        at = tag(at);
      }
    }
    finish();
  }

 private:
  static constexpr std::string_view kData = "<![CDATA[";

  // An entity whose own name tells.
  void declared() {
    for (XmlEntity& entity : entities_.all()) {
      if (const auto named = context_.names.find_xml(entity.name, {})) value_of(entity, *named, entity.name);
    }
  }

  void value_of(XmlEntity& entity, const Named& named, std::string_view name) {
    if (std::exchange(entity.met, true)) return;
    const std::string_view raw = text_.substr(entity.begin, entity.end - entity.begin);
    if (refers(raw, named, name) || is_oauth(named.guard) || (named.general && !admits(named, name, raw))) return;
    collect_named(named, name, raw, entity.begin, View::kHtml, "markup.name", Place::kMarkup, context_, edits_);
  }

  // What a value of that name refers to is one too; whether nothing else stands in it.
  bool refers(std::string_view raw, const Named& named, std::string_view name) {
    std::size_t at = 0;
    XmlEntity* entity = entities_.next(raw, at);
    if (entity == nullptr) return false;
    const bool alone = raw == '&' + std::string(entity->name) + ';';
    for (; entity != nullptr; entity = entities_.next(raw, at)) value_of(*entity, named, name);
    return alone;
  }

  // Text up to the next tag.
  std::size_t characters(std::size_t at) {
    const std::size_t end = std::min(text_.find('<', at), text_.size());
    piece(at, end, false);
    return end;
  }

  // A stretch of the text of the element at hand.
  void piece(std::size_t begin, std::size_t end, bool verbatim) {
    const std::string_view raw = text_.substr(begin, end - begin);
    if (raw.find_first_not_of(kSpace) == raw.npos) return;
    if (label_) label_text_ = verbatim ? std::string(raw) : named_text(raw);
    const auto view = verbatim ? std::nullopt : std::optional(View::kHtml);
    if (!inside_) return leaf(raw, begin, view);
    if (view && refers(trimmed(raw), named_, element_)) return;
    const std::string plain = view ? decode(raw, *view) : std::string(raw);
    const std::size_t from = raw.find_first_not_of(kSpace);
    const std::string_view value = std::string_view(plain).substr(plain.find_first_not_of(kSpace));
    if ((named_.general && !admits(named_, element_, value)) || (nested_ > 0 && is_description(child_, value))) return;
    all_ += plain;
    ++pieces_;
    const bool whole = nested_ == 0 && !follows_;
    const std::size_t skip = whole ? 0 : from;
    const std::size_t size = whole ? raw.size() : raw.find_last_not_of(kSpace) + 1 - from;
    collect_named(named_, element_, raw.substr(skip, size), begin + skip, view, "markup.name", Place::kMarkup, context_,
                  edits_);
    if (follows_) finish();
  }

  // Text that no name marks: a document in the document.  The prose of pages is none.
  void leaf(std::string_view raw, std::size_t begin, std::optional<View> view) {
    const std::string_view value = trimmed(raw);
    const auto from = static_cast<std::size_t>(value.data() - raw.data());
    if (!html_ || kOpen.has(value[0])) collect_leaf(value, begin + from, view, context_, edits_);
  }

  void begin_inside(const Named& named, std::string_view name, bool follows) {
    if (is_oauth(named.guard)) return;
    finish();
    inside_ = true;
    follows_ = follows;
    named_ = named;
    element_ = name;
    nested_ = 0;
  }

  void finish() {
    if (inside_ && pieces_ > 1) context_.masker.learn(all_, named_.kind, Place::kMarkup);
    inside_ = follows_ = false;
    all_.clear();
    pieces_ = 0;
  }

  std::size_t tag(std::size_t at) {
    const std::size_t end = std::min(text_.find('>', at), text_.size());
    const bool closing = at + 1 < text_.size() && text_[at + 1] == '/';
    const std::size_t from = at + (closing ? 2 : 1);
    const std::size_t stop = name_end(text_, from);
    const std::size_t next = std::min(end + 1, text_.size());
    if (stop == from || end - at > kMaxTag) return std::max(next, at + 1);
    const std::string_view name = local(text_.substr(from, stop - from));
    if (closing) {
      close();
      return next;
    }
    const bool empty = text_[end - 1] == '/';
    const auto field = attributes(name, stop, end);
    label_ = false;
    if (inside_ && !follows_) {
      if (html_ || named_.guard == Guard::kPerson) {  // <pilot> is a name, or holds one among others
        finish();
      } else if (!empty) {
        child_ = name;
        ++nested_;
      }
    }
    if (empty) return next;
    const std::string_view parent = depth_ == 0 || depth_ > kMaxOpen ? std::string_view() : open_.back();
    if (!html_ && ++depth_ <= kMaxOpen) open_.push_back(name);  // of HTML not every element is closed
    if (!inside_ || follows_) {
      const auto named = context_.names.find_xml(name, parent);
      if (named) {
        begin_inside(*named, name, false);
      } else if (field && (!html_ || is(name, "textarea") || is(name, "output"))) {
        begin_inside(*field, name, false);
      }
    }
    label_ = !inside_ && !html_ && is_any(name, {"key", "name", "param-name"});
    label_text_.clear();
    return next;
  }

  void close() {
    if (depth_ > 0 && depth_-- <= kMaxOpen) open_.pop_back();
    if (inside_ && !follows_ && --nested_ < 0) finish();
    if (label_ && !label_text_.empty() && label_text_.size() <= kMaxName) {
      const auto named = context_.names.find_xml(label_text_, {});
      if (named) begin_inside(*named, label_text_, true);
    }
    label_ = false;
  }

  static std::string_view trimmed(std::string_view raw) {
    const std::size_t from = std::min(raw.find_first_not_of(kSpace), raw.size());
    return raw.substr(from, raw.find_last_not_of(kSpace) + 1 - from);
  }

  // Edits for one tag; what a `name` or `key` in it says of the element's content.
  std::optional<Named> attributes(std::string_view element, std::size_t begin, std::size_t end) {
    std::optional<Named> field;
    Attribute value;
    bool password = false;
    for_each_attribute(text_, begin, end, [&](const Attribute& attribute) {
      const std::string_view content = text_.substr(attribute.begin, attribute.end - attribute.begin);
      if (const auto named = context_.names.find_xml(attribute.name, element);
          named && admits(*named, attribute.name, content) && !is_oauth(named->guard) &&
          !(is(attribute.name, "accesskey") && content.size() <= 3)) {
        add(*named, attribute);
      } else if (content.size() >= 8 && !starts_with_on(attribute.name) && !is(attribute.name, "style")) {
        collect_leaf(content, attribute.begin, View::kHtml, context_, edits_);
      }
      if (is_any(attribute.name, {"name", "id", "key", "field", "param", "k"})) {
        if (const auto named = context_.names.find_form(named_text(content))) field = named;
      }
      if (is(attribute.name, "type")) password = is(content, "password");
      if (is_any(attribute.name, {"value", "content", "val", "v"})) value = attribute;
    });
    if (password && is(element, "input")) field = Named{Kind::kPassword};
    const std::string_view content = text_.substr(value.begin, value.end - value.begin);
    if (field && (!field->general || admits(*field, {}, content)) && !is_oauth(field->guard)) add(*field, value);
    return field;
  }

  void add(const Named& named, const Attribute& attribute) {
    const std::string_view raw = text_.substr(attribute.begin, attribute.end - attribute.begin);
    if (refers(raw, named, attribute.name)) return;
    collect_named(named, attribute.name, raw, attribute.begin, View::kHtml, "markup.name", Place::kMarkup, context_,
                  edits_);
  }

  std::string_view text_;
  bool html_;
  Context& context_;
  Edits& edits_;
  XmlEntities entities_;

  std::vector<std::string_view> open_;
  std::size_t depth_ = 0;
  bool inside_ = false;   // of a sensitive element
  bool follows_ = false;  // of the text after <key>NAME</key>, wherever it stands
  Named named_;
  std::string element_;
  std::string_view child_;
  int nested_ = 0;  // elements open in it
  std::string all_;
  int pieces_ = 0;
  bool label_ = false;  // in <key> or <name>
  std::string label_text_;
};

}  // namespace

Result<void> collect_markup(std::string_view text, const MediaType& type, Context& context, Edits& edits) {
  const bool html = type.essence.find("html") != std::string::npos;
  MarkupCollector(text, html, context, edits).run();
  return collect_text(text, type, context, edits);
}

}  // namespace cvr::redact
