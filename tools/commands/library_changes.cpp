#include "commands/library_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "app/rewrite.h"
#include "app/surplus.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "commands/reading.h"
#include "os/file.h"

namespace cvr::commands {
namespace {

struct Surplus {
  std::string path;
  std::vector<std::uint64_t> numbers;
  std::string left_alone;  // why nothing of it is touched
};

// The cassette without these, under the recorder's lock and in its own place.
Result<void> drop(const std::string& path, const std::vector<std::uint64_t>& numbers, const Redactor& redactor) {
  const auto lock = cassette::Writer::open(path, {}, nullptr);
  if (!lock) return std::unexpected(lock.error());
  const auto reader = cassette::Reader::open(path);
  if (!reader) return std::unexpected(reader.error());
  auto out = app::Rewrite::begin({path, true, true}, app::header_of({reader->get()}), redactor);
  if (!out) return std::unexpected(out.error());
  const std::set<std::uint64_t> gone(numbers.begin(), numbers.end());
  const auto choose = [&](std::uint64_t n, const RedactedInteraction& one) -> std::optional<RedactedInteraction> {
    if (gone.contains(n)) return std::nullopt;
    return one;
  };
  if (auto done = app::copy(**reader, **out, choose); !done) return done;
  return (*out)->finish();
}

bool is_whole(const cassette::Reader& reader) {
  return reader.health() == cassette::Health::kSealed || reader.health() == cassette::Health::kUnsealed;
}

std::string numbers_text(const std::vector<std::uint64_t>& list) {
  constexpr std::size_t kMost = 12;
  std::string out;
  for (std::size_t i = 0; i < list.size() && i < kMost; ++i) out += " #" + std::to_string(list[i]);
  if (list.size() > kMost) out += fmt::format(" and {} more", list.size() - kMost);
  return out;
}

using Groups = std::vector<std::vector<std::string>>;  // of cassettes that say the same

Result<int> tell(const LibraryChange& change, const std::vector<Surplus>& all, const Groups& same,
                 const Redactor& redactor) {
  std::uint64_t count = 0;
  std::string out;
  json::Writer w;
  w.begin_object().member("applied", change.apply).key("cassettes").begin_array();
  for (const Surplus& one : all) {
    if (one.numbers.empty() && one.left_alone.empty()) continue;
    if (change.apply && !one.numbers.empty()) {
      if (auto done = drop(one.path, one.numbers, redactor); !done) return std::unexpected(done.error());
    }
    count += one.numbers.size();
    w.begin_object().member("file", one.path).key("numbers").begin_array();
    for (const std::uint64_t n : one.numbers) w.value(n);
    w.end_array();
    if (!one.left_alone.empty()) w.member("left_alone", one.left_alone);
    w.end_object();
    out += printable(one.path) + ":" +
           (one.left_alone.empty() ? numbers_text(one.numbers) : " left alone, " + printable(one.left_alone)) + "\n";
  }
  w.end_array().key("same").begin_array();
  for (const auto& group : same) {
    w.begin_array();
    out += "the same recording:";
    for (const std::string& path : group) {
      w.value(path);
      out += " " + printable(path);
    }
    w.end_array();
    out += "\n";
  }
  w.end_array().member("interactions", count).end_object();
  out += fmt::format("{} interactions {}\n", count,
                     change.apply ? "are gone"
                     : count == 0 ? "could go"
                                  : "could go; --apply takes them out");
  cli::print(change.json ? w.take() + "\n" : out);
  return 0;
}

}  // namespace

Result<int> dedupe(const LibraryChange& change, const Redactor& redactor, const cli::Globals& globals) {
  std::vector<Surplus> all;
  std::map<std::string, std::vector<std::string>> by_identity;
  Progress progress("comparing", change.paths.size(), globals);
  progress.every(1);
  for (const std::string& path : change.paths) {
    progress.at(all.size());
    Surplus& one = all.emplace_back(Surplus{path, {}, {}});
    const auto reader = cassette::Reader::open(path);
    const auto repeats =
        reader && is_whole(**reader)
            ? app::repeats_in(**reader)
            : Result<app::Repeats>(fail(ErrorCode::kDamaged, reader ? (*reader)->damage() : reader.error().text));
    if (!repeats) {
      one.left_alone = repeats.error().text;
      continue;
    }
    one.numbers = repeats->numbers;
    if ((*reader)->size() > 0) by_identity[repeats->identity].push_back(path);
  }
  Groups same;
  for (auto& [identity, paths] : by_identity) {
    if (paths.size() > 1) same.push_back(std::move(paths));
  }
  std::ranges::sort(same);
  return tell(change, all, same, redactor);
}

Result<int> prune(const LibraryChange& change, const Redactor& redactor, const cli::Globals&) {
  std::vector<app::UsageReport> reports;
  for (const std::string& file : change.usage_files) {
    const auto text = os::read_file(file);
    if (!text) return std::unexpected(text.error());
    auto some = app::parse_usage(*text);
    if (!some) return fail(ErrorCode::kUsage, "--used " + printable(file) + ": " + some.error().text);
    for (app::UsageReport& report : *some) reports.push_back(std::move(report));
  }
  std::vector<Surplus> all;
  for (const std::string& path : change.paths) {
    Surplus& one = all.emplace_back(Surplus{path, {}, {}});
    const auto reader = cassette::Reader::open(path);
    if (!reader || !is_whole(**reader)) {
      one.left_alone = reader ? (*reader)->damage() : reader.error().text;
      continue;
    }
    const auto unused = app::unused_in(**reader, reports);
    if (!unused) return std::unexpected(unused.error());
    one.numbers = *unused;
  }
  return tell(change, all, {}, redactor);
}

}  // namespace cvr::commands
