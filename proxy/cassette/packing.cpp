#include "cassette/packing.h"

namespace cvr::cassette {
namespace {

const msgpack::object kNil;

}  // namespace

void pack_bytes(Packer& packer, std::string_view text) {
  packer.pack_bin(static_cast<std::uint32_t>(text.size()));
  packer.pack_bin_body(text.data(), static_cast<std::uint32_t>(text.size()));
}

void pack_word(Packer& packer, std::string_view word) {
  packer.pack_str(static_cast<std::uint32_t>(word.size()));
  packer.pack_str_body(word.data(), static_cast<std::uint32_t>(word.size()));
}

Reading Reading::at(std::string_view key) const {
  if (object_->type != msgpack::type::MAP) {
    if (present()) fail();
    return Reading(kNil, *bad_);
  }
  for (std::uint32_t i = 0; i < object_->via.map.size; ++i) {
    const msgpack::object_kv& pair = object_->via.map.ptr[i];
    if (pair.key.type == msgpack::type::STR && std::string_view(pair.key.via.str.ptr, pair.key.via.str.size) == key) {
      return Reading(pair.val, *bad_);
    }
  }
  return Reading(kNil, *bad_);
}

std::string Reading::text() const {
  if (object_->type == msgpack::type::STR) return {object_->via.str.ptr, object_->via.str.size};
  if (object_->type == msgpack::type::BIN) return {object_->via.bin.ptr, object_->via.bin.size};
  if (present()) fail();
  return {};
}

std::uint64_t Reading::unsigned_number() const {
  if (object_->type == msgpack::type::POSITIVE_INTEGER) return object_->via.u64;
  if (present()) fail();
  return 0;
}

std::int64_t Reading::number() const {
  if (object_->type == msgpack::type::NEGATIVE_INTEGER) return object_->via.i64;
  const std::uint64_t value = unsigned_number();
  if (value > static_cast<std::uint64_t>(INT64_MAX)) fail();
  return static_cast<std::int64_t>(value);
}

bool Reading::flag() const {
  if (object_->type == msgpack::type::BOOLEAN) return object_->via.boolean;
  if (present()) fail();
  return false;
}

std::size_t Reading::size() const {
  if (object_->type == msgpack::type::ARRAY) return object_->via.array.size;
  if (present()) fail();
  return 0;
}

Reading Reading::item(std::size_t index) const {
  if (object_->type != msgpack::type::ARRAY || index >= object_->via.array.size) {
    fail();
    return Reading(kNil, *bad_);
  }
  return Reading(object_->via.array.ptr[index], *bad_);
}

bool unpack(std::string_view bytes, msgpack::object_handle& out) {
  // A claimed length can not exceed what is there: an array item or map pair takes at least a byte.
  const auto most = static_cast<std::uint32_t>(std::min<std::size_t>(bytes.size(), UINT32_MAX));
  const msgpack::unpack_limit limit(most, most, most, most, most, 32);
  try {
    std::size_t offset = 0;
    out = msgpack::unpack(bytes.data(), bytes.size(), offset, nullptr, nullptr, limit);
    return offset == bytes.size();
  } catch (const std::exception&) {  // msgpack reports by throwing; that stops here
    return false;
  }
}

}  // namespace cvr::cassette
