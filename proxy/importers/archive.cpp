#include "importers/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

namespace cvr::importers {
namespace {

constexpr std::size_t kMostFiles = 500;
constexpr std::size_t kMostRatio = 100;
constexpr std::size_t kMostBytes = 64u << 20;

struct Close {
  void operator()(archive* a) const { archive_read_free(a); }
};

Error broken() { return {ErrorCode::kMalformed, "not readable as a ZIP archive; unpack it and import the .har in it"}; }

Error too_large() { return {ErrorCode::kLimit, "decompresses to more than 100 times its size, or 64 MiB"}; }

// Within the archive: neither absolute nor upwards.
bool is_plain_name(std::string_view name) {
  return !name.empty() && name[0] != '/' && !name.contains('\\') && name != ".." && !name.starts_with("../") &&
         !name.contains("/../") && !name.ends_with("/..");
}

// Appends what the entry holds; false: damaged, or more than `room` bytes.
bool read_entry(archive* from, std::size_t room, std::string& out) {
  std::array<char, 64u << 10> piece;
  for (;;) {
    const la_ssize_t got = archive_read_data(from, piece.data(), piece.size());
    if (got == 0) return true;
    if (got < 0) return false;
    out.append(piece.data(), static_cast<std::size_t>(got));
    if (out.size() > room) return false;
  }
}

}  // namespace

bool is_archive(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }

Result<ArchiveFiles> read_archive(std::string_view bytes) {
  const std::unique_ptr<archive, Close> from(archive_read_new());
  if (from == nullptr || archive_read_support_format_zip_seekable(from.get()) != ARCHIVE_OK ||
      archive_read_open_memory(from.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
    return std::unexpected(broken());
  }
  ArchiveFiles out;
  std::size_t room = std::min(kMostRatio * bytes.size(), kMostBytes);
  archive_entry* entry = nullptr;
  for (;;) {
    const int next = archive_read_next_header(from.get(), &entry);
    if (next == ARCHIVE_EOF) return out;
    if (next != ARCHIVE_OK) return std::unexpected(broken());
    const char* name = archive_entry_pathname(entry);
    if (name == nullptr || archive_entry_filetype(entry) != AE_IFREG) continue;
    if (!is_plain_name(name)) return fail(ErrorCode::kMalformed, "a file in it has a name that leads elsewhere");
    if (out.size() == kMostFiles)
      return fail(ErrorCode::kLimit, "holds more than 500 files; unpack it and import the .har in it");
    std::string text;
    if (archive_entry_size_is_set(entry) != 0) {
      const auto said = static_cast<std::uint64_t>(archive_entry_size(entry));
      if (said > room) return std::unexpected(too_large());
      text.reserve(said);
    }
    if (!read_entry(from.get(), room, text)) {
      if (text.size() > room) return std::unexpected(too_large());
      return std::unexpected(broken());
    }
    room -= text.size();
    if (!out.try_emplace(name, std::move(text)).second) {
      return fail(ErrorCode::kMalformed, "holds two files of one name");
    }
  }
}

}  // namespace cvr::importers
