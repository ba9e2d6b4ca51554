#include "cassette/frame.h"
#include "cassette/scan.h"
#include "cvr/cassette.h"
#include "os/append_file.h"
#include "os/file.h"
#include "os/private_file.h"

namespace cvr::cassette {
namespace {

constexpr int kMostCopies = 100;

// An earlier copy is the only one of what stood in the file then: it is never written over.
Result<std::string> copy_of(const std::string& path, std::string_view bytes) {
  std::string name = path + ".damaged";
  for (int i = 2; os::exists(name); ++i) {
    if (i > kMostCopies) return fail(ErrorCode::kEnvironment, "too many copies beside " + path + "; move them away");
    name = path + ".damaged." + std::to_string(i);
  }
  if (auto written = os::write_file_atomically(name, bytes); !written) return std::unexpected(written.error());
  return name;
}

}  // namespace

Result<RepairReport> repair(const std::string& path) {
  if (!os::exists(path)) return fail(ErrorCode::kEnvironment, path + " does not exist");
  auto file = os::AppendFile::open(path);
  if (!file) return std::unexpected(file.error());
  auto source = os::map_file(path);
  if (!source) return std::unexpected(source.error());
  const std::string_view bytes = (*source)->bytes();
  Scan found;  // of a torn file head: nothing
  if (!is_partial_file_head(bytes)) {
    if (auto sound = check_file_head(bytes, path); !sound) return std::unexpected(sound.error());
    found = scan(bytes, true);
  }
  RepairReport report;
  report.kept = found.entries.size();
  report.lost = found.lost;
  report.cut_bytes = bytes.size() - found.sound_bytes;
  if (report.cut_bytes == 0) return report;
  auto copy = copy_of(path, bytes);
  if (!copy) return std::unexpected(copy.error());
  report.copy = std::move(*copy);
  source->reset();
  if (auto cut = (*file)->truncate(found.sound_bytes); !cut) {
    return fail(ErrorCode::kEnvironment, "can not cut " + path + ": " + cut.error().text);
  }
  if (auto synced = (*file)->sync(); !synced) {
    return fail(ErrorCode::kEnvironment, "can not write " + path + ": " + synced.error().text);
  }
  return report;
}

}  // namespace cvr::cassette
