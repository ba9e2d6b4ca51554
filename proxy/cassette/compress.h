// zstd (RFC 8878) for the payloads of records.  Thread-safe; contexts are kept for each thread.
//
// Measured on JSON like Avinode's, microseconds a record and how many times smaller, one core:
//   1 KiB: level -1 1.8 us 2.6x, level 1 4.0 us 3.2x    4 KiB: level -1 5.5 us 3.8x, level 1 10.8 us 5.3x
// A smaller record is also hashed, checksummed and written faster, which pays for half of level -1.
// So: nothing below 512 bytes, level -1 below 4 KiB, level 1 from there on, and the plain bytes when
// less than a sixteenth is saved.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "cvr/result.h"

namespace cvr::cassette {

// Bytes that what is compressed and decompressed has before its eyes: a raw content dictionary (RFC 8878, section 5).
// Prepared once, for many records.  Immutable, any thread.
class Dictionary {
 public:
  explicit Dictionary(std::string_view content);  // copied
  ~Dictionary();
  Dictionary(const Dictionary&) = delete;
  Dictionary& operator=(const Dictionary&) = delete;
  const void* prepared() const { return prepared_; }

 private:
  void* prepared_;  // a ZSTD_CDict
};

// Appends `plain`, compressed, to `out`; false, and nothing appended, where it does not pay.  With a dictionary it
// pays from fewer bytes on.
bool compress_onto(std::string& out, std::string_view plain, const Dictionary* dictionary = nullptr);

// Refuses (kMalformed) what does not unpack to exactly `plain_size` bytes; and, before anything is
// allocated, more than 32 MiB that is also more than 64 times the packed bytes (SAFETY T13).  The
// writer obeys the same rule.  `dictionary`: the content that it was compressed with.
Result<std::string> decompress(std::string_view packed, std::uint64_t plain_size, std::string_view dictionary = {});

}  // namespace cvr::cassette
