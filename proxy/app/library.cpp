#include "app/library.h"

#include <algorithm>
#include <filesystem>

#include "base/escape.h"
#include "engine/seal_check.h"
#include "exporters/common.h"

namespace cvr::app {
namespace {

constexpr std::size_t kMostCassettes = 100'000;
constexpr std::size_t kMostLeaks = 100;

std::string outcome_of(const RedactedParts& parts) {
  if (parts.failure) return std::string(to_string(parts.failure->kind));
  return parts.response ? std::to_string(parts.response->status) : "-";
}

}  // namespace

Result<std::vector<std::string>> cassettes_below(const std::string& directory) {
  namespace fs = std::filesystem;
  std::error_code error;
  std::vector<std::string> out;
  fs::recursive_directory_iterator at(directory, fs::directory_options::skip_permission_denied, error);
  if (error) {
    const bool is_other = error == std::errc::not_a_directory;
    return fail(is_other ? ErrorCode::kUsage : ErrorCode::kEnvironment,
                printable(directory) + (is_other ? " is no directory of cassettes; name the one that it is in"
                                                 : " can not be read: " + error.message()));
  }
  for (; at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (error) return fail(ErrorCode::kEnvironment, "can not read " + printable(directory) + ": " + error.message());
    if (at->path().extension() != ".cvr" || !fs::is_regular_file(at->symlink_status(error))) continue;
    if (out.size() == kMostCassettes) {
      return fail(ErrorCode::kLimit,
                  printable(directory) + " holds more than 100,000 cassettes; name a directory in it");
    }
    out.push_back(at->path().string());
  }
  std::ranges::sort(out);
  return out;
}

Shelved look_at(const std::string& path) {
  Shelved out;
  out.path = path;
  const auto reader = cassette::Reader::open(path);
  if (!reader) {
    out.error = reader.error().text;
    return out;
  }
  const cassette::Reader& tape = **reader;
  std::error_code ignored;
  out.bytes = std::filesystem::file_size(path, ignored);
  out.health = to_string(tape.health());
  out.damage = tape.damage();
  out.interactions = tape.size();
  for (const cassette::Gap& gap : tape.gaps()) out.gaps += gap.lost;
  if (tape.size() == 0) return out;
  out.first_utc_us = tape.started_utc_us(0);
  out.last_utc_us = tape.started_utc_us(tape.size() - 1);
  const auto first = tape.interaction(0);
  if (first) {
    out.origin = http::to_string((*first)->request.origin);
  } else {
    out.health = to_string(cassette::Health::kDamaged);
    out.damage = first.error().text;
  }
  return out;
}

Findings find_in(const std::string& path, const Search& search) {
  Findings out;
  const auto reader = cassette::Reader::open(path);
  if (!reader) {
    out.error = reader.error().text;
    return out;
  }
  if ((*reader)->health() == cassette::Health::kDamaged) out.error = "damaged: " + (*reader)->damage();
  for (std::uint64_t i = 0; i < (*reader)->size(); ++i) {
    const auto one = (*reader)->interaction(i);
    if (!one) out.error = "#" + std::to_string(i + 1) + ": " + one.error().text;
    if (!one || !search.fits(**one)) continue;
    out.found.push_back({path, i + 1, (*one)->request.method, exporters::url_of((*one)->request), outcome_of(**one)});
  }
  return out;
}

bool Verdict::is_sound() const {
  return error.empty() && leaks.empty() && unreadable == 0 && (health == "sealed" || health == "unsealed");
}

Verdict verify(const std::string& path, const Redactor& redactor) {
  Verdict out;
  out.path = path;
  const auto reader = cassette::Reader::open(path, cassette::Check::kFull);
  if (!reader) {
    out.error = reader.error().text;
    return out;
  }
  out.health = to_string((*reader)->health());
  out.damage = (*reader)->damage();
  out.interactions = (*reader)->size();
  const auto note = [&out](const std::string& where, const Leak& leak) {
    if (out.leaks.size() < kMostLeaks) out.leaks.push_back(where + printable(leak.place) + ": " + leak.what);
  };
  const std::string name = path.substr(path.find_last_of('/') + 1);
  for (const Leak& leak : redactor.leaks(name, "the cassette's name")) note("", leak);
  for (const engine::SealFinding& found : engine::leaks_outside(**reader, redactor)) note("", found.leak);
  for (std::uint64_t i = 0; i < (*reader)->size(); ++i) {
    const auto one = (*reader)->interaction(i);
    if (!one) {
      ++out.unreadable;
      continue;
    }
    for (const Leak& leak : engine::leaks_of(**reader, i, **one, redactor))
      note("#" + std::to_string(i + 1) + " ", leak);
  }
  return out;
}

}  // namespace cvr::app
