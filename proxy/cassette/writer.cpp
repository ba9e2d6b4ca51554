#include "cassette/writer.h"

#include <atomic>

#include "cassette/scan.h"
#include "os/append_file.h"
#include "os/file.h"

namespace cvr::cassette {
namespace {

class WriterImpl : public Writer {
 public:
  WriterImpl(std::unique_ptr<ByteSink> sink, const WriterOptions& options, std::unique_ptr<Chain> chain, std::uint64_t count)
      : sink_(std::move(sink)), options_(options), chain_(std::move(chain)), good_size_(sink_->size()), count_(count) {}

  Result<std::uint64_t> append(const RedactedInteraction& interaction) override;
  std::uint64_t count() const override { return count_.load(); }
  std::uint64_t lost() const override { return lost_.load(); }
  std::string last_error() const override {
    const std::lock_guard lock(mutex_);
    return last_error_;
  }
  Result<void> seal() override;

 private:
  Result<void> put(std::string_view frame);
  Result<void> put_gap();
  void note_lost(const Error& error, std::int64_t at_utc_us);
  Result<void> commit(std::unique_lock<std::mutex>& lock, std::uint64_t up_to);

  std::unique_ptr<ByteSink> sink_;
  WriterOptions options_;
  mutable std::mutex mutex_;
  std::unique_ptr<Chain> chain_;
  std::uint64_t good_size_;
  std::atomic<std::uint64_t> count_;
  std::atomic<std::uint64_t> lost_{0};
  std::string last_error_;
  Gap open_gap_;           // lost > 0: to be written as soon as writing works
  bool sealed_ = false;

  // Group commit: one caller syncs for all that have written before it began.
  std::condition_variable synced_;
  std::uint64_t synced_size_ = 0;
  bool syncing_ = false;
  bool sync_failed_ = false;  // final: what a failed fdatasync lost is not known (never retried)
};

Result<void> WriterImpl::put(std::string_view frame) {
  if (options_.max_bytes > 0 && good_size_ + frame.size() > options_.max_bytes) {
    return fail(ErrorCode::kLimit, "the cassette reached --max-cassette; recording stopped, traffic goes on");
  }
  if (auto done = sink_->append(frame); !done) {
    // Whatever was written of the frame must not stand before the next one.
    if (auto cut = sink_->truncate(good_size_); !cut) sync_failed_ = true;
    return done;
  }
  good_size_ += frame.size();
  chain_->add(frame.substr(0, kFrameHead));
  return {};
}

Result<void> WriterImpl::put_gap() {
  if (open_gap_.lost == 0) return {};
  std::string frame;
  append_frame(frame, 'G', 0, encode_gap(open_gap_));
  if (auto done = put(frame); !done) return done;
  open_gap_ = {};
  return {};
}

void WriterImpl::note_lost(const Error& error, std::int64_t at_utc_us) {
  if (open_gap_.lost == 0) open_gap_.at_utc_us = at_utc_us;
  ++open_gap_.lost;
  open_gap_.reason = error.text;
  last_error_ = error.text;
  lost_.fetch_add(1);
}

Result<void> WriterImpl::commit(std::unique_lock<std::mutex>& lock, std::uint64_t up_to) {
  while (synced_size_ < up_to && !sync_failed_) {
    if (syncing_) {
      synced_.wait(lock);
      continue;
    }
    syncing_ = true;
    const std::uint64_t written = good_size_;
    lock.unlock();
    const auto done = sink_->sync();
    lock.lock();
    syncing_ = false;
    if (done) {
      synced_size_ = written;
    } else {
      sync_failed_ = true;
      last_error_ = done.error().text;
    }
    synced_.notify_all();
  }
  if (synced_size_ < up_to) return fail(ErrorCode::kEnvironment, last_error_);
  return {};
}

Result<std::uint64_t> WriterImpl::append(const RedactedInteraction& interaction) {
  std::string frame;
  append_interaction(frame, encode(interaction));
  std::unique_lock lock(mutex_);
  const std::int64_t at = interaction->timing.started_utc_us;
  const auto lose = [&](Error error) -> Result<std::uint64_t> {
    note_lost(error, at);
    return std::unexpected(std::move(error));
  };
  if (sealed_) return lose({ErrorCode::kEnvironment, "the cassette is sealed"});
  if (sync_failed_) return lose({ErrorCode::kEnvironment, last_error_.empty() ? "the disk failed" : last_error_});
  if (auto done = put_gap(); !done) return lose(done.error());
  if (auto done = put(frame); !done) return lose(done.error());
  const std::uint64_t n = count_.fetch_add(1) + 1;
  if (options_.durable) {
    if (auto done = commit(lock, good_size_); !done) return lose(done.error());
  }
  return n;
}

Result<void> WriterImpl::seal() {
  const std::lock_guard lock(mutex_);
  if (sealed_) return {};
  sealed_ = true;
  if (sync_failed_) return fail(ErrorCode::kEnvironment, last_error_);
  options_.max_bytes = 0;  // the last words fit always
  if (auto done = put_gap(); !done) return done;
  std::string frame;
  append_frame(frame, 'S', 0, encode_seal({count_.load(), chain_->digest()}));
  if (auto done = put(frame); !done) return done;
  return sink_->sync();
}

Result<void> write_head(ByteSink& sink, Chain& chain, const Header& header) {
  std::string head(kMagic);
  append_frame(head, 'H', 0, encode_header(header));
  chain.add(std::string_view(head).substr(kMagic.size(), kFrameHead));
  return sink.append(head);
}

}  // namespace

Result<std::unique_ptr<Writer>> make_writer(std::unique_ptr<ByteSink> sink, std::string_view existing, const std::string& name,
                                            const WriterOptions& options, OpenReport* report) {
  OpenReport found;
  auto chain = std::make_unique<Chain>();
  if (existing.empty() || options.overwrite) {
    if (auto cut = sink->truncate(0); !cut) return std::unexpected(cut.error());
    if (auto done = write_head(*sink, *chain, options.header); !done) return std::unexpected(done.error());
  } else if (existing.size() < kMagic.size() + kFrameHead && kMagic.starts_with(existing.substr(0, kMagic.size()))) {
    // Torn in its very first write: nothing was recorded yet.
    found.torn_bytes_cut = existing.size();
    if (auto cut = sink->truncate(0); !cut) return std::unexpected(cut.error());
    if (auto done = write_head(*sink, *chain, options.header); !done) return std::unexpected(done.error());
  } else {
    auto scanned = scan(existing, name, chain.get());
    if (!scanned) return std::unexpected(scanned.error());
    if (scanned->health == Health::kDamaged) {
      return fail(ErrorCode::kDamaged, name + " is damaged (" + scanned->damage + "); see: cvr repair " + name);
    }
    found.interactions = scanned->interactions.size();
    found.was_sealed = scanned->health == Health::kSealed;
    if (scanned->health == Health::kTorn) found.torn_bytes_cut = existing.size() - scanned->sound_bytes;
    const std::uint64_t keep = found.was_sealed ? scanned->seal_offset : scanned->sound_bytes;
    if (auto cut = sink->truncate(keep); !cut) return std::unexpected(cut.error());
  }
  if (report != nullptr) *report = found;
  return std::make_unique<WriterImpl>(std::move(sink), options, std::move(chain), found.interactions);
}

Result<std::unique_ptr<Writer>> Writer::open(const std::string& path, WriterOptions options, OpenReport* report) {
  auto sink = os::open_append_file(path);
  if (!sink) return std::unexpected(sink.error());
  auto mapped = os::map_file(path);
  if (!mapped) return std::unexpected(mapped.error());
  // A file that is no cassette is never overwritten, not even when asked to start anew.
  const std::string_view existing = (*mapped)->bytes();
  if (!existing.empty() && !kMagic.starts_with(existing.substr(0, kMagic.size()))) {
    return fail(ErrorCode::kMalformed, path + " is not a cassette");
  }
  return make_writer(std::move(*sink), existing, path, options, report);
}

}  // namespace cvr::cassette
