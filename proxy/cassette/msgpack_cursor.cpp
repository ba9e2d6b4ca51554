#include "cassette/msgpack_cursor.h"

namespace cvr::cassette {
namespace {

using Type = MsgpackCursor::Type;
using Item = MsgpackCursor::Item;

// The first bytes 0xc0 to 0xdf: `width` bytes of value or size follow, and to that `extra` is added.
// kNegative: a signed number.  kOther: the sum is the size of what is stepped over.
struct Form {
  Type type;
  std::uint8_t width;
  std::uint8_t extra;
};
constexpr Form kForms[32] = {
    {Type::kOther, 0, 0},     // c0 nil
    {Type::kBad, 0, 0},       // c1 never used
    {Type::kBoolean, 0, 0},   // c2 false
    {Type::kBoolean, 0, 1},   // c3 true
    {Type::kText, 1, 0},      // c4 bin
    {Type::kText, 2, 0},      // c5
    {Type::kText, 4, 0},      // c6
    {Type::kOther, 1, 1},     // c7 ext: a type byte and the data
    {Type::kOther, 2, 1},     // c8
    {Type::kOther, 4, 1},     // c9
    {Type::kOther, 0, 4},     // ca float
    {Type::kOther, 0, 8},     // cb
    {Type::kUnsigned, 1, 0},  // cc unsigned
    {Type::kUnsigned, 2, 0},  // cd
    {Type::kUnsigned, 4, 0},  // ce
    {Type::kUnsigned, 8, 0},  // cf
    {Type::kNegative, 1, 0},  // d0 signed
    {Type::kNegative, 2, 0},  // d1
    {Type::kNegative, 4, 0},  // d2
    {Type::kNegative, 8, 0},  // d3
    {Type::kOther, 0, 2},     // d4 fixext
    {Type::kOther, 0, 3},     // d5
    {Type::kOther, 0, 5},     // d6
    {Type::kOther, 0, 9},     // d7
    {Type::kOther, 0, 17},    // d8
    {Type::kText, 1, 0},      // d9 str
    {Type::kText, 2, 0},      // da
    {Type::kText, 4, 0},      // db
    {Type::kArray, 2, 0},     // dc array
    {Type::kArray, 4, 0},     // dd
    {Type::kMap, 2, 0},       // de map
    {Type::kMap, 4, 0},       // df
};

Item signed_item(std::uint64_t bits, unsigned width) {
  const unsigned unused = 64 - 8 * width;
  const std::int64_t value = static_cast<std::int64_t>(bits << unused) >> unused;
  return {value < 0 ? Type::kNegative : Type::kUnsigned, static_cast<std::uint64_t>(value)};
}

}  // namespace

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

MsgpackCursor::Item MsgpackCursor::next() {
  const auto first = static_cast<std::uint8_t>(big_endian(1));
  if (!ok_) return {};
  if (first <= 0x7f) return {Type::kUnsigned, first};
  if (first <= 0x8f) return {Type::kMap, first & 0x0fU};
  if (first <= 0x9f) return {Type::kArray, first & 0x0fU};
  if (first <= 0xbf) return {Type::kText, first & 0x1fU};
  if (first >= 0xe0) return {Type::kNegative, static_cast<std::uint64_t>(static_cast<std::int8_t>(first))};
  const Form& form = kForms[first - 0xc0];
  if (form.type == Type::kBad) fail();
  const std::uint64_t value = big_endian(form.width);
  if (!ok_) return {};
  return form.type == Type::kNegative ? signed_item(value, form.width) : Item{form.type, value + form.extra};
}

std::uint32_t MsgpackCursor::count(Type type, std::uint64_t bytes_an_item) {
  const Item item = next();
  if (item.type != type || item.value * bytes_an_item > rest_.size()) {
    fail();
    return 0;
  }
  return static_cast<std::uint32_t>(item.value);
}

std::uint32_t MsgpackCursor::map() { return count(Type::kMap, 2); }
std::uint32_t MsgpackCursor::array() { return count(Type::kArray, 1); }

bool MsgpackCursor::at_array() const {
  if (rest_.empty()) return false;
  const auto first = static_cast<std::uint8_t>(rest_[0]);
  return (first & 0xf0) == 0x90 || first == 0xdc || first == 0xdd;
}

std::string_view MsgpackCursor::text() {
  const Item item = next();
  if (item.type != Type::kText || item.value > rest_.size()) {
    fail();
    return {};
  }
  const std::string_view bytes = rest_.substr(0, item.value);
  rest_.remove_prefix(item.value);
  return bytes;
}

std::uint64_t MsgpackCursor::number() {
  const Item item = next();
  if (item.type != Type::kUnsigned) {
    fail();
    return 0;
  }
  return item.value;
}

std::int64_t MsgpackCursor::signed_number() {
  const Item item = next();
  const bool fits = item.type == Type::kUnsigned && item.value <= INT64_MAX;
  if (!fits && item.type != Type::kNegative) {
    fail();
    return 0;
  }
  return static_cast<std::int64_t>(item.value);
}

bool MsgpackCursor::boolean() {
  const Item item = next();
  if (item.type != Type::kBoolean) fail();
  return ok_ && item.value != 0;
}

void MsgpackCursor::skip(const See& see) {
  for (std::uint64_t todo = 1; todo > 0 && ok_; --todo) {
    const Item item = next();
    switch (item.type) {
      case Type::kMap:
        todo += 2 * item.value;
        break;
      case Type::kArray:
        todo += item.value;
        break;
      case Type::kText:
      case Type::kOther:
        if (item.value > rest_.size()) return fail();
        if (see) see(rest_.substr(0, item.value));
        rest_.remove_prefix(item.value);
        break;
      case Type::kBad:
        return fail();
      default:
        break;
    }
    if (todo - 1 > rest_.size()) return fail();
  }
}

}  // namespace cvr::cassette
