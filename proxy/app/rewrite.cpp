#include "app/rewrite.h"

#include <algorithm>
#include <filesystem>

#include "base/escape.h"
#include "cvr/version.h"
#include "engine/hints.h"
#include "os/append_file.h"
#include "os/private_file.h"

namespace cvr::app {
namespace {

constexpr std::string_view kDraft = ".part";

constexpr std::string_view kMixed = "mixed";

std::string last_component(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

// Digits only, at most 18 of them; 0: none.
std::uint64_t number(std::string_view text) {
  if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != text.npos) return 0;
  std::uint64_t n = 0;
  for (const char c : text) n = n * 10 + static_cast<std::uint64_t>(c - '0');
  return n;
}

// As they stand in the file, where somebody may have written anything.
std::string numbers_of(const RedactedParts& parts) {
  const MatchKey& key = parts.key;
  const auto start = static_cast<std::uint64_t>(parts.timing.started_utc_us);
  std::string out;
  for (const std::uint64_t number : {start, key.bucket_lo, key.bucket_hi, key.exact_lo, key.exact_hi, key.rules}) {
    for (unsigned bit = 0; bit < 64; bit += 8) out += static_cast<char>(number >> bit & 0xff);
  }
  return out;
}

}  // namespace

Result<void> check_target(const Target& target, const std::vector<std::string>& sources, const Redactor& redactor) {
  if (target.path.empty()) return fail(ErrorCode::kUsage, "-o OUT is needed: the cassette to write");
  for (const std::string& source : sources) {
    std::error_code error;
    if (source == target.path || std::filesystem::equivalent(source, target.path, error)) {
      return fail(ErrorCode::kUsage, "-o names the cassette itself; choose another file");
    }
  }
  if (!target.overwrite && os::exists(target.path)) {
    return fail(ErrorCode::kUsage, printable(target.path) + " exists; choose another file, or --overwrite");
  }
  if (os::exists(target.path)) {
    const auto old = cassette::Reader::open(target.path);
    if (!old && old.error().code == ErrorCode::kMalformed) {
      return fail(ErrorCode::kUsage,
                  printable(target.path) + " is no cassette, so --overwrite leaves it alone; choose another file");
    }
  }
  if (!redactor.leaks(last_component(target.path), "name").empty()) {
    return fail(ErrorCode::kUsage, "the name that -o gives holds a known secret; choose another name");
  }
  return {};
}

Rewrite::Rewrite(std::string path, Draft draft, const Redactor& redactor)
    : path_(std::move(path)),
      draft_(std::move(draft.path)),
      writer_(std::move(draft.writer)),
      replaced_(std::move(draft.replaced)),
      redactor_(redactor) {}

Error about_target(Error error, const std::string& path) {
  const std::string draft = path + std::string(kDraft);
  if (const std::size_t at = error.text.find(draft); at != std::string::npos) {
    error.text.replace(at, draft.size(), path);
  }
  return error;
}

Result<Draft> open_draft(const Target& target, cassette::Header header) {
  cassette::WriterOptions options;
  options.overwrite = true;
  options.header = std::move(header);
  engine::write_hints(options);
  Draft draft;
  if (!target.held && os::exists(target.path)) {
    auto replaced = os::AppendFile::open(target.path);
    if (!replaced) return std::unexpected(replaced.error());
    draft.replaced = std::move(*replaced);
  }
  draft.path = target.path + std::string(kDraft);
  auto writer = cassette::Writer::open(draft.path, std::move(options), nullptr);
  if (!writer) return std::unexpected(about_target(writer.error(), target.path));
  draft.writer = std::move(*writer);
  return draft;
}

Rewrite::~Rewrite() {
  writer_.reset();
  std::error_code ignored;
  if (!draft_.empty()) std::filesystem::remove(draft_, ignored);
}

Result<std::unique_ptr<Rewrite>> Rewrite::begin(const Target& target, cassette::Header header,
                                                const Redactor& redactor) {
  auto found = redactor.leaks(header.key_fingerprint, "the header of a cassette");
  std::ranges::move(redactor.leaks(header.redaction, "the header of a cassette"), std::back_inserter(found));
  for (const Leak& leak : found) {
    if (!leak.known) continue;
    return fail(ErrorCode::kRefused, "nothing was written: " + leak.place + " holds " + leak.what +
                                         "; one without it: cvr redact FILE -o OUT");
  }
  auto draft = open_draft(target, std::move(header));
  if (!draft) return std::unexpected(draft.error());
  return std::unique_ptr<Rewrite>(new Rewrite(target.path, std::move(*draft), redactor));
}

Result<void> Rewrite::add(const RedactedInteraction& interaction, const std::string& source, std::uint64_t n) {
  if (const auto leaks = redactor_.leaks(*interaction); !leaks.empty()) {
    return fail(ErrorCode::kRefused, "nothing was written: #" + std::to_string(n) + " of " + printable(source) + ", " +
                                         printable(leaks.front().place) + " holds " + leaks.front().what +
                                         "; see: cvr redact " + printable(source) + " -o OUT");
  }
  for (const Leak& leak : redactor_.leaks(numbers_of(*interaction), "its start and match key")) {
    if (!leak.known) continue;
    return fail(ErrorCode::kRefused, "nothing was written: #" + std::to_string(n) + " of " + printable(source) + ", " +
                                         leak.place + " hold " + leak.what + "; see: cvr redact " + printable(source) +
                                         " -o OUT");
  }
  const auto written = writer_->append(interaction);
  if (!written) return std::unexpected(written.error());
  return {};
}

bool Rewrite::is_new(std::string what) {
  const bool known = of_others_.contains(what);
  of_this_.insert(std::move(what));
  return !known;
}

void Rewrite::end_source() { of_others_.merge(of_this_); }

// Words of the recorder's own, unless somebody has written there.
Result<void> Rewrite::check_words(std::initializer_list<std::string_view> words, const std::string& place) const {
  for (const std::string_view one : words) {
    const auto leaks = redactor_.leaks(one, place);
    if (leaks.empty()) continue;
    return fail(ErrorCode::kRefused, "nothing was written: " + place + " holds " + leaks.front().what +
                                         ", where no recorder writes any; record again, or leave that cassette out");
  }
  return {};
}

Result<void> Rewrite::add(const cassette::Gap& gap) {
  if (auto clean = check_words({gap.reason}, "a gap"); !clean) return clean;
  if (!is_new(std::to_string(gap.at_utc_us) + " " + std::to_string(gap.lost) + " " + gap.reason)) return {};
  return writer_->append(gap);
}

Result<void> Rewrite::add(const cassette::Refusal& refusal) {
  if (auto clean = check_words({refusal.kind, refusal.host, refusal.reason}, "a refusal"); !clean) return clean;
  const std::string when = std::to_string(refusal.at_utc_us);
  if (!is_new(when + " " + refusal.kind + " " + refusal.host + " " + refusal.reason)) return {};
  return writer_->append(refusal);
}

Result<void> Rewrite::add(const cassette::UnknownRecord& record, const std::string& source) {
  if (!is_new(static_cast<char>(record.type) + std::string(record.payload))) return {};
  for (const Leak& leak : redactor_.leaks(record.payload, "a record of unknown type")) {
    if (!leak.known) continue;
    return fail(ErrorCode::kRefused, "nothing was written: a record of unknown type behind #" +
                                         std::to_string(record.after) + " of " + printable(source) + " holds " +
                                         leak.what + "; see: cvr redact " + printable(source) + " -o OUT");
  }
  return writer_->append(record);
}

Result<void> Rewrite::finish() {
  if (auto sealed = writer_->seal(); !sealed) return sealed;
  writer_.reset();
  std::error_code error;
  std::filesystem::rename(draft_, path_, error);
  if (error) return fail(ErrorCode::kEnvironment, "can not write to " + path_ + ": " + error.message());
  draft_.clear();
  return {};
}

Result<void> walk(const cassette::Reader& from, Rewrite& to, const std::function<Result<void>(std::uint64_t i)>& each) {
  const std::vector<cassette::UnknownRecord> unknown = from.unknown();
  auto other = unknown.begin();
  auto gap = from.gaps().begin();
  auto refusal = from.refusals().begin();
  for (std::uint64_t i = 0; i <= from.size(); ++i) {
    const bool at_end = i == from.size();
    for (; other != unknown.end() && other->after <= i; ++other) {
      if (auto done = to.add(*other, from.name()); !done) return done;
    }
    for (; refusal != from.refusals().end() && refusal->after <= i; ++refusal) {
      if (auto done = to.add(*refusal); !done) return done;
    }
    for (; gap != from.gaps().end() && (at_end || gap->at_utc_us <= from.started_utc_us(i)); ++gap) {
      if (auto done = to.add(*gap); !done) return done;
    }
    if (auto done = each(i); !done) return done;
  }
  to.end_source();
  return {};
}

Result<void> copy(const cassette::Reader& from, Rewrite& to, const Choose& choose) {
  return walk(from, to, [&](std::uint64_t i) -> Result<void> {
    if (i == from.size()) return {};
    const auto interaction = from.interaction(i);
    if (!interaction) return std::unexpected(interaction.error());
    const auto chosen = choose(i + 1, *interaction);
    if (!chosen) return {};
    return to.add(*chosen, from.name(), i + 1);
  });
}

cassette::Header header_of(const std::vector<const cassette::Reader*>& sources) {
  cassette::Header header = sources.front()->header();
  header.tool = kToolVersion;
  for (const cassette::Reader* source : sources) {
    header.created_utc_us = std::min(header.created_utc_us, source->header().created_utc_us);
    if (source->header().key_fingerprint != header.key_fingerprint) header.key_fingerprint = kMixed;
    if (source->header().redaction != header.redaction) header.redaction = kMixed;
  }
  return header;
}

Result<std::vector<bool>> parse_numbers(const std::string& text, std::uint64_t size) {
  std::vector<bool> out(size, false);
  const auto bad = [&](std::string_view part) {
    const std::string held = size == 0 ? "no interaction" : "1 to " + std::to_string(size);
    return fail(ErrorCode::kUsage, printable(shortened(part, 40)) + " names no interaction; numbers and ranges as in " +
                                       "3,7-9 are needed, and the cassette holds " + held);
  };
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::string_view part = std::string_view(text).substr(at, end - at);
    const std::size_t dash = part.find('-');
    const std::uint64_t first = number(part.substr(0, dash));
    const std::uint64_t last = dash == part.npos ? first : number(part.substr(dash + 1));
    if (first == 0 || last < first || last > size) return bad(part);
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(first - 1), out.begin() + static_cast<std::ptrdiff_t>(last),
              true);
    at = end + 1;
  }
  return out;
}

}  // namespace cvr::app
