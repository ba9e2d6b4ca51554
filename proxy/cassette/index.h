// The index inside a cassette (FORMAT.md, "An index", "The seal"): tables of offset, start time and
// match key, used straight from the mapped file.
//
// A table lists what came since the table before it, and points back to that one, so that nothing is
// ever rewritten: an appending recorder leaves the old tables where they are.  The writer writes a
// table every kSegment interactions, which keeps its memory flat, and one when it seals.  The seal
// is the last frame of a sound, finished file; it says where the last table is.
//
// Opening costs one checksum over the tables (56 bytes an interaction): 1,000,000 in about 10 ms.
// The alternative, one table at the end for the whole file, would cost the recorder 56 bytes of
// memory an interaction, and a new copy of the table for each time that it appends.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cassette/codec.h"
#include "cassette/frame.h"

namespace cvr::cassette {

inline constexpr std::size_t kEntrySize = 8 + 8 + kKeySize;
inline constexpr std::size_t kSegment = 4096;  // interactions a table, when the writer is left alone

struct Entry {
  std::uint64_t offset = 0;  // of the frame
  Prefix prefix;
};

// A table in the making.
struct TableDraft {
  std::uint64_t previous = 0;  // offset of the table before; 0: none
  std::uint64_t first = 1;     // number of the first interaction in it
  std::vector<Entry> entries;
  std::vector<std::uint64_t> others;  // offsets of header, gaps and unknown frames since then
  bool empty() const { return entries.empty() && others.empty(); }
};
std::string encode_table(const TableDraft& table);

// A table in a mapped file.
class Table {
 public:
  static std::optional<Table> parse(std::string_view payload);  // nullopt: sizes do not fit
  std::uint64_t previous() const { return load_u64(payload_, 0); }
  std::uint64_t first() const { return load_u64(payload_, 8); }
  std::uint32_t size() const { return load_u32(payload_, 16); }
  std::uint32_t others() const { return load_u32(payload_, 20); }
  Entry entry(std::uint32_t i) const;
  std::uint64_t other(std::uint32_t i) const;

 private:
  explicit Table(std::string_view payload) : payload_(payload) {}
  std::string_view payload_;
};

struct Seal {
  std::uint64_t table = 0;  // offset of the last table; 0: none
  std::uint64_t count = 0;  // interactions in the file
  std::uint64_t at = 0;     // offset of this frame: shows a file that was cut or joined
  std::int64_t sealed_utc_us = 0;
};
inline constexpr std::size_t kSealSize = 32;
std::string encode_seal(const Seal& seal);
std::optional<Seal> decode_seal(std::string_view payload);

// The tables that end with the one at `last` (0: none), in order; they list interactions 1 to `count`.  Each
// lies below `end`.  nullopt: something is wrong about them.
std::optional<std::vector<Table>> read_tables(std::string_view bytes, std::uint64_t last, std::uint64_t count,
                                              std::uint64_t end);

// All tables of a sealed file in order, without reading anything else.  nullopt: no seal at the end,
// or something about seal or tables is wrong (a full scan then tells what).
struct SealedIndex {
  Seal seal;
  std::vector<Table> tables;
};
std::optional<SealedIndex> read_index(std::string_view bytes);

}  // namespace cvr::cassette
