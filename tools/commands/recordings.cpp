#include "commands/recordings.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/escape.h"
#include "cvr/cassette.h"

namespace cvr::commands {
namespace {

std::unexpected<Error> refused(const cassette::Reader& reader, const std::string& what, std::uint64_t sound) {
  const std::string name = printable(reader.name());
  return fail(ErrorCode::kDamaged,
              fmt::format("{}: {}; cvr repair {} would keep {} interactions, cut what stands behind them and keep the "
                          "whole file as {}.damaged",
                          name, printable(what), name, sound, name));
}

Result<void> load_cassette(const std::string& path, diagnose::Recording& out) {
  const auto reader = cassette::Reader::open(path, cassette::Check::kFull);
  if (!reader) return std::unexpected(reader.error());
  const cassette::Health health = (*reader)->health();
  if (health == cassette::Health::kTorn || health == cassette::Health::kDamaged) {
    return refused(**reader, (*reader)->damage(), (*reader)->size());
  }
  for (std::uint64_t i = 0; i < (*reader)->size(); ++i) {
    auto interaction = (*reader)->interaction(i);
    if (!interaction) return refused(**reader, fmt::format("#{}: {}", i + 1, interaction.error().text), i);
    out.interactions.push_back(std::move(*interaction));
  }
  out.gaps += (*reader)->gaps().size();
  std::ranges::copy((*reader)->refusals(), std::back_inserter(out.refusals));
  // Of several files with different keys no pseudonyms compare; then the key is that of none.
  const std::string& key = (*reader)->header().key_fingerprint;
  out.key = out.key.empty() || out.key == key ? key : "several";
  return {};
}

}  // namespace

Result<diagnose::Recording> load_recordings(const std::vector<std::string>& paths) {
  diagnose::Recording out;
  for (const std::string& path : paths) {
    if (auto done = load_cassette(path, out); !done) return std::unexpected(done.error());
  }
  return out;
}

}  // namespace cvr::commands
