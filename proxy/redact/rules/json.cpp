// JSON (RFC 8259): values below sensitive keys at any depth.  Only the bytes of redacted values
// change: white space, key order, repeated keys and the text of other numbers stay.
//   string -> pseudonym        number -> digits for digits, as many
//   object, array -> every scalar in it        true, false, null -> stay: they name no one
// A string that is itself a JSON text is read the same way, to a depth.
#include <algorithm>
#include <array>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "base/json_scan.h"
#include "redact/check.h"
#include "redact/innocent.h"
#include "redact/leaf.h"
#include "redact/rules.h"
#include "redact/rules/graphql.h"
#include "redact/url.h"
#include "redact/words.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxName = 64;

// HAR, httpbin, Postman, key-value stores.
constexpr std::string_view kNameKeys[] = {"name", "key", "k", "header", "field", "Name", "Key", "param", "parameter"};
constexpr std::string_view kValueKeys[] = {"value", "val", "v", "content", "Value", "stringValue", "string"};

template <class List>
bool is_one_of(std::string_view word, const List& list) {
  return std::ranges::find(list, word) != std::end(list);
}

bool is_oauth_parameter(std::string_view key) {
  return key == "redirect_uri" || key == "grant_type" || key == "code_verifier" || key == "redirectUri" ||
         key == "grantType" || key == "session_state";
}

// Names of fields alone begin a pair in an array; ["token", "name"] is a list of words.
bool is_header_name(std::string_view word) {
  return word.find('-') != word.npos || is_authorization_name(word) || word == "Cookie" || word == "cookie";
}

// Under these a secret may have words.
bool is_phrase_name(std::string_view name) {
  return name.find("hrase") != name.npos || name.find("nemonic") != name.npos || name.find("ecovery") != name.npos ||
         name.find("ackup") != name.npos || name.find("eed") != name.npos;
}

// "https://host/" of a link that is secret by its path or query (a signed download): a client that
// takes the URL apart still can.
std::size_t origin_size(std::string_view raw) {
  if (!raw.starts_with("https://") && !raw.starts_with("http://")) return 0;
  const std::size_t path = raw.find_first_of("/\\@?#", raw.find("//") + 2);
  return path != raw.npos && raw[path] == '/' ? path + 1 : 0;
}

class JsonCollector {
 public:
  JsonCollector(std::string_view text, Context& context, Edits& edits)
      : text_(text), scanner_(text), context_(context), edits_(edits) {
    // In a string of JSON another document begins, which pointers do not reach.
    if (context.pointers != nullptr && context.depth == 0) walk_.emplace(*context.pointers);
  }

  Result<void> run() {
    for (;;) {
      const json::Token token = scanner_.step();
      if (token == json::Token::kMalformed) {
        unfinished();
        return std::unexpected(scanner_.error());
      }
      read_ = scanner_.end();
      if (walk_) walk(token);
      switch (token) {
        case json::Token::kBeginObject:
        case json::Token::kBeginArray:
          open(token == json::Token::kBeginArray);
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
          if (const auto named = named_here()) number(*named);
          break;
        case json::Token::kEnd:
          return {};
        default:
          break;
      }
    }
  }

  bool binds() const { return binds_; }

 private:
  // A string that may turn out to be a value of the name beside it.
  struct Waiting {
    std::string_view raw;
    std::size_t begin = 0;
  };
  // One a level.  An array keeps the name of its own place, so that a parent is seen through it.
  struct Level {
    std::string_view name = {};  // of the place where the object or array stands
    std::optional<Named> named = {};
    bool array = false;
    bool oauth = false;              // holds other parameters of RFC 6749
    std::size_t members = 0;         // of an array
    std::optional<Named> said = {};  // {"name": "password", "value": ...}
    std::string_view said_name = {};
    Waiting value = {};
    Waiting code = {};   // {"code": ..., "redirect_uri": ...}
    bool patch = false;  // {"op": "replace", "path": "/password", "value": ...} (RFC 6902)
    std::string_view path = {};
  };

  // Where a sensitive value begins that the text does not hold to its end.
  void unfinished() {
    const auto named = named_here();
    const std::size_t begin = text_.find_first_not_of(" \t\r\n:,\"", read_);
    if (!named || begin == text_.npos) return;
    edits_.push_back(
        {begin, text_.size(), named->kind, "json.name", same_shape(text_.substr(begin), context_.masker.pseudonyms())});
  }

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

  std::optional<Named> named_here() const {
    if (is_pointed_at()) return Named{place_.kind};
    if (place_.is == Pointers::Verdict::Is::kKept) return std::nullopt;
    if (key_named_ || structural_) return key_named_;
    return levels_.empty() ? std::nullopt : levels_.back().named;
  }

  // A name that means other things too does not speak for the members of an object.
  void open(bool array) {
    const std::string_view outer = levels_.empty() ? context_.root : levels_.back().name;
    auto named = named_here();
    if (named && !array && named->guard != Guard::kNone && named->guard != Guard::kCookie) named.reset();
    binds_ |= !array && key_ == "variables";
    // {"key": "http.request.header.authorization", "value": {"stringValue": ...}} (OpenTelemetry)
    if (!named && !levels_.empty() && levels_.back().said && is_one_of(key_, kValueKeys)) named = levels_.back().said;
    levels_.push_back({.name = key_.empty() ? outer : key_, .named = named, .array = array});
    forget_key();
  }

  void close() {
    const Level& level = levels_.back();
    if (level.said && !level.value.raw.empty() && admits(*level.said, level.said_name, level.value.raw) &&
        !is_vocabulary(level.value.raw)) {
      collect_named(*level.said, level.said_name, level.value.raw, level.value.begin, View::kJson, "json.pair",
                    Place::kJson, context_, edits_);
    }
    if (level.oauth && (!context_.names.has_guards() || admits({.guard = Guard::kOAuth}, "code", level.code.raw))) {
      context_.masker.add_credential(edits_, level.code.begin, level.code.raw, View::kJson, Kind::kToken, "json.name",
                                     Place::kJson);
    }
    levels_.pop_back();
    forget_key();
  }

  void forget_key() {
    key_ = {};
    key_named_.reset();
    structural_ = false;
  }

  void key() {
    key_ = scanner_.raw();
    if (scanner_.escaped()) key_ = unescaped_.emplace_back(json::unescape(key_));
    key_named_ = named_of_key(levels_.empty() ? context_.root : levels_.back().name);
    const auto block = levels_.empty() ? std::nullopt : levels_.back().named;
    structural_ = block && is_personal(block->kind) && block->kind != Kind::kText && is_structural_name(key_);
    if (key_.size() > 4 && !levels_.empty()) levels_.back().oauth |= is_oauth_parameter(key_);
  }

  // Whether the value at hand is one that its name marks.
  bool is_marked(const Named& named, std::string_view raw) const {
    if (is_pointed_at() || is_personal(named.kind)) return true;
    if (is_oauth(named.guard)) return false;
    const std::string_view name = key_.empty() && !levels_.empty() ? levels_.back().name : key_;
    if (!admits(named, name, raw)) return false;
    if (levels_.empty()) return true;
    const Level& level = levels_.back();
    // {"token": {"type": "Bearer"}} and {"errors": {"password": ["is too short"]}}
    if (!key_named_ && !level.array && is_description(key_, raw)) return false;
    // {"password": ["must not be blank"]} of a form that was refused; {"passwords": [...]} is a list of them.
    const bool several = name.ends_with('s') && !name.ends_with("ss");
    const bool messages = (level.array && !several && !is_phrase_name(name)) || is_messages_name(level.name);
    return !(messages && is_sentence(raw));
  }

  std::optional<Named> find_named(std::string_view parent) const {
    auto named = context_.names.find_json(key_, parent);
    if (!named && (key_.starts_with("X-") || key_.starts_with("x-"))) named = context_.names.find_header(key_);
    return named;
  }

  // The items of a list have the same keys again and again.
  std::optional<Named> named_of_key(std::string_view parent) {
    const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(key_[at])); };
    if (key_.empty() || scanner_.escaped()) return find_named(parent);
    Looked& slot = looked_[(byte(0) * 7 + byte(key_.size() - 1) * 3 + key_.size()) % looked_.size()];
    // The objects of one list have the very same parent.
    const bool same = slot.parent.data() == parent.data() && slot.parent.size() == parent.size();
    if (slot.key != key_ || !(same || slot.parent == parent)) slot = {key_, parent, find_named(parent)};
    return slot.named;
  }

  // A key names one value; in an array the level's own kind goes on.
  void string() {
    const std::string_view raw = scanner_.raw();
    auto named = named_here();
    if (named && is_oauth(named->guard) && !is_pointed_at()) named.reset();
    if (!named && !levels_.empty()) named = noted(raw);
    if (named && is_marked(*named, raw)) return marked(*named, raw);
    if (is_date(raw)) return;  // nothing is in it, however many signs of pairs it has
    if (is_own_pseudonym(raw)) {
      const Kind kind = context_.masker.kind_behind(raw);
      edits_.push_back({scanner_.begin(), scanner_.end(), kind, "pseudonym", {}, Edit::Action::kKeep});
    } else if (context_.names.has_path_ids() && raw.starts_with("http") && raw.find("://") != raw.npos) {
      collect_link_ids(raw, scanner_.begin(), context_, edits_);
    } else {
      collect_leaf(raw, scanner_.begin(), View::kJson, context_, edits_);
    }
  }

  void marked(const Named& named, std::string_view raw) {
    const std::size_t kept = named.kind == Kind::kText ? origin_size(raw) : 0;
    if (is_pointed_at() || kept > 0 || key_.empty()) {
      context_.masker.add_credential(edits_, scanner_.begin() + kept, raw.substr(kept), View::kJson, named.kind,
                                     is_pointed_at() ? "json.pointer" : "json.name", Place::kJson);
    } else {
      collect_named(named, key_, raw, scanner_.begin(), View::kJson, "json.name", Place::kJson, context_, edits_);
    }
  }

  // Notes the halves of pairs.  Of ["Authorization", "Bearer X"] the second is named by the first.
  std::optional<Named> noted(std::string_view raw) {
    Level& level = levels_.back();
    if (level.array) {
      ++level.members;
      // Pairs, and lists of pairs in turn (rawHeaders of Node).
      if (level.members % 2 == 1) level.said.reset();
      if (level.members % 2 == 1 && raw.size() <= kMaxName && is_header_name(raw)) {
        level.said = context_.names.find_header(raw);
        if (!level.said) level.said = context_.names.find_json(raw, {});
        level.said_name = raw;
      } else if (level.members % 2 == 0 && level.said && !context_.names.find_header(raw)) {
        key_ = level.said_name;
        const Named named = *std::exchange(level.said, std::nullopt);
        if (is_marked(named, raw)) marked(named, raw);
        forget_key();
      }
      return std::nullopt;
    }
    if (is_one_of(key_, kNameKeys) && raw.size() <= kMaxName) {
      level.said = context_.names.find_json(raw, {});
      if (!level.said) level.said = context_.names.find_header(raw);
      if (level.said && is_oauth(level.said->guard)) level.said.reset();
      level.said_name = raw;
    } else if (is_one_of(key_, kValueKeys)) {
      level.value = {raw, scanner_.begin()};
    } else if (key_ == "op" || (key_ == "path" && raw.starts_with('/'))) {
      patched(level, raw);
    } else if (key_ == "state") {
      level.oauth |= admits({.guard = Guard::kMixed}, key_, raw);  // no place: it looks drawn
    } else if (key_ == "code") {
      level.code = {raw, scanner_.begin()};
    }
    return std::nullopt;
  }

  void patched(Level& level, std::string_view raw) {
    key_ == "op" ? void(level.patch = true) : void(level.path = raw);
    if (!level.patch || level.path.empty()) return;
    const std::string_view last = level.path.substr(level.path.rfind('/') + 1);
    level.said = last.size() <= kMaxName ? context_.names.find_json(last, {}) : std::nullopt;
    if (level.said && is_oauth(level.said->guard)) level.said.reset();
    level.said_name = last;
  }

  bool is_own_pseudonym(std::string_view raw) const {
    return raw.size() >= kMinCheckedSize && !scanner_.escaped() && !raw.starts_with("http") && is_pseudonym(raw);
  }

  void number(const Named& named) {
    const std::string_view raw = scanner_.raw();
    if (!is_marked(named, raw)) return;
    auto mask = context_.masker.number(raw, named.kind);
    edits_.push_back({scanner_.begin(), scanner_.end(), named.kind, is_pointed_at() ? "json.pointer" : "json.name",
                      std::move(mask.text), mask.already ? Edit::Action::kKeep : Edit::Action::kReplace});
  }

  std::string_view text_;
  json::Scanner scanner_;
  std::size_t read_ = 0;  // where the last token ends
  Context& context_;
  Edits& edits_;
  std::vector<Level> levels_;
  std::string_view key_;
  std::deque<std::string> unescaped_;  // keys with escapes; they do not move
  struct Looked {
    std::string_view key;  // of the text
    std::string_view parent;
    std::optional<Named> named;
  };
  std::array<Looked, 16> looked_{};  // few: they are made anew for each text
  std::optional<Named> key_named_;
  bool binds_ = false;       // an object "variables" was met
  bool structural_ = false;  // key_ is a name within a block that is not data
  std::optional<Pointers::Walk> walk_;
  Pointers::Verdict place_;  // of the value at hand
};

constexpr std::string_view kSpace = " \t\r\n";
constexpr char kRecordSeparator = '\x1e';

// Puts the edits from `before` on where the text they are of begins.
void move_on(Edits& edits, std::size_t before, std::size_t by) {
  for (std::size_t i = before; by > 0 && i < edits.size(); ++i) {
    edits[i].begin += by;
    edits[i].end += by;
  }
}

// What servers put before JSON so that a page can not run it: )]}' while(1); for(;;);
std::size_t guard_size(std::string_view text) {
  for (const std::string_view guard : {")]}',", ")]}'", "while(1);", "for(;;);", "for (;;);", "{}&&", "/**/"}) {
    if (text.starts_with(guard)) return guard.size();
  }
  return 0;
}

}  // namespace

Result<void> collect_json(std::string_view text, const MediaType& type, Context& context, Edits& edits) {
  std::size_t from = text.starts_with("\xef\xbb\xbf") ? 3 : 0;
  from = text.find_first_not_of(kSpace, from);
  if (from == text.npos) return {};
  from += guard_size(text.substr(from));
  const std::size_t before = edits.size();
  JsonCollector collector(text.substr(from), context, edits);
  auto done = collector.run();
  if (done && collector.binds()) collect_graphql_variables(text.substr(from), context, edits);
  if (!done) {
    // One JSON text a line, under the type of one.
    const std::size_t line = text.find('\n', from);
    if (line == text.npos || text.find_first_not_of(kSpace, line) == text.npos || context.in_lines) return done;
    edits.resize(before);
    done = collect_json_lines(text.substr(from), type, context, edits);
  }
  move_on(edits, before, from);
  return done;
}

// One JSON text a line, or after each record separator (RFC 7464).
Result<void> collect_json_lines(std::string_view text, const MediaType& type, Context& context, Edits& edits) {
  const bool outer = std::exchange(context.in_lines, true);
  const char border = text.starts_with(kRecordSeparator) ? kRecordSeparator : '\n';
  Result<void> done;
  for (std::size_t begin = 0; begin < text.size() && done;) {
    const std::size_t end = std::min(text.find(border, begin), text.size());
    const std::size_t before = edits.size();
    done = collect_json(text.substr(begin, end - begin), type, context, edits);
    move_on(edits, before, begin);
    begin = end + 1;
  }
  context.in_lines = outer;
  return done;
}

}  // namespace cvr::redact
