#include "cassette/compress.h"

#include <zstd.h>

#include <memory>

namespace cvr::cassette {
namespace {

constexpr std::size_t kWorthwhile = 512;
constexpr std::size_t kWorthwhileWithDictionary = 128;
constexpr std::size_t kLarge = 4096;
constexpr int kFastLevel = -1;
constexpr int kLevel = 1;
constexpr std::uint64_t kFreeSize = 32u << 20;
constexpr std::uint64_t kMostRatio = 64;

bool is_bomb(std::uint64_t plain_size, std::uint64_t packed_size) {
  return plain_size > kFreeSize && plain_size / kMostRatio > packed_size;
}

ZSTD_CCtx* compressor() {
  thread_local const std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
  CVR_CHECK(context != nullptr);
  return context.get();
}

ZSTD_DCtx* decompressor() {
  thread_local const std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context(ZSTD_createDCtx(), ZSTD_freeDCtx);
  CVR_CHECK(context != nullptr);
  return context.get();
}

}  // namespace

Dictionary::Dictionary(std::string_view content) : prepared_(ZSTD_createCDict(content.data(), content.size(), kLevel)) {
  CVR_CHECK(prepared_ != nullptr);
}

Dictionary::~Dictionary() { ZSTD_freeCDict(static_cast<ZSTD_CDict*>(prepared_)); }

bool compress_onto(std::string& out, std::string_view plain, const Dictionary* dictionary) {
  if (plain.size() < (dictionary != nullptr ? kWorthwhileWithDictionary : kWorthwhile)) return false;
  const std::size_t begin = out.size();
  out.resize(begin + ZSTD_compressBound(plain.size()));
  char* const to = out.data() + begin;
  const std::size_t room = out.size() - begin;
  const std::size_t size = dictionary != nullptr
                               ? ZSTD_compress_usingCDict(compressor(), to, room, plain.data(), plain.size(),
                                                          static_cast<const ZSTD_CDict*>(dictionary->prepared()))
                               : ZSTD_compressCCtx(compressor(), to, room, plain.data(), plain.size(),
                                                   plain.size() < kLarge ? kFastLevel : kLevel);
  const bool pays = ZSTD_isError(size) == 0 && size < plain.size() - plain.size() / 16 && !is_bomb(plain.size(), size);
  out.resize(pays ? begin + size : begin);
  return pays;
}

Result<std::string> decompress(std::string_view packed, std::uint64_t plain_size, std::string_view dictionary) {
  if (is_bomb(plain_size, packed.size()) || ZSTD_getFrameContentSize(packed.data(), packed.size()) != plain_size) {
    return fail(ErrorCode::kMalformed, "a compressed record that claims a wrong size");
  }
  std::string plain(plain_size, '\0');
  const std::size_t size = ZSTD_decompress_usingDict(decompressor(), plain.data(), plain.size(), packed.data(),
                                                     packed.size(), dictionary.data(), dictionary.size());
  if (ZSTD_isError(size) != 0 || size != plain_size) return fail(ErrorCode::kMalformed, "a broken compressed record");
  return plain;
}

}  // namespace cvr::cassette
