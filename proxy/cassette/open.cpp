// Writer::open: which file, in which state, may be written to.
#include "cassette/frame.h"
#include "cassette/scan.h"
#include "cassette/writer.h"
#include "os/append_file.h"
#include "os/file.h"
#include "os/private_file.h"

namespace cvr::cassette {
namespace {

// A file that is there is locked before it is looked at; whatever is not a cassette stays as it is.
Result<std::unique_ptr<Writer>> append_to(const std::string& path, WriterOptions options, OpenReport& report) {
  Before before;
  before.existed = os::exists(path);
  auto file = os::AppendFile::open(path);
  if (!file) return std::unexpected(file.error());
  auto source = os::map_file(path);
  if (!source) return std::unexpected(source.error());
  const std::string_view bytes = (*source)->bytes();
  WriterStart start;
  std::uint64_t sound_bytes = 0;
  if (!is_partial_file_head(bytes)) {
    if (auto sound = check_file_head(bytes, path); !sound) return std::unexpected(sound.error());
    auto window = os::ReadWindow::open(path);
    if (!window) return std::unexpected(window.error());
    const Scan found = scan(bytes, false, &*window);
    if (found.health == Health::kDamaged) {
      return fail(ErrorCode::kDamaged, path + " is " + found.damage + "; see: cvr repair " + path);
    }
    start = start_from(found);
    start.version = version_of(bytes);
    sound_bytes = found.sound_bytes;
  }
  report.interactions = start.count;
  report.torn_bytes_cut = bytes.size() - sound_bytes;
  report.was_sealed = start.sealed;
  source->reset();
  if (report.torn_bytes_cut > 0) {
    if (auto cut = (*file)->truncate(sound_bytes); !cut) {
      return fail(ErrorCode::kEnvironment, "can not cut the torn tail of " + path + ": " + cut.error().text);
    }
  }
  before.sound_bytes = sound_bytes;
  return make_writer(std::move(*file), std::move(start), std::move(options), path, std::move(before));
}

// The new cassette is whole before it takes the old one's name, and whoever still reads the old one
// keeps it.
Result<std::unique_ptr<Writer>> start_anew(const std::string& path, WriterOptions options) {
  std::unique_ptr<os::AppendFile> old;
  Before before;
  before.existed = false;
  if (os::exists(path)) {
    auto opened = os::AppendFile::open(path);
    if (!opened) return std::unexpected(opened.error());
    old = std::move(*opened);
    auto source = os::map_file(path);
    if (!source) return std::unexpected(source.error());
    const std::string_view head = (*source)->bytes().substr(0, kFileHeadSize);
    if (!is_partial_file_head(head)) {
      // A damaged or newer cassette may be written over, a letter to the bank may not.
      const auto sound = check_file_head(head, path);
      if (!sound && !looks_like_cassette(head)) return std::unexpected(sound.error());
    }
    before.existed = true;
    if (options.keep_replaced) before.replaced = std::move(*source);
  }
  auto fresh = os::AppendFile::create_beside(path);
  if (!fresh) return std::unexpected(fresh.error());
  os::AppendFile& file = **fresh;
  auto writer = make_writer(std::move(*fresh), {}, std::move(options), path, std::move(before));
  if (!writer) return writer;
  if (auto moved = file.move_to(path); !moved) return std::unexpected(moved.error());
  return writer;
}

}  // namespace

Result<std::unique_ptr<Writer>> Writer::open(const std::string& path, WriterOptions options, OpenReport* report) {
  OpenReport unused;
  OpenReport& told = report != nullptr ? *report : unused;
  told = {};
  if (options.overwrite) return start_anew(path, std::move(options));
  return append_to(path, std::move(options), told);
}

}  // namespace cvr::cassette
