// What bytes are by their looks: text or not, and which archive.  Pure.
#pragma once

#include <cstddef>
#include <string_view>

namespace cvr::redact {

// Bytes that no text has, near the beginning.
bool is_binary(std::string_view text);

// Anything in it that UTF-8 text does not have, wherever it stands: only such bytes hold compressed data.
bool holds_data(std::string_view bytes);

// bzip2, xz, lzma, 7z, RAR, LZ4, lzip, compress(1): nobody looks into them.
bool is_unread_archive(std::string_view bytes);
// Those of them whose magic number is long enough to be believed anywhere in other bytes.
bool is_unread_inside(std::string_view bytes);

// Where the data of a zip entry begins, whose local header stands at the beginning of `bytes`
// (APPNOTE 4.3.7); 0: not one.
struct ZipEntry {
  std::size_t data = 0;
  bool stored = false;
  bool readable = false;
};
ZipEntry zip_entry(std::string_view bytes);

// The words in the head of a gzip file: its extra field, name and comment (RFC 1952 section 2.3); empty: none.
std::string_view gzip_words(std::string_view bytes);

}  // namespace cvr::redact
