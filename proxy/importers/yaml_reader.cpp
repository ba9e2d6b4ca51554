#include "importers/yaml_reader.h"

#include <yaml.h>

#include <algorithm>
#include <array>

#include "base/base64.h"
#include "importers/yaml_surrogates.h"

namespace cvr::importers {
namespace {

constexpr std::size_t kNotOnPath = static_cast<std::size_t>(-1);
constexpr std::string_view kCore = "tag:yaml.org,2002:";

std::string_view view_of(const yaml_char_t* text, std::size_t size) {
  return {reinterpret_cast<const char*>(text), size};
}

std::string_view view_of(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

class Event {
 public:
  Event() = default;
  ~Event() { clear(); }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  void clear() {
    if (full) yaml_event_delete(&value);
    full = false;
  }
  yaml_event_t value{};
  bool full = false;
};

bool is_binary(std::string_view tag) { return tag == "!binary" || tag == "tag:yaml.org,2002:binary"; }

bool is_text(std::string_view tag) {
  static constexpr std::array<std::string_view, 5> kTexts = {
      "!", "!str", "tag:yaml.org,2002:str", "tag:yaml.org,2002:python/unicode", "tag:yaml.org,2002:python/str"};
  return std::ranges::find(kTexts, tag) != kTexts.end() || tag == "!ruby/string" || tag.starts_with("!ruby/string:");
}

bool is_plain(std::string_view tag) {
  static constexpr std::array<std::string_view, 5> kNames = {"int", "float", "null", "bool", "timestamp"};
  return tag.empty() || (tag.starts_with(kCore) && std::ranges::find(kNames, tag.substr(kCore.size())) != kNames.end());
}

// Of old cassettes: what the classes of VCR 1 and vcrpy 0 wrote of themselves is a map or a list like any other.
bool is_old_cassette(std::string_view tag, std::string_view name) {
  if (name == "map")
    return tag.starts_with("!ruby/struct:VCR::") || tag == "tag:yaml.org,2002:python/object:vcr.request.Request";
  return tag == "tag:yaml.org,2002:python/tuple" ||
         tag == "tag:yaml.org,2002:python/object/apply:__builtin__.frozenset" ||
         tag == "tag:yaml.org,2002:python/object/apply:builtins.frozenset";
}

bool is_container(std::string_view tag, std::string_view name) {
  return tag.empty() || tag == "!" || (tag.starts_with(kCore) && tag.substr(kCore.size()) == name) ||
         (name == "map" && tag.starts_with("!ruby/hash:")) || is_old_cassette(tag, name);
}

// As YAML 1.1 reads it, as far as the tools write it.
Node::Type type_of_plain(std::string_view text) {
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return Node::Type::kNull;
  if (text == "true" || text == "false") return Node::Type::kFlag;
  Node number;
  number.type = Node::Type::kNumber;
  number.text = text;
  const bool spelled = text.find_first_not_of("0123456789+-.eE") == text.npos;
  return spelled && number_in(number) ? Node::Type::kNumber : Node::Type::kText;
}

class Builder {
 public:
  Builder(std::string_view text, const Streamed& streamed, const NodeLimits& limits)
      : text_(text), streamed_(streamed), limits_(limits) {
    ready_ = yaml_parser_initialize(&parser_) == 1;
    if (!ready_) return;
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input(&parser_, hand_over, this);
  }
  ~Builder() {
    if (ready_) yaml_parser_delete(&parser_);
  }
  Builder(const Builder&) = delete;
  Builder& operator=(const Builder&) = delete;

  Result<Node> document() {
    if (!ready_) return fail(ErrorCode::kEnvironment, "YAML: no memory");
    Node node;
    Event event;
    for (const yaml_event_type_t wanted : {YAML_STREAM_START_EVENT, YAML_DOCUMENT_START_EVENT}) {
      if (auto done = next(event); !done) return std::unexpected(done.error());
      if (event.value.type != wanted) return error(ErrorCode::kMalformed, "no document");
    }
    if (auto done = next(event); !done) return std::unexpected(done.error());
    const bool on_path = streamed_.each || !streamed_.path.empty();
    if (auto done = value(event, node, on_path ? 0 : kNotOnPath, 1); !done) return std::unexpected(done.error());
    for (const yaml_event_type_t wanted : {YAML_DOCUMENT_END_EVENT, YAML_STREAM_END_EVENT}) {
      if (auto done = next(event); !done) return std::unexpected(done.error());
      if (event.value.type == wanted) continue;
      const auto more = error(ErrorCode::kMalformed, "more than one document");
      if (!streamed_.bad) return more;
      streamed_.bad(more.error(), 0);
      break;
    }
    return node;
  }

 private:
  std::unexpected<Error> error(ErrorCode code, const std::string& what) const {
    return fail(code, "YAML: line " + std::to_string(line_) + ": " + what);
  }

  // What is wrong with one value only.
  std::unexpected<Error> passable(ErrorCode code, const std::string& what) {
    passable_ = true;
    return error(code, what);
  }

  // libyaml keeps a scalar whole before it gives it out, so a long one is stopped while it is read.
  static int hand_over(void* self, unsigned char* buffer, std::size_t size, std::size_t* given) {
    auto& builder = *static_cast<Builder*>(self);
    builder.too_long_ = builder.at_ - builder.begun_ > builder.limits_.text;
    if (builder.too_long_) return 0;
    *given = builder.text_.copy(reinterpret_cast<char*>(buffer), size, builder.at_);
    builder.at_ += *given;
    return 1;
  }

  Result<void> next(Event& event) {
    event.clear();
    begun_ = at_;
    if (yaml_parser_parse(&parser_, &event.value) != 1) {
      if (too_long_)
        return error(ErrorCode::kLimit, "a text of more than " + std::to_string(limits_.text >> 20) + " MiB");
      line_ = parser_.problem_mark.line + 1;
      return error(ErrorCode::kMalformed, parser_.problem == nullptr ? "not readable" : parser_.problem);
    }
    event.full = true;
    const yaml_event_type_t type = event.value.type;
    if (type == YAML_SEQUENCE_START_EVENT || type == YAML_MAPPING_START_EVENT) ++open_;
    if (type == YAML_SEQUENCE_END_EVENT || type == YAML_MAPPING_END_EVENT) --open_;
    line_ = event.value.start_mark.line + 1;
    return {};
  }

  // `event` is the first of the value.
  Result<void> value(Event& event, Node& node, std::size_t on_path, int depth) {
    node.at = line_;
    if (++nodes_ > limits_.nodes) {
      return error(ErrorCode::kLimit, "more than " + std::to_string(limits_.nodes) + " values in one entry");
    }
    if (depth > limits_.depth) return error(ErrorCode::kLimit, "nested too deeply");
    switch (event.value.type) {
      case YAML_SCALAR_EVENT:
        return scalar(event, node);
      case YAML_SEQUENCE_START_EVENT:
        if (!is_container(view_of(event.value.data.sequence_start.tag), "seq")) return foreign_tag();
        return list(node, on_path == streamed_.path.size(), depth);
      case YAML_MAPPING_START_EVENT:
        if (!is_container(view_of(event.value.data.mapping_start.tag), "map")) return foreign_tag();
        return map(node, on_path, depth);
      case YAML_ALIAS_EVENT:
        return passable(ErrorCode::kUnsupported, "an alias (*name) is not read; write the value out");
      default:
        return error(ErrorCode::kMalformed, "no value");
    }
  }

  std::unexpected<Error> foreign_tag() {
    return passable(ErrorCode::kUnsupported,
                    "a tag that stands for an object is not read; only text, bytes and numbers");
  }

  Result<void> scalar(const Event& event, Node& node) {
    const auto& scalar = event.value.data.scalar;
    const std::string_view tag = view_of(scalar.tag);
    node.text = view_of(scalar.value, scalar.length);
    node.type = Node::Type::kText;
    if (is_binary(tag)) {
      std::erase_if(node.text, [](char c) { return c == '\n' || c == ' ' || c == '\r' || c == '\t'; });
      auto bytes = base64_decode(node.text);
      if (!bytes) return passable(ErrorCode::kMalformed, "!binary is no base64");
      node.text = *std::move(bytes);
      node.bytes = true;
      return {};
    }
    if (is_text(tag)) return {};
    if (!is_plain(tag)) return foreign_tag();
    if (scalar.style == YAML_PLAIN_SCALAR_STYLE) node.type = type_of_plain(node.text);
    return {};
  }

  Result<void> map(Node& node, std::size_t on_path, int depth) {
    node.type = Node::Type::kMap;
    Event event;
    for (;;) {
      if (auto done = next(event); !done) return done;
      if (event.value.type == YAML_MAPPING_END_EVENT) break;
      Node name;
      if (auto done = value(event, name, kNotOnPath, depth + 1); !done) return done;
      if (name.is(Node::Type::kList) || name.is(Node::Type::kMap)) {
        return passable(ErrorCode::kUnsupported, "a list or a map as a name is not read");
      }
      node.members.push_back({std::move(name.text), {}});
      Member& member = node.members.back();
      const bool leads = on_path < streamed_.path.size() && member.name == streamed_.path[on_path];
      if (auto done = next(event); !done) return done;
      if (auto done = value(event, member.node, leads ? on_path + 1 : kNotOnPath, depth + 1); !done) return done;
    }
    if (twice(node.members) != nullptr)
      return passable(ErrorCode::kMalformed, "a name twice in the map that ends here");
    return {};
  }

  Result<void> list(Node& node, bool streams, int depth) {
    node.type = Node::Type::kList;
    const std::size_t before = nodes_;
    const int inside = open_;
    Event event;
    for (std::size_t number = 1;; ++number) {
      if (auto done = next(event); !done) return done;
      if (event.value.type == YAML_SEQUENCE_END_EVENT) break;
      Node element;
      if (streams) nodes_ = 0;
      if (auto done = value(event, element, kNotOnPath, depth + 1); !done) {
        if (!streams || !streamed_.bad || !passable_) return done;
        if (auto passed = pass_over(event, inside); !passed) return passed;
        streamed_.bad(done.error(), number);
        continue;
      }
      if (!streams) {
        node.items.push_back(std::move(element));
      } else if (streamed_.each) {
        if (auto done = streamed_.each(element, number); !done) return done;
      }
    }
    if (streams) nodes_ = before;
    return {};
  }

  Result<void> pass_over(Event& event, int inside) {
    passable_ = false;
    while (open_ > inside) {
      if (auto done = next(event); !done) return done;
      if (open_ > inside + limits_.depth) return error(ErrorCode::kLimit, "nested too deeply");
    }
    return {};
  }

  std::string_view text_;
  std::size_t at_ = 0, begun_ = 0;  // how much was handed over; that when the event at hand began
  bool too_long_ = false;
  int open_ = 0;           // lists and maps
  bool passable_ = false;  // the last error leaves the parser where it can go on
  yaml_parser_t parser_{};
  bool ready_ = false;
  const Streamed& streamed_;
  const NodeLimits& limits_;
  std::size_t nodes_ = 0;
  std::size_t line_ = 1;
};

}  // namespace

Result<Node> read_yaml(std::string_view text, const Streamed& streamed, const NodeLimits& limits) {
  const auto mended = without_surrogates(text);
  return Builder(mended ? *mended : text, streamed, limits).document();
}

}  // namespace cvr::importers
