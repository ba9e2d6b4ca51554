#include "cassette/writer.h"

#include <mutex>
#include <utility>

#include "cassette/meta.h"
#include "cassette/sink_writer.h"
#include "cassette/storable.h"
#include "os/clock.h"

namespace cvr::cassette {
namespace {

constexpr std::uint64_t kEpilogue = 2048;  // room for a gap, heads and a seal, under `max_bytes`
constexpr std::uint64_t kHintSize = 5;     // at most, of one interaction

Encoded encode_with(const Earlier* earlier, const RedactedInteraction& interaction) {
  if (earlier != nullptr) return earlier->encode(interaction);
  Encoded out;
  out.payload = encode(interaction);
  return out;
}

}  // namespace

const Clock& system_clock() {
  static const os::SystemClock clock;
  return clock;
}

Result<void> SinkWriter::begin() {
  if (state_.has_header) return {};
  if (sink_->size() == 0) {
    if (auto written = sink_->append(file_head()); !written) return std::unexpected(in_words(written.error()));
  }
  const std::uint64_t at = sink_->size();
  auto written = put_frame(FrameType::kHeader, encode_header(options_.header));
  if (!written) return std::unexpected(in_words(written.error()));
  state_.table.others.push_back(at);
  return {};
}

// Whole or not at all.
Result<void> SinkWriter::put(std::string_view frames) {
  if (unsure_) return std::unexpected(*unsure_);
  const std::uint64_t before = sink_->size();
  auto written = sink_->append(frames);
  if (written) {
    state_.sealed = false;
    return {};
  }
  if (auto cut = sink_->truncate(before); !cut) {
    unsure_ = Error{ErrorCode::kEnvironment, written.error().text + "; and then: " + cut.error().text};
    stopped_ = unsure_;
    return std::unexpected(*unsure_);
  }
  return written;
}

Result<void> SinkWriter::put_frame(FrameType type, std::string_view payload) {
  FrameDraft frame(type, payload);
  Digest chain = state_.chain;
  if (auto written = put(frame.finish(state_.count, chain)); !written) return written;
  state_.chain = chain;
  return {};
}

bool SinkWriter::over_limit(std::uint64_t more) const {
  if (options_.max_bytes == 0) return false;
  const std::uint64_t table = (state_.table.entries.size() + 1) * kEntrySize;
  const std::uint64_t hints = (state_.hints.size() + 1) * kHintSize;
  return sink_->size() + more + table + hints + kEpilogue > options_.max_bytes;
}

// Notes an interaction that could not be recorded; answers the error for the caller.
Error SinkWriter::lose(Error error) {
  ++lost_;
  if (gap_.lost++ == 0) {
    gap_.at_utc_us = clock_.utc_us();
    gap_.reason = error.text;
  }
  error = in_words(error);
  last_error_ = error.text;
  return error;
}

Result<void> SinkWriter::put_gap() {
  if (gap_.lost == 0) return {};
  const std::uint64_t at = sink_->size();
  if (auto written = put_frame(FrameType::kGap, encode_gap(gap_)); !written) return written;
  state_.table.others.push_back(at);
  gap_ = {};
  return {};
}

Result<void> SinkWriter::put_table() {
  put_hints();
  if (state_.table.empty()) return {};
  const std::uint64_t at = sink_->size();
  if (auto written = put_frame(FrameType::kIndex, encode_table(state_.table)); !written) return written;
  state_.table = TableDraft{at, state_.count + 1, {}, {}};
  return {};
}

// The cassette is whole without them: what fails is left out.
void SinkWriter::put_hints() {
  const HintsDraft& hints = state_.hints;
  if (hints.empty() || (hints.size() < kSegment && state_.count < options_.lookup_from)) return;
  const std::uint64_t at = sink_->size();
  if (!put_frame(FrameType::kHints, hints.encode(options_.routes.form, state_.count, state_.last))) return;
  state_.table.others.push_back(at);
  state_.hints.clear();
}

// Likewise.
void SinkWriter::put_lookup() {
  if (!options_.make_lookup || options_.max_bytes != 0 || state_.count < options_.lookup_from) return;
  std::vector<MatchKey> keys;
  {
    const auto source = os::map_file(name_);
    if (!source) return;
    const std::string_view bytes = (*source)->bytes();
    const auto tables = read_tables(bytes, state_.table.previous, state_.table.first - 1, bytes.size());
    if (!tables) return;
    keys.reserve(state_.count);
    for (const Table& table : *tables) {
      for (std::uint32_t i = 0; i < table.size(); ++i) keys.push_back(table.entry(i).prefix.key);
    }
  }
  for (const Entry& entry : state_.table.entries) keys.push_back(entry.prefix.key);
  if (keys.size() != state_.count) return;
  const std::string lookup = options_.make_lookup(keys);
  if (lookup.empty() || lookup.size() > kMostPayload) return;
  const std::uint64_t at = sink_->size();
  if (put_frame(FrameType::kLookup, lookup)) state_.table.others.push_back(at);
}

Result<void> SinkWriter::put_seal() {
  const Seal seal{state_.table.previous, state_.count, sink_->size(), clock_.utc_us()};
  if (auto written = put_frame(FrameType::kSeal, encode_seal(seal)); !written) return written;
  state_.sealed = true;
  return {};
}

SinkWriter::Noted SinkWriter::note(const RedactedParts& parts) const {
  const std::uint32_t route = options_.routes.of ? options_.routes.of(parts.request) : 0;
  return {{parts.timing.started_utc_us, parts.key}, route, !http::is_safe(parts.request.method)};
}

// The interaction, behind the gap that comes before it: both or none, so that a disk that stays full
// is not filled with gaps.
Result<void> SinkWriter::put_with_gap(FrameDraft& frame, const Noted& noted) {
  const bool has_gap = gap_.lost > 0;
  const std::uint64_t at = sink_->size();
  Digest chain = state_.chain;
  std::string both;
  if (has_gap) both = FrameDraft(FrameType::kGap, encode_gap(gap_)).finish(state_.count, chain);
  const std::uint64_t interaction_at = at + both.size();
  std::string_view bytes = frame.finish(state_.count + 1, chain);
  if (has_gap) bytes = both += bytes;
  if (auto written = put(bytes); !written) return written;
  state_.chain = state_.last = chain;
  ++state_.count;
  if (has_gap) state_.table.others.push_back(at);
  state_.table.entries.push_back({interaction_at, noted.prefix});
  if (options_.routes.of) state_.hints.add(noted.route, noted.is_write);
  gap_ = {};
  return {};
}

Result<void> SinkWriter::put_interaction(FrameDraft& frame, const Noted& noted) {
  if (!stopped_ && over_limit(frame.size())) {
    stopped_ = Error{ErrorCode::kLimit, "the limit of " + std::to_string(options_.max_bytes) + " bytes is reached"};
  }
  if (stopped_) return std::unexpected(*stopped_);
  if (auto written = put_with_gap(frame, noted); !written) return written;
  // A table that can not be written now is written later; the records stand without it.
  if (state_.table.entries.size() % kSegment == 0) static_cast<void>(put_table());
  return {};
}

Result<std::uint64_t> SinkWriter::append(const RedactedInteraction& interaction) {
  const auto lost = [this](const Error& error) {
    const std::lock_guard lock(mutex_);
    return std::unexpected(lose(error));
  };
  if (auto sound = check_storable(*interaction); !sound) return lost(sound.error());
  const auto earlier = locked([&] { return earlier_; });
  Encoded encoded = encode_with(earlier.get(), interaction);
  FrameDraft frame(FrameType::kInteraction, encoded.payload);
  const Noted noted = note(*interaction);
  std::uint64_t number = 0;
  std::uint64_t ticket = 0;
  {
    const std::lock_guard lock(mutex_);
    if (earlier_ != earlier) {  // purged meanwhile: what was leaned on may have changed
      encoded = encode_with(earlier_.get(), interaction);
      frame = FrameDraft(FrameType::kInteraction, encoded.payload);
    }
    auto written = put_interaction(frame, noted);
    if (!written) return std::unexpected(lose(written.error()));
    number = state_.count;
    if (earlier_) earlier_->remember(encoded, number);
    if (options_.durable) ticket = sync_->issue();
  }
  if (options_.durable) {
    if (auto synced = sync_->wait(ticket); !synced) {
      const std::lock_guard lock(mutex_);
      stopped_ = synced.error();
      return std::unexpected(lose(synced.error()));
    }
  }
  return number;
}

Result<void> SinkWriter::append(const Gap& gap) {
  const std::lock_guard lock(mutex_);
  if (auto written = put_gap(); !written) return written;
  gap_ = gap;
  return {};
}

Result<void> SinkWriter::append(const Refusal& refusal) {
  const std::string payload = encode_refusal(refusal);
  const std::lock_guard lock(mutex_);
  if (over_limit(kFrameHeadSize + payload.size())) return fail(ErrorCode::kLimit, "the cassette is full");
  return put_other(FrameType::kRefusal, payload);
}

Result<void> SinkWriter::append(const UnknownRecord& record) {
  const std::lock_guard lock(mutex_);
  return put_unknown(record);
}

Result<void> SinkWriter::put_unknown(const UnknownRecord& record) {
  if (is_known(record.type)) return fail(ErrorCode::kUsage, "a record of a known type is no unknown record");
  return put_other(static_cast<FrameType>(record.type), record.payload);
}

Result<void> SinkWriter::put_other(FrameType type, std::string_view payload) {
  if (stopped_) return std::unexpected(*stopped_);
  if (auto written = put_gap(); !written) return written;
  const std::uint64_t at = sink_->size();
  if (auto written = put_frame(type, payload); !written) return written;
  state_.table.others.push_back(at);
  return {};
}

Result<void> SinkWriter::finish() {
  if (state_.sealed && gap_.lost == 0) return {};
  sink_->use_reserve();
  if (auto written = put_gap(); !written) return written;
  put_lookup();
  if (auto written = put_table(); !written) return written;
  if (auto written = put_seal(); !written) return written;
  return sync_->wait(sync_->issue());
}

// All of `old`, gaps in their places in time, records that nobody here knows where they stood.
WriterStart start_from(const Scan& found) {
  WriterStart start;
  start.count = found.entries.size();
  start.chain = found.chain;
  start.table = found.since_table;
  const auto first = static_cast<std::ptrdiff_t>(start.table.first - 1);
  start.table.entries.assign(found.entries.begin() + first, found.entries.end());
  start.has_header = found.header.has_value();
  start.sealed = found.health == Health::kSealed;
  return start;
}

Result<std::unique_ptr<Writer>> make_writer(std::unique_ptr<ByteSink> sink, WriterStart start, WriterOptions options,
                                            std::string name, Before before) {
  auto writer = std::make_unique<SinkWriter>(std::move(sink), std::move(start), std::move(options), std::move(name),
                                             std::move(before));
  if (auto begun = writer->begin(); !begun) return std::unexpected(begun.error());
  return writer;
}

}  // namespace cvr::cassette
