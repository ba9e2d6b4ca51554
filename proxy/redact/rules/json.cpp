// JSON (RFC 8259): values below sensitive keys at any depth.  Only the bytes of redacted values
// change: white space, key order, repeated keys and the text of other numbers stay.
//   string -> pseudonym        number -> digits for digits, as many
//   object, array -> every scalar in it        true, false, null -> stay: they name no one
// A string that is itself a JSON text is read the same way, to a depth.
#include <algorithm>
#include <array>
#include <deque>
#include <string>
#include <vector>

#include "base/json_scan.h"
#include "redact/authorization.h"
#include "redact/check.h"
#include "redact/rules.h"
#include "redact/url.h"

namespace cvr::redact {
namespace {

constexpr int kMaxNesting = 4;  // JSON in strings of JSON
constexpr std::size_t kMinNested = 8;

// "https://host/" of a link that is secret by its path or query (a signed download): a client that
// takes the URL apart still can.
std::size_t origin_size(std::string_view raw) {
  if (!raw.starts_with("https://") && !raw.starts_with("http://")) return 0;
  const std::size_t path = raw.find_first_of("/\\@?#", raw.find("//") + 2);
  return path != raw.npos && raw[path] == '/' ? path + 1 : 0;
}

class JsonCollector {
 public:
  JsonCollector(std::string_view text, int nesting, Context& context, Edits& edits)
      : scanner_(text), nesting_(nesting), context_(context), edits_(edits) {
    // In a string of JSON another document begins, which pointers do not reach.
    if (context.pointers != nullptr && nesting == 0) walk_.emplace(*context.pointers);
  }

  Result<void> run() {
    for (;;) {
      const auto token = scanner_.next();
      if (!token) return std::unexpected(token.error());
      if (walk_) walk(*token);
      switch (*token) {
        case json::Token::kBeginObject:
        case json::Token::kBeginArray:
          open();
          break;
        case json::Token::kEndObject:
        case json::Token::kEndArray:
          close();
          break;
        case json::Token::kKey:
          key();
          break;
        case json::Token::kString:
          string();
          break;
        case json::Token::kNumber:
          if (const auto kind = kind_here()) number(*kind);
          break;
        case json::Token::kEnd:
          return {};
        default:
          break;
      }
    }
  }

 private:
  // One a level.  An array keeps the name of its own place, so that a parent is seen through it.
  struct Level {
    std::string_view name;  // of the place where the object or array stands
    std::optional<Kind> kind;
  };

  void walk(json::Token token) {
    place_ = {};
    const bool object = token == json::Token::kBeginObject;
    const bool array = token == json::Token::kBeginArray;
    if (token == json::Token::kEndObject || token == json::Token::kEndArray) {
      walk_->leave();
    } else if (token != json::Token::kKey && token != json::Token::kEnd) {
      place_ = walk_->value(key_, object || array, array);
    }
  }

  bool is_pointed_at() const { return place_.is == Pointers::Verdict::Is::kSensitive; }

  std::optional<Kind> kind_here() const {
    if (is_pointed_at()) return place_.kind;
    if (place_.is == Pointers::Verdict::Is::kKept) return std::nullopt;
    if (key_kind_ || structural_) return key_kind_;
    return levels_.empty() ? std::nullopt : levels_.back().kind;
  }

  void open() {
    const std::string_view outer = levels_.empty() ? context_.root : levels_.back().name;
    levels_.push_back({key_.empty() ? outer : key_, kind_here()});
    key_ = {};
    key_kind_.reset();
    structural_ = false;
  }

  void close() {
    levels_.pop_back();
    key_ = {};
    key_kind_.reset();
    structural_ = false;
  }

  void key() {
    key_ = scanner_.raw();
    if (scanner_.escaped()) key_ = unescaped_.emplace_back(json::unescape(key_));
    key_kind_ = kind_of_key(levels_.empty() ? context_.root : levels_.back().name);
    const auto block = levels_.empty() ? std::nullopt : levels_.back().kind;
    structural_ = block && is_personal(*block) && *block != Kind::kText && is_structural_name(key_);
  }

  // The items of a list have the same keys again and again.
  std::optional<Kind> kind_of_key(std::string_view parent) {
    const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(key_[at])); };
    if (key_.empty() || scanner_.escaped()) return context_.names.in_json(key_, parent);
    Looked& slot = looked_[(byte(0) * 7 + byte(key_.size() - 1) * 3 + key_.size()) % looked_.size()];
    if (slot.key != key_ || slot.parent != parent) slot = {key_, parent, context_.names.in_json(key_, parent)};
    return slot.kind;
  }

  // A key names one value; in an array the level's own kind goes on.
  void string() {
    const std::string_view raw = scanner_.raw();
    if (const auto kind = kind_here()) {
      const std::size_t kept = *kind == Kind::kText ? origin_size(raw) : 0;
      if (!is_pointed_at() && key_kind_ && is_authorization_name(key_)) {
        collect_authorization(raw, scanner_.begin(), View::kJson, context_, edits_);
      } else {
        context_.masker.add_credential(edits_, scanner_.begin() + kept, raw.substr(kept), View::kJson, *kind,
                                       is_pointed_at() ? "json.pointer" : "json.name", Place::kJson);
      }
      return;
    }
    if (is_own_pseudonym(raw)) {
      edits_.push_back({scanner_.begin(), scanner_.end(), Kind::kToken, "pseudonym", {}, Edit::Action::kKeep});
    } else if (context_.names.has_path_ids() && raw.starts_with("http") && raw.find("://") != raw.npos) {
      collect_link_ids(raw, scanner_.begin(), context_, edits_);
    } else if (raw.size() >= kMinNested && (raw.front() == '{' || raw.front() == '[')) {
      nested(raw);
    }
  }

  bool is_own_pseudonym(std::string_view raw) const {
    return raw.size() >= kMinCheckedSize && !scanner_.escaped() && !raw.starts_with("http") && is_pseudonym(raw);
  }

  void nested(std::string_view raw) {
    if (nesting_ >= kMaxNesting || !looks_like_json(raw)) return;
    const std::string inner = decode(raw, View::kJson);
    Edits found;
    // Text in brackets that is no JSON is text: the ledger and the patterns still see it.
    if (!JsonCollector(inner, nesting_ + 1, context_, found).run()) return;
    for (Edit& edit : lift(raw, View::kJson, std::move(found))) {
      edit.begin += scanner_.begin();
      edit.end += scanner_.begin();
      edits_.push_back(std::move(edit));
    }
  }

  void number(Kind kind) {
    const std::string_view raw = scanner_.raw();
    auto mask = context_.masker.number(raw, kind);
    edits_.push_back({scanner_.begin(), scanner_.end(), kind, is_pointed_at() ? "json.pointer" : "json.name",
                      std::move(mask.text), mask.already ? Edit::Action::kKeep : Edit::Action::kReplace});
  }

  json::Scanner scanner_;
  int nesting_;
  Context& context_;
  Edits& edits_;
  std::vector<Level> levels_;
  std::string_view key_;
  std::deque<std::string> unescaped_;  // keys with escapes; they do not move
  struct Looked {
    std::string_view key;  // of the text
    std::string_view parent;
    std::optional<Kind> kind;
  };
  std::array<Looked, 64> looked_{};
  std::optional<Kind> key_kind_;
  bool structural_ = false;  // key_ is a name within a block that is not data
  std::optional<Pointers::Walk> walk_;
  Pointers::Verdict place_;  // of the value at hand
};

}  // namespace

Result<void> collect_json(std::string_view text, const MediaType&, Context& context, Edits& edits) {
  const std::size_t bom = text.starts_with("\xef\xbb\xbf") ? 3 : 0;
  if (text.find_first_not_of(" \t\r\n", bom) == text.npos) return {};
  const std::size_t before = edits.size();
  const auto done = JsonCollector(text.substr(bom), 0, context, edits).run();
  for (std::size_t i = before; bom > 0 && i < edits.size(); ++i) {
    edits[i].begin += bom;
    edits[i].end += bom;
  }
  return done;
}

// One JSON text a line.
Result<void> collect_json_lines(std::string_view text, const MediaType& type, Context& context, Edits& edits) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::size_t before = edits.size();
    if (const auto done = collect_json(text.substr(begin, end - begin), type, context, edits); !done) return done;
    for (std::size_t i = before; i < edits.size(); ++i) {
      edits[i].begin += begin;
      edits[i].end += begin;
    }
    begin = end + 1;
  }
  return {};
}

}  // namespace cvr::redact
