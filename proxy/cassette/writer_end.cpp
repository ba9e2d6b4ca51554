// What is done with a cassette as a whole: purging, sealing, giving it up.
#include <map>
#include <mutex>
#include <utility>

#include "cassette/meta.h"
#include "cassette/sink_writer.h"
#include "cassette/storable.h"
#include "os/append_file.h"
#include "os/file.h"

namespace cvr::cassette {

struct SinkWriter::Anew {
  std::map<std::uint64_t, RedactedInteraction> changed;
  std::vector<Gap> gaps;
  std::vector<Refusal> refusals;
  std::uint64_t count = 0;  // of what differs
  bool forced = false;

  static Result<Anew> of(const Reader& old, const Purge& purge) {
    Anew out{{}, old.gaps(), old.refusals()};
    if (purge.look) {
      const auto forced = purge.look(old);
      if (!forced) return std::unexpected(forced.error());
      out.forced = *forced;
    }
    for (std::uint64_t i = 0; i < old.size(); ++i) {
      auto interaction = old.interaction(i);
      if (!interaction) return std::unexpected(interaction.error());
      if (auto other = purge.change(i + 1, *interaction)) out.changed.emplace(i + 1, *std::move(other));
    }
    out.count = out.changed.size();
    if (!purge.words) return out;
    for (Gap& gap : out.gaps) {
      const Gap before = gap;
      gap.reason = purge.words(gap.reason);
      out.count += before == gap ? 0 : 1;
    }
    for (Refusal& refusal : out.refusals) {
      const Refusal before = refusal;
      for (std::string* words : {&refusal.kind, &refusal.host, &refusal.reason}) *words = purge.words(*words);
      out.count += before == refusal ? 0 : 1;
    }
    return out;
  }
};

Result<void> SinkWriter::put_again(const RedactedInteraction& interaction) {
  const Encoded encoded = earlier_->encode(interaction);
  FrameDraft frame(FrameType::kInteraction, encoded.payload);
  auto written = put_with_gap(frame, note(*interaction));
  if (written) earlier_->remember(encoded, state_.count);
  return written;
}

Result<void> SinkWriter::copy_from(const Reader& old, Anew anew) {
  const std::lock_guard lock(mutex_);
  auto gap = anew.gaps.begin();
  const std::vector<UnknownRecord> unknown = old.unknown();
  auto other = unknown.begin();
  auto refusal = anew.refusals.begin();
  const auto put_others = [&](std::uint64_t before) -> Result<void> {
    for (; refusal != anew.refusals.end() && refusal->after <= before; ++refusal) {
      if (auto written = put_other(FrameType::kRefusal, encode_refusal(*refusal)); !written) return written;
    }
    for (; other != unknown.end() && other->after <= before; ++other) {
      if (auto written = put_unknown(*other); !written) return written;
    }
    return {};
  };
  for (std::uint64_t i = 0; i < old.size(); ++i) {
    if (auto written = put_others(i); !written) return written;
    for (; gap != anew.gaps.end() && gap->at_utc_us <= old.started_utc_us(i); ++gap) {
      gap_ = *gap;
      if (auto written = put_gap(); !written) return written;
    }
    auto kept = anew.changed.find(i + 1);
    auto interaction =
        kept == anew.changed.end() ? old.interaction(i) : Result<RedactedInteraction>(std::move(kept->second));
    if (!interaction) return std::unexpected(interaction.error());
    if (auto sound = check_storable(**interaction); !sound) return std::unexpected(sound.error());
    if (auto written = put_again(*interaction); !written) return written;
    if (state_.table.entries.size() % kSegment == 0) static_cast<void>(put_table());
  }
  for (; gap != anew.gaps.end(); ++gap) {
    gap_ = *gap;
    if (auto written = put_gap(); !written) return written;
  }
  if (auto written = put_others(old.size()); !written) return written;
  return sink_->sync();
}

Result<std::uint64_t> SinkWriter::purge_all(const Purge& purge) {
  const std::lock_guard lock(mutex_);
  if (finished_) return 0;
  static_cast<void>(put_gap());  // one that can not be written now is written after the copy
  if (purge.words && gap_.lost > 0) gap_.reason = purge.words(gap_.reason);
  auto old = Reader::open(name_);
  if (!old) return std::unexpected(old.error());
  auto anew = Anew::of(**old, purge);
  if (!anew) return std::unexpected(anew.error());
  const std::uint64_t count = anew->count;
  if (count == 0 && !anew->forced) return 0;
  auto fresh = os::AppendFile::create_beside(name_);
  if (!fresh) return std::unexpected(fresh.error());
  os::AppendFile& file = **fresh;
  WriterOptions options = options_;
  options.header = (*old)->header();
  options.max_bytes = 0;
  SinkWriter copy(std::move(*fresh), {}, std::move(options), name_);
  if (auto begun = copy.begin(); !begun) return std::unexpected(begun.error());
  if (auto copied = copy.copy_from(**old, *std::move(anew)); !copied) return std::unexpected(in_words(copied.error()));
  if (auto moved = file.move_to(name_); !moved) return std::unexpected(moved.error());
  sync_.reset();
  sink_ = std::move(copy.sink_);
  sync_.emplace(*sink_);
  state_ = std::move(copy.state_);
  earlier_ = std::move(copy.earlier_);
  return count;
}

Result<void> SinkWriter::seal() {
  const std::lock_guard lock(mutex_);
  if (finished_ && !state_.sealed) return std::unexpected(*stopped_);
  if (finished_) return {};
  auto finished = finish();
  stopped_ = Error{ErrorCode::kEnvironment, "the cassette is sealed"};
  finish_for_good();
  if (finished) return {};
  last_error_ = "can not seal " + name_ + ": " + finished.error().text;
  return fail(ErrorCode::kEnvironment, last_error_);
}

Result<void> SinkWriter::discard() {
  const std::lock_guard lock(mutex_);
  if (finished_) return {};
  stopped_ = Error{ErrorCode::kEnvironment, "the recording was discarded"};
  auto undone = undo();
  finish_for_good();
  return undone;
}

// With the mutex held.
void SinkWriter::finish_for_good() {
  if (std::exchange(finished_, true)) return;
  if (!stopped_) stopped_ = Error{ErrorCode::kEnvironment, "the recording has ended"};
  unsure_ = stopped_;
  sink_->let_go();
}

Result<void> SinkWriter::undo() {
  if (before_.replaced != nullptr) return os::write_file_atomically(name_, before_.replaced->bytes());
  if (!before_.existed) return os::remove_file(name_);
  if (auto cut = sink_->truncate(before_.sound_bytes); !cut) return std::unexpected(in_words(cut.error()));
  return {};
}

}  // namespace cvr::cassette
