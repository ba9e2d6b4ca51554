// MessagePack and CBOR (RFC 8949): texts and bytes under sensitive keys of maps, at any depth, and what stands in
// other texts.  All keep their length, which stands before them.  The heads of both formats are read here: the walk
// goes on to the end of what was cut off, and wants places, not values.
#include "redact/rules/packed.h"

#include <cstdint>
#include <vector>

#include "redact/check.h"
#include "redact/leaf.h"

namespace cvr::redact {
namespace {

constexpr std::size_t kMaxLevels = 128;
constexpr std::size_t kMaxName = 64;
constexpr std::uint64_t kUnknown = ~std::uint64_t{0};  // up to a break

enum class Is : std::uint8_t { kBad, kOther, kText, kArray, kMap, kTag, kBreak };

struct Item {
  Is is = Is::kBad;
  std::size_t begin = 0;    // of what it holds
  std::uint64_t count = 0;  // bytes, members or pairs
};

class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
  std::size_t size() const { return bytes_.size(); }
  std::uint8_t at(std::size_t i) const { return static_cast<std::uint8_t>(bytes_[i]); }
  std::string_view part(std::size_t begin, std::size_t size) const { return bytes_.substr(begin, size); }

  // A number of `width` bytes, big end first, that counts what follows it.
  Item counted(Is is, std::size_t from, std::size_t width) const {
    if (from + width > size()) return {};
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < width; ++i) count = count << 8 | at(from + i);
    return {is, from + width, count};
  }

 private:
  std::string_view bytes_;
};

Item read_messagepack(const Bytes& bytes, std::size_t at) {
  const std::uint8_t head = bytes.at(at);
  const std::size_t next = at + 1;
  if (head < 0x80 || head >= 0xe0) return {Is::kOther, next, 0};
  if (head < 0x90) return {Is::kMap, next, head & 0x0fU};
  if (head < 0xa0) return {Is::kArray, next, head & 0x0fU};
  if (head < 0xc0) return {Is::kText, next, head & 0x1fU};
  if (head >= 0xc4 && head <= 0xc6) return bytes.counted(Is::kText, next, std::size_t{1} << (head - 0xc4));
  if (head >= 0xd9 && head <= 0xdb) return bytes.counted(Is::kText, next, std::size_t{1} << (head - 0xd9));
  if (head == 0xdc || head == 0xdd) return bytes.counted(Is::kArray, next, head == 0xdc ? 2 : 4);
  if (head == 0xde || head == 0xdf) return bytes.counted(Is::kMap, next, head == 0xde ? 2 : 4);
  if (head >= 0xc7 && head <= 0xc9) {
    Item item = bytes.counted(Is::kOther, next, std::size_t{1} << (head - 0xc7));
    ++item.count;  // its type
    return item;
  }
  if (head >= 0xca && head <= 0xd3) {
    constexpr std::uint8_t kSizes[] = {4, 8, 1, 2, 4, 8, 1, 2, 4, 8};
    return {Is::kOther, next, kSizes[head - 0xca]};
  }
  if (head >= 0xd4 && head <= 0xd8) return {Is::kOther, next, (std::uint64_t{1} << (head - 0xd4)) + 1};
  return head == 0xc1 ? Item{} : Item{Is::kOther, next, 0};
}

Item read_cbor(const Bytes& bytes, std::size_t at) {
  constexpr Is kMajor[] = {Is::kOther, Is::kOther, Is::kText, Is::kText, Is::kArray, Is::kMap, Is::kTag, Is::kOther};
  const std::uint8_t head = bytes.at(at);
  const Is is = kMajor[head >> 5];
  const std::uint8_t low = head & 0x1f;
  if (head == 0xff) return {Is::kBreak, at + 1, 0};
  if (low == 31 && is == Is::kText) return {Is::kArray, at + 1, kUnknown};  // in pieces
  if (low == 31) return is == Is::kArray || is == Is::kMap ? Item{is, at + 1, kUnknown} : Item{};
  if (low > 27) return {};
  Item item = low < 24 ? Item{is, at + 1, low} : bytes.counted(is, at + 1, std::size_t{1} << (low - 24));
  if (item.is == Is::kOther || item.is == Is::kTag) item.count = 0;
  return item;
}

class Walk {
 public:
  // Without `edits` it only looks whether all of it is of this format.
  Walk(std::string_view bytes, bool cbor, Context& context, Edits* edits)
      : bytes_(bytes), cbor_(cbor), context_(context), edits_(edits) {}

  bool run() {
    for (std::size_t at = 0; at < bytes_.size();) {
      Item item = cbor_ ? read_cbor(bytes_, at) : read_messagepack(bytes_, at);
      if (item.is == Is::kBad) return false;
      at = item.begin;
      const bool nests = item.is == Is::kArray || item.is == Is::kMap;
      if (!nests && item.count > bytes_.size() - at) {
        item.count = bytes_.size() - at;  // cut off; what is there of it is a value still
        if (item.is == Is::kText && !at_key()) text(item);
        return false;
      }
      if (!nests) at += item.count;
      if (item.is != Is::kTag && !enter(item, nests)) return false;
    }
    return levels_.empty();
  }

 private:
  struct Level {
    std::uint64_t left = 0;  // values
    bool map = false;
    bool at_key = false;
    std::optional<Named> outer = {};  // speaks for all in it
    std::optional<Named> named = {};  // of the value at hand
    std::string_view name = {};
  };

  bool at_key() const { return !levels_.empty() && levels_.back().at_key; }

  bool enter(const Item& item, bool nests) {
    if (item.is == Is::kBreak) {
      const bool open =
          !levels_.empty() && levels_.back().left == kUnknown && levels_.back().at_key == levels_.back().map;
      if (open) levels_.pop_back(), ended();
      return open;
    }
    if (at_key()) {
      if (!nests) key(item);
      return !nests;
    }
    if (!nests || item.count == 0) {
      if (item.is == Is::kText) text(item);
      ended();
      return true;
    }
    if (levels_.size() == kMaxLevels) return false;
    open(item);
    return true;
  }

  void key(const Item& item) {
    Level& level = levels_.back();
    level.at_key = false;
    level.name = item.is == Is::kText && item.count <= kMaxName ? bytes_.part(item.begin, item.count) : "";
    const std::string_view parent = levels_.size() > 1 ? levels_[levels_.size() - 2].name : std::string_view();
    level.named = level.name.empty() ? std::nullopt : context_.names.find_json(level.name, parent);
    if (!level.named) level.named = level.outer;
  }

  void open(const Item& item) {
    const bool map = item.is == Is::kMap;
    Level inner{.left = item.count, .map = map, .at_key = map};
    if (!levels_.empty()) {
      inner.outer = inner.named = levels_.back().named;
      inner.name = levels_.back().name;
      if (map && inner.outer && inner.outer->guard != Guard::kNone) inner.outer.reset();
    }
    levels_.push_back(std::move(inner));
  }

  void ended() {
    while (!levels_.empty()) {
      Level& level = levels_.back();
      level.at_key = level.map;
      if (level.left == kUnknown || --level.left > 0) return;
      levels_.pop_back();
    }
  }

  void text(const Item& item) {
    if (edits_ == nullptr || item.count == 0) return;
    const std::string_view value = bytes_.part(item.begin, item.count);
    const auto named = levels_.empty() ? std::nullopt : levels_.back().named;
    Edits found;
    if (named && !is_oauth(named->guard) && (!named->general || admits(*named, levels_.back().name, value))) {
      context_.masker.add_credential(found, item.begin, value, {}, named->kind, "packed.name", Place::kJson);
    } else {
      collect_leaf(value, item.begin, {}, context_, found);
    }
    for (Edit& edit : found) {
      if (edit.action == Edit::Action::kRemove) edit.action = Edit::Action::kReplace;
      if (edit.action == Edit::Action::kReplace) edit.text.resize(edit.end - edit.begin, 'x');
      edits_->push_back(std::move(edit));
    }
  }

  Bytes bytes_;
  bool cbor_;
  Context& context_;
  Edits* edits_;
  std::vector<Level> levels_;
};

bool opens_map(std::string_view bytes) {
  const auto head = static_cast<std::uint8_t>(bytes[0]);
  const auto second = static_cast<std::uint8_t>(bytes[1]);
  return (head >= 0x81 && head <= 0x8f && second >= 0xa1 && second < 0xc0) ||  // MessagePack, a short key
         (head > 0xa0 && head <= 0xb7 && second > 0x60 && second < 0x78);      // CBOR
}

}  // namespace

void collect_packed_maps(std::string_view bytes, std::string_view essence, Context& context, Edits& edits) {
  const bool messagepack = essence.find("msgpack") != essence.npos || essence.find("messagepack") != essence.npos;
  const bool cbor = essence.find("cbor") != essence.npos;
  const bool said = messagepack || cbor;
  if (bytes.size() < 3 || (!said && !opens_map(bytes))) return;
  const bool as_cbor = cbor || (!messagepack && static_cast<std::uint8_t>(bytes[0]) >= 0xa0);
  // Without a word nothing may be learned from what is something else.
  if (!said && !Walk(bytes, as_cbor, context, nullptr).run()) return;
  (void)Walk(bytes, as_cbor, context, &edits).run();
}

}  // namespace cvr::redact
