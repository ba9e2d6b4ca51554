#include "cassette/msgpack_cursor.h"

namespace cvr::cassette {

void MsgpackCursor::fail() {
  ok_ = false;
  rest_ = {};
}

std::uint64_t MsgpackCursor::big_endian(std::size_t width) {
  if (rest_.size() < width) {
    fail();
    return 0;
  }
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < width; ++i) value = value << 8 | static_cast<std::uint8_t>(rest_[i]);
  rest_.remove_prefix(width);
  return value;
}

MsgpackCursor::Item MsgpackCursor::sized(Item::Type type, std::size_t width, std::uint64_t extra) {
  const std::uint64_t value = big_endian(width) + extra;
  return ok_ ? Item{type, value} : Item{};
}

MsgpackCursor::Item MsgpackCursor::next() {
  using Type = Item::Type;
  const auto first = static_cast<std::uint8_t>(big_endian(1));
  if (!ok_) return {};
  if (first <= 0x7f) return {Type::kUnsigned, first};
  if (first <= 0x8f) return {Type::kMap, first & 0x0fU};
  if (first <= 0x9f) return {Type::kArray, first & 0x0fU};
  if (first <= 0xbf) return {Type::kText, first & 0x1fU};
  if (first >= 0xe0) return {Type::kNegative, static_cast<std::uint64_t>(static_cast<std::int8_t>(first))};
  switch (first) {
    case 0xc0:
      return {Type::kOther, 0};  // nil
    case 0xc2:
      return {Type::kBoolean, 0};
    case 0xc3:
      return {Type::kBoolean, 1};
    case 0xc4:
    case 0xd9:
      return sized(Type::kText, 1);
    case 0xc5:
    case 0xda:
      return sized(Type::kText, 2);
    case 0xc6:
    case 0xdb:
      return sized(Type::kText, 4);
    case 0xc7:
      return sized(Type::kOther, 1, 1);  // ext: a type byte and the data
    case 0xc8:
      return sized(Type::kOther, 2, 1);
    case 0xc9:
      return sized(Type::kOther, 4, 1);
    case 0xca:
      return {Type::kOther, 4};  // float
    case 0xcb:
      return {Type::kOther, 8};
    case 0xcc:
      return sized(Type::kUnsigned, 1);
    case 0xcd:
      return sized(Type::kUnsigned, 2);
    case 0xce:
      return sized(Type::kUnsigned, 4);
    case 0xcf:
      return sized(Type::kUnsigned, 8);
    case 0xd4:
    case 0xd5:
    case 0xd6:
    case 0xd7:
    case 0xd8:
      return {Type::kOther, (1U << (first - 0xd4)) + 1};
    case 0xdc:
      return sized(Type::kArray, 2);
    case 0xdd:
      return sized(Type::kArray, 4);
    case 0xde:
      return sized(Type::kMap, 2);
    case 0xdf:
      return sized(Type::kMap, 4);
    case 0xd0:
    case 0xd1:
    case 0xd2:
    case 0xd3:
      break;
    default:
      fail();
      return {};  // 0xc1 is never used
  }
  const std::size_t width = std::size_t{1} << (first - 0xd0);
  const std::uint64_t bits = big_endian(width);
  if (!ok_) return {};
  const unsigned unused = 64 - 8 * static_cast<unsigned>(width);
  const std::int64_t value = static_cast<std::int64_t>(bits << unused) >> unused;
  return {value < 0 ? Type::kNegative : Type::kUnsigned, static_cast<std::uint64_t>(value)};
}

std::uint32_t MsgpackCursor::count(Item::Type type, std::uint64_t bytes_an_item) {
  const Item item = next();
  if (item.type != type || item.value * bytes_an_item > rest_.size()) {
    fail();
    return 0;
  }
  return static_cast<std::uint32_t>(item.value);
}

std::uint32_t MsgpackCursor::map() { return count(Item::Type::kMap, 2); }
std::uint32_t MsgpackCursor::array() { return count(Item::Type::kArray, 1); }

bool MsgpackCursor::at_array() const {
  if (rest_.empty()) return false;
  const auto first = static_cast<std::uint8_t>(rest_[0]);
  return (first & 0xf0) == 0x90 || first == 0xdc || first == 0xdd;
}

std::string_view MsgpackCursor::text() {
  const Item item = next();
  if (item.type != Item::Type::kText || item.value > rest_.size()) {
    fail();
    return {};
  }
  const std::string_view bytes = rest_.substr(0, item.value);
  rest_.remove_prefix(item.value);
  return bytes;
}

std::uint64_t MsgpackCursor::number() {
  const Item item = next();
  if (item.type != Item::Type::kUnsigned) {
    fail();
    return 0;
  }
  return item.value;
}

std::int64_t MsgpackCursor::signed_number() {
  const Item item = next();
  const bool fits = item.type == Item::Type::kUnsigned && item.value <= INT64_MAX;
  if (!fits && item.type != Item::Type::kNegative) {
    fail();
    return 0;
  }
  return static_cast<std::int64_t>(item.value);
}

bool MsgpackCursor::boolean() {
  const Item item = next();
  if (item.type != Item::Type::kBoolean) fail();
  return ok_ && item.value != 0;
}

void MsgpackCursor::skip() {
  for (std::uint64_t todo = 1; todo > 0 && ok_; --todo) {
    const Item item = next();
    switch (item.type) {
      case Item::Type::kMap:
        todo += 2 * item.value;
        break;
      case Item::Type::kArray:
        todo += item.value;
        break;
      case Item::Type::kText:
      case Item::Type::kOther:
        if (item.value > rest_.size()) return fail();
        rest_.remove_prefix(item.value);
        break;
      case Item::Type::kBad:
        return fail();
      default:
        break;
    }
    if (todo - 1 > rest_.size()) return fail();
  }
}

}  // namespace cvr::cassette
