#include "cassette/index.h"

#include <algorithm>

namespace cvr::cassette {
namespace {

constexpr std::size_t kTableHead = 24;

}  // namespace

std::string encode_table(const TableDraft& table) {
  std::string out;
  out.reserve(kTableHead + table.entries.size() * kEntrySize + table.others.size() * 8);
  append_u64(out, table.previous);
  append_u64(out, table.first);
  append_u32(out, static_cast<std::uint32_t>(table.entries.size()));
  append_u32(out, static_cast<std::uint32_t>(table.others.size()));
  for (const Entry& entry : table.entries) {
    append_u64(out, entry.offset);
    append_prefix(out, entry.prefix);
  }
  for (const std::uint64_t offset : table.others) append_u64(out, offset);
  return out;
}

std::optional<Table> Table::parse(std::string_view payload) {
  if (payload.size() < kTableHead) return std::nullopt;
  const Table table(payload);
  const std::uint64_t size = kTableHead + std::uint64_t{table.size()} * kEntrySize + std::uint64_t{table.others()} * 8;
  if (size != payload.size()) return std::nullopt;
  return table;
}

Entry Table::entry(std::uint32_t i) const {
  const std::string_view raw = payload_.substr(kTableHead + i * kEntrySize, kEntrySize);
  return {load_u64(raw, 0), read_prefix(raw.substr(8))};
}

std::uint64_t Table::other(std::uint32_t i) const {
  return load_u64(payload_, kTableHead + size() * kEntrySize + std::size_t{i} * 8);
}

std::string encode_seal(const Seal& seal) {
  std::string out;
  append_u64(out, seal.table);
  append_u64(out, seal.count);
  append_u64(out, seal.at);
  append_u64(out, static_cast<std::uint64_t>(seal.sealed_utc_us));
  return out;
}

std::optional<Seal> decode_seal(std::string_view payload) {
  if (payload.size() != kSealSize) return std::nullopt;
  return Seal{load_u64(payload, 0), load_u64(payload, 8), load_u64(payload, 16),
              static_cast<std::int64_t>(load_u64(payload, 24))};
}

std::optional<std::vector<Table>> read_tables(std::string_view bytes, std::uint64_t last, std::uint64_t count,
                                              std::uint64_t end) {
  std::vector<Table> tables;
  std::uint64_t next_first = count + 1;  // going backwards, tables must join without a gap
  std::uint64_t below = end;
  for (std::uint64_t at = last; at != 0;) {
    if (at >= below) return std::nullopt;
    const auto frame = read_frame(bytes, at);
    if (!frame || !is(frame->head, FrameType::kIndex)) return std::nullopt;
    const auto table = Table::parse(frame->payload);
    if (!table || table->first() == 0 || table->first() + table->size() != next_first) return std::nullopt;
    next_first = table->first();
    tables.push_back(*table);
    below = at;
    at = table->previous();
  }
  if (next_first != 1) return std::nullopt;
  std::reverse(tables.begin(), tables.end());
  return tables;
}

std::optional<SealedIndex> read_index(std::string_view bytes) {
  constexpr std::size_t kSealFrame = kFrameHeadSize + kSealSize;
  if (bytes.size() < kFileHeadSize + kSealFrame) return std::nullopt;
  const std::uint64_t seal_at = bytes.size() - kSealFrame;
  const auto seal_frame = read_frame(bytes, seal_at);
  if (!seal_frame || !is(seal_frame->head, FrameType::kSeal)) return std::nullopt;
  const auto seal = decode_seal(seal_frame->payload);
  if (!seal || seal->at != seal_at || seal->count != seal_frame->head.n) return std::nullopt;

  auto tables = read_tables(bytes, seal->table, seal->count, seal_at);
  if (!tables) return std::nullopt;
  return SealedIndex{*seal, std::move(*tables)};
}

}  // namespace cvr::cassette
