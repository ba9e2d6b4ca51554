#include <algorithm>

#include "cassette/scan.h"
#include "cvr/cassette.h"
#include "os/file.h"

namespace cvr::cassette {
namespace {

struct Salvage {
  std::string bytes;
  RepairReport report;
};

// The offset of the next frame that is whole and sound, or npos.  Linear: a candidate is checked by
// its head first, and only a sound head leads to a look at its payload.
std::uint64_t next_sound_frame(std::string_view file, std::uint64_t from) {
  Frame frame;
  for (std::uint64_t at = from; at + kFrameHead <= file.size(); ++at) {
    const char type = file[static_cast<std::size_t>(at) + 4];
    if (type != 'I' && type != 'G' && type != 'S') continue;
    if (read_frame(file, at, frame) == FrameStatus::kOk) return at;
  }
  return std::string_view::npos;
}

// Keeps every sound record; what is not sound is counted as lost, once a stretch.
Salvage salvage(std::string_view file, const Scan& scanned) {
  Salvage out;
  Frame frame;
  read_frame(file, kMagic.size(), frame);
  out.bytes = file.substr(0, static_cast<std::size_t>(end_of(frame)));
  std::uint64_t sealed_count = 0;
  std::uint64_t stretches = 0;
  std::uint64_t at = end_of(frame);
  while (at < file.size()) {
    const FrameStatus status = read_frame(file, at, frame);
    if (status == FrameStatus::kEnd) break;
    if (status != FrameStatus::kOk) {
      const std::uint64_t next = next_sound_frame(file, at + 1);
      const bool is_tail = next == std::string_view::npos;
      out.report.cut_bytes += (is_tail ? file.size() : next) - at;
      if (!(is_tail && status == FrameStatus::kTorn && scanned.health == Health::kTorn)) ++stretches;
      if (is_tail) break;
      at = next;
      continue;
    }
    if (frame.type == 'S') {
      const auto seal = decode_seal(frame.payload);
      if (seal) sealed_count = seal->interactions;
    } else {
      if (frame.type == 'I') ++out.report.kept;
      out.bytes += file.substr(static_cast<std::size_t>(at), kFrameHead + frame.payload.size());
    }
    at = end_of(frame);
  }
  // The seal knows how many there were; without one, every damaged stretch held one at least.
  out.report.lost = sealed_count > out.report.kept ? sealed_count - out.report.kept : stretches;
  return out;
}

}  // namespace

Result<RepairReport> repair(const std::string& path) {
  auto source = os::map_file(path);
  if (!source) return std::unexpected(source.error());
  const std::string_view bytes = (*source)->bytes();
  auto scanned = scan(bytes, path, nullptr);
  if (!scanned) return std::unexpected(scanned.error());
  RepairReport report;
  report.kept = scanned->interactions.size();
  if (scanned->health == Health::kSealed || scanned->health == Health::kUnsealed) return report;
  if (auto copied = os::write_file_atomically(path + ".damaged", bytes); !copied) return std::unexpected(copied.error());
  const Salvage saved = salvage(bytes, *scanned);
  if (auto written = os::write_file_atomically(path, saved.bytes); !written) return std::unexpected(written.error());
  return saved.report;
}

}  // namespace cvr::cassette
