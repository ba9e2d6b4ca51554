// Reads msgpack (github.com/msgpack/msgpack, spec.md) item by item, straight into the caller's
// values.
//
// Why not msgpack::unpack: it builds a tree first, and what a hostile record makes it reserve is a
// product of the limits given to it (SAFETY T13).  Here nothing is allocated at all, nothing
// recurses, and a count is refused when fewer bytes are left than it claims items, so the work is
// linear in the bytes.  Writing uses msgpack-c; the tests read each with the other.
//
// An error sticks: after it every call answers zero, empty or false, and `ok` is false.  Views point
// into the bytes given.  One thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace cvr::cassette {

class MsgpackCursor {
 public:
  explicit MsgpackCursor(std::string_view bytes) : rest_(bytes) {}

  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }
  void fail();

  std::uint32_t map();      // number of pairs that follow
  std::uint32_t array();    // number of items that follow
  bool at_array() const;    // the next item is an array
  std::string_view text();  // a str or a bin
  std::uint64_t number();   // not negative
  std::int64_t signed_number();
  bool boolean();
  // One whole item, however nested; `see`, if given, gets each text in it, and the bytes of types that are not known.
  using See = std::function<void(std::string_view)>;
  void skip(const See& see = {});

  // Head of an item: the count, size or value that stands in it.
  enum class Type : std::uint8_t { kMap, kArray, kText, kUnsigned, kNegative, kBoolean, kOther, kBad };
  struct Item {
    Type type = Type::kBad;
    std::uint64_t value = 0;  // kOther: size of what follows
  };

 private:
  Item next();
  std::uint64_t big_endian(std::size_t width);
  std::uint32_t count(Type type, std::uint64_t bytes_an_item);

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace cvr::cassette
