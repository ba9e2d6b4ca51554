#include "commands/writing.h"

#include "base/escape.h"
#include "commands/reading.h"

namespace cvr::commands {

void WritingFlags::declare(cli::Options& options) {
  options.text("-o,--output", target_.path, "the cassette to write (0600)");
  options.flag("--overwrite", target_.overwrite, "replace what -o names");
  flags_.declare(options, RedactionFlags::With::kPrivacy,
                 "dotenv file whose values must not stand in the cassette, repeatable");
}

Result<std::unique_ptr<cassette::Reader>> open_source(const std::string& path, const cli::Globals& globals) {
  auto opened = open_for_reading(path, globals, cassette::Check::kFull);
  if (!opened) return std::unexpected(opened.error());
  if (opened->status != 0) {
    return fail(ErrorCode::kDamaged, printable(path) + " is damaged; see: cvr repair " + printable(path));
  }
  warn_without_seal(*opened, path, globals);
  return std::move(opened->reader);
}

Result<WritingFlags::Begun> WritingFlags::open(const std::vector<std::string>& sources,
                                               const cli::Globals& globals) const {
  Begun begun;
  for (const std::string& path : sources) {
    auto reader = open_source(path, globals);
    if (!reader) return std::unexpected(reader.error());
    begun.sources.push_back(std::move(*reader));
  }
  auto redactor = reading_redactor(flags_);
  if (!redactor) return std::unexpected(redactor.error());
  begun.redactor = std::move(*redactor);
  return begun;
}

Result<void> WritingFlags::start(Begun& begun, const app::Target& target) {
  std::vector<const cassette::Reader*> readers;
  for (const auto& source : begun.sources) readers.push_back(source.get());
  auto out = app::Rewrite::begin(target, app::header_of(readers), *begun.redactor);
  if (!out) return std::unexpected(out.error());
  begun.out = std::move(*out);
  return {};
}

Result<WritingFlags::Begun> WritingFlags::begin(const std::vector<std::string>& sources,
                                                const cli::Globals& globals) const {
  if (target_.path.empty()) return fail(ErrorCode::kUsage, "-o OUT is needed: the cassette to write");
  auto begun = open(sources, globals);
  if (!begun) return begun;
  if (auto sound = app::check_target(target_, sources, *begun->redactor); !sound) return std::unexpected(sound.error());
  if (auto done = start(*begun, target_); !done) return std::unexpected(done.error());
  return begun;
}

Result<WritingFlags::Begun> WritingFlags::begin_in_place(const std::string& ours, const std::string& theirs,
                                                         const cli::Globals& globals) const {
  auto begun = open({ours, theirs}, globals);
  if (!begun) return begun;
  if (auto done = start(*begun, {ours, true}); !done) return std::unexpected(done.error());
  return begun;
}

}  // namespace cvr::commands
