// JSON (RFC 8259): values below sensitive keys at any depth.  Only the bytes of redacted values
// change: white space, key order, repeated keys and the text of other numbers stay.
//   string -> pseudonym        number -> digits for digits, as many
//   object, array -> every scalar in it        true, false, null -> stay: they name no one
// A string that is itself a JSON text is read the same way, to a depth.
#include <algorithm>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "base/json_scan.h"
#include "redact/check.h"
#include "redact/innocent.h"
#include "redact/leaf.h"
#include "redact/people.h"
#include "redact/rules.h"
#include "redact/rules/beside.h"
#include "redact/rules/graphql.h"
#include "redact/rules/json_names.h"
#include "redact/rules/key_cache.h"
#include "redact/rules/phrases.h"
#include "redact/url.h"
#include "redact/words.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxName = 64;
constexpr std::string_view kSecrets = "secrets";

class JsonCollector {
 public:
  JsonCollector(std::string_view text, Context& context, Edits& edits)
      : text_(text), scanner_(text), context_(context), edits_(edits), keys_(text.size()) {
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
          number();
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
    std::size_t members = 0;         // of an array
    std::optional<Named> said = {};  // {"name": "password", "value": ...}
    std::string_view said_name = {};
    Waiting value = {};
    bool patch = false;  // {"op": "replace", "path": "/password", "value": ...} (RFC 6902)
    std::string_view path = {};
    bool data = false;  // of a manifest
    Beside beside = {};
  };

  // Where a sensitive value begins that the text does not hold to its end.
  void unfinished() {
    for (Level& level : levels_) level.beside.finish(level.name, context_, edits_);
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
  bool is_kept() const { return place_.is == Pointers::Verdict::Is::kKept; }

  std::optional<Named> named_here() const {
    if (is_pointed_at()) return Named{place_.kind};
    if (is_kept()) return std::nullopt;
    if (key_named_ || structural_) return key_named_;
    return levels_.empty() ? std::nullopt : levels_.back().named;
  }

  // Each value is still judged by the guard.
  static bool speaks_for_members(Guard guard) {
    return guard == Guard::kNone || guard == Guard::kCookie || guard == Guard::kMail || guard == Guard::kPhone ||
           guard == Guard::kPart;
  }

  // A name that means other things too does not speak for the members of an object.
  void open(bool array) {
    const std::string_view outer = levels_.empty() ? context_.root : levels_.back().name;
    auto named = named_here();
    const bool several = key_named_ && key_ == kSecrets;  // {"secrets": {"db": ...}}
    if (named && !array && !several && !speaks_for_members(named->guard)) named.reset();
    binds_ |= !array && key_ == "variables";
    // {"key": "http.request.header.authorization", "value": {"stringValue": ...}} (OpenTelemetry)
    if (!named && !levels_.empty() && levels_.back().said && is_value_key(key_)) named = levels_.back().said;
    Level level{.name = key_.empty() ? outer : key_, .named = named, .array = array};
    if (!levels_.empty()) inherit(levels_.back(), level);
    levels_.push_back(std::move(level));
    forget_key();
  }

  // Of the data of a Secret, and of a list of them.
  void inherit(const Level& outer, Level& level) const {
    if (is_mailbox_name(level.name)) level.beside.set_mailbox();
    level.data = part_ == Part::kData && !level.array && outer.beside.may_be_secret();
    if (!outer.beside.lists_secrets()) return;
    level.array ? level.beside.set_lists_secrets() : level.beside.set_secret();
  }

  void close() {
    Level& level = levels_.back();
    if (level.said && !level.value.raw.empty() && admits(*level.said, level.said_name, level.value.raw) &&
        !is_vocabulary(level.value.raw)) {
      collect_named(*level.said, level.said_name, level.value.raw, level.value.begin, View::kJson, "json.pair",
                    Place::kJson, context_, edits_);
    }
    level.beside.finish(level.name, context_, edits_);
    levels_.pop_back();
    forget_key();
  }

  void forget_key() {
    key_ = {};
    key_named_.reset();
    structural_ = false;
    part_ = Part::kNone;
    kept_ = false;
  }

  void key() {
    key_ = scanner_.raw();
    if (scanner_.escaped()) key_ = unescaped_.emplace_back(json::unescape(key_));
    key_named_ = named_of_key(levels_.empty() ? context_.root : levels_.back().name);
    const auto block = levels_.empty() ? std::nullopt : levels_.back().named;
    structural_ = block && is_personal(block->kind) && block->kind != Kind::kText && is_structural_name(key_);
    if (part_ != Part::kNone && !levels_.empty()) levels_.back().beside.note(part_);
  }

  // Whether the value at hand is one that its name marks.
  bool is_marked(const Named& named, std::string_view raw) const {
    if (is_pointed_at() || (is_personal(named.kind) && named.guard == Guard::kNone)) return true;
    if (is_oauth(named.guard)) return false;
    const std::string_view name = key_.empty() && !levels_.empty() ? levels_.back().name : key_;
    // {"secrets": ["maple lake 45678 window"]}
    const bool listed = named.guard == Guard::kMixed && !levels_.empty() && levels_.back().array && name.ends_with('s');
    if (!admits(named, name, raw) && !(listed && is_passphrase(raw))) return false;
    if (levels_.empty()) return true;
    const Level& level = levels_.back();
    if (is_personal(named.kind) && is_name_of_labels(level.name)) return false;
    if (named.guard == Guard::kPerson && is_name_of_thing(level.name)) return false;
    // {"token": {"type": "Bearer"}} and {"errors": {"password": ["is too short"]}}
    if (!key_named_ && !level.array && is_description(key_, raw)) return false;
    if (!key_named_ && !level.array && level.name == kSecrets && is_label_key(key_)) return false;
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

  Part find_part(std::string_view parent) const {
    const Part part = part_of(key_);
    return part != Part::kNone && context_.names.keeps_json(key_, parent) ? Part::kNone : part;
  }

  std::optional<Named> named_of_key(std::string_view parent) {
    const auto look_up = [&] {
      return KnownKey{find_named(parent), find_part(parent), context_.names.keeps_json(key_, parent)};
    };
    const bool cached = !key_.empty() && !scanner_.escaped();
    const KnownKey known = cached ? keys_.find(key_, parent, look_up) : look_up();
    part_ = known.part;
    kept_ = known.kept;
    return known.named;
  }

  // A key names one value; in an array the level's own kind goes on.
  void string() {
    const std::string_view raw = scanner_.raw();
    beside(raw, false);
    if (kept_ || is_kept()) {
      edits_.push_back({scanner_.begin(), scanner_.end(), Kind::kOther, kKeptRule, {}, Edit::Action::kKeep});
    }
    auto named = named_here();
    if (named && is_oauth(named->guard) && !is_pointed_at()) named.reset();
    // {"owner": [{"name": "password", "value": ...}]}
    if (named && named->guard == Guard::kPerson && !is_marked(*named, raw)) named.reset();
    if (!named && !levels_.empty()) named = noted(raw);
    if (named && is_marked(*named, raw)) return marked(*named, raw);
    if (is_date(raw)) return;  // nothing is in it, however many signs of pairs it has
    if (is_own_pseudonym(raw)) {
      const Kind kind = context_.masker.kind_behind(raw);
      edits_.push_back({scanner_.begin(), scanner_.end(), kind, "pseudonym", {}, Edit::Action::kKeep});
      return;
    }
    if (context_.names.has_path_ids() && raw.starts_with("http") && raw.find("://") != raw.npos) {
      collect_link_ids(raw, scanner_.begin(), context_, edits_);
    }
    collect_leaf(raw, scanner_.begin(), View::kJson, context_, edits_);
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
    if (is_name_key(key_) && raw.size() <= kMaxName) {
      level.said = context_.names.find_json(raw, {});
      if (!level.said) level.said = context_.names.find_header(raw);
      if (level.said && is_oauth(level.said->guard)) level.said.reset();
      level.said_name = raw;
    } else if (is_value_key(key_)) {
      level.value = {raw, scanner_.begin()};
    } else if (key_ == "op" || (key_ == "path" && is_patch_path(raw))) {
      patched(level, raw);
    }
    return std::nullopt;
  }

  void patched(Level& level, std::string_view raw) {
    key_ == "op" ? void(level.patch = true) : void(level.path = raw);
    if (!level.patch || level.path.empty()) return;
    const std::string_view last = last_of_path(level.path);
    level.said = last.size() <= kMaxName ? context_.names.find_json(last, {}) : std::nullopt;
    if (level.said && is_oauth(level.said->guard)) level.said.reset();
    level.said_name = last;
  }

  bool is_own_pseudonym(std::string_view raw) const {
    return raw.size() >= kMinCheckedSize && !scanner_.escaped() && !raw.starts_with("http") && is_pseudonym(raw);
  }

  // What the value at hand is to those beside it.
  void beside(std::string_view raw, bool number) {
    if (levels_.empty()) return;
    Level& level = levels_.back();
    if (part_ != Part::kNone && !level.array && !is_kept()) level.beside.note(part_, raw, scanner_.begin(), number);
    if (level.data && !number && levels_.size() > 1 && !is_kept()) {
      levels_[levels_.size() - 2].beside.note_data(raw, scanner_.begin());
    }
  }

  void number() {
    const std::string_view raw = scanner_.raw();
    beside(raw, true);
    const auto named = named_here();
    if (!named || !is_marked(*named, raw)) return;
    auto mask = context_.masker.number(raw, named->kind);
    edits_.push_back({scanner_.begin(), scanner_.end(), named->kind, is_pointed_at() ? "json.pointer" : "json.name",
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
  KeyCache keys_;
  std::optional<Named> key_named_;
  Part part_ = Part::kNone;
  bool kept_ = false;        // by its name
  bool binds_ = false;       // an object "variables" was met
  bool structural_ = false;  // key_ is a name within a block that is not data
  std::optional<Pointers::Walk> walk_;
  Pointers::Verdict place_;  // of the value at hand
};

constexpr std::string_view kSpace = " \t\r\n";

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

}  // namespace cvr::redact
