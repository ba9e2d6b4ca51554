// msgpack, as records use it: maps with short string keys; absent means default, unknown keys are
// skipped, so later versions can add.  Decoding is bounded (depth, sizes) and never throws out of
// this folder.
#pragma once

#include <msgpack.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "cvr/interaction.h"

namespace cvr::cassette {

// Where msgpack's packer writes: a string.
class StringBuffer {
 public:
  explicit StringBuffer(std::string& out) : out_(out) {}
  void write(const char* data, std::size_t size) { out_.append(data, size); }

 private:
  std::string& out_;
};
using Packer = msgpack::packer<StringBuffer>;

// Bytes from the wire are bin, since HTTP has no charset; our own words and keys are str.
void pack_bytes(Packer& packer, std::string_view text);
void pack_word(Packer& packer, std::string_view word);

// Read access to one unpacked object.  Wrong types read as defaults and set `bad`.
class Reading {
 public:
  explicit Reading(const msgpack::object& object, bool& bad) : object_(&object), bad_(&bad) {}

  // Member of a map; an absent one reads as nil.
  Reading at(std::string_view key) const;
  bool present() const { return object_->type != msgpack::type::NIL; }
  std::string text() const;  // str or bin
  std::uint64_t unsigned_number() const;
  std::int64_t number() const;
  bool flag() const;
  bool is_array() const { return object_->type == msgpack::type::ARRAY; }
  std::size_t size() const;  // of an array; 0 for nil
  Reading item(std::size_t index) const;
  void fail() const { *bad_ = true; }

 private:
  const msgpack::object* object_;
  bool* bad_;
};

// Unpacks one object, bounded.  False: malformed, too deep, or bytes left over.
bool unpack(std::string_view bytes, msgpack::object_handle& out);

}  // namespace cvr::cassette
