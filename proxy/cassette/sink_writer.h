// The recorder's end on a sink (writer.h): the object, which writer.cpp (what is appended) and writer_end.cpp (what is
// done with the whole: purge, seal, discard) share.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "cassette/earlier.h"
#include "cassette/group_sync.h"
#include "cassette/writer.h"

namespace cvr::cassette {

const Clock& system_clock();

class SinkWriter : public Writer {
 public:
  SinkWriter(std::unique_ptr<ByteSink> sink, WriterStart start, WriterOptions options, std::string name,
             Before before = {})
      : options_(std::move(options)),
        name_(std::move(name)),
        clock_(options_.clock != nullptr ? *options_.clock : system_clock()),
        sink_(std::move(sink)),
        sync_(std::in_place, *sink_),
        state_(std::move(start)),
        goes_on_(state_.has_header),
        before_(std::move(before)) {
    if (state_.version >= 2) earlier_ = std::make_shared<Earlier>();
  }

  Result<void> begin();
  Result<std::uint64_t> append(const RedactedInteraction& interaction) override;
  Result<void> append(const Gap& gap) override;
  Result<void> append(const Refusal& refusal) override;
  Result<void> append(const UnknownRecord& record) override;
  std::uint64_t count() const override {
    const std::lock_guard lock(mutex_);
    return state_.count;
  }
  std::uint64_t lost() const override {
    const std::lock_guard lock(mutex_);
    return lost_;
  }
  bool goes_on() const override { return goes_on_; }
  bool is_sealed() const override {
    const std::lock_guard lock(mutex_);
    return state_.sealed;
  }
  std::string last_error() const override {
    const std::lock_guard lock(mutex_);
    return last_error_;
  }
  void lose(const std::string& reason) override {
    const std::lock_guard lock(mutex_);
    lose(Error{ErrorCode::kEnvironment, reason});
    last_error_ = reason;
  }
  Result<std::uint64_t> purge_all(const Purge& purge) override;
  Result<void> seal() override;
  Result<void> discard() override;
  void let_go() override {
    const std::lock_guard lock(mutex_);
    finish_for_good();
  }

 private:
  template <class F>
  auto locked(F f) const {
    const std::lock_guard lock(mutex_);
    return f();
  }
  // What index and hints say of an interaction.
  struct Noted {
    Prefix prefix;
    std::uint32_t route = 0;
    bool is_write = false;
  };
  Noted note(const RedactedParts& parts) const;
  // The rest is called with the mutex held.
  bool over_limit(std::uint64_t more) const;
  Result<void> put_again(const RedactedInteraction& interaction);
  Result<void> put(std::string_view frames);
  Result<void> put_frame(FrameType type, std::string_view payload);
  Result<void> put_with_gap(FrameDraft& frame, const Noted& noted);
  Result<void> put_interaction(FrameDraft& frame, const Noted& noted);
  Result<void> put_gap();
  Result<void> put_other(FrameType type, std::string_view payload);
  Result<void> put_unknown(const UnknownRecord& record);
  Result<void> put_table();
  void put_hints();
  void put_lookup();
  Result<void> put_seal();
  Result<void> finish();
  Result<void> undo();
  void finish_for_good();
  struct Anew;  // what of a file is put anew
  Result<void> copy_from(const Reader& old, Anew anew);
  Error lose(Error error);
  Error in_words(const Error& error) const { return {error.code, "can not write to " + name_ + ": " + error.text}; }

  const WriterOptions options_;
  const std::string name_;
  const Clock& clock_;
  std::unique_ptr<ByteSink> sink_;
  std::optional<GroupSync> sync_;
  mutable std::mutex mutex_;
  WriterStart state_;
  const bool goes_on_;
  std::shared_ptr<Earlier> earlier_;  // null in a file of version 1
  const Before before_;
  Gap gap_;  // not written yet while gap_.lost > 0
  std::uint64_t lost_ = 0;
  std::string last_error_;
  std::optional<Error> stopped_;  // why there will be no more interactions
  std::optional<Error> unsure_;   // the end of the file is not known, or not ours: nothing more is written
  bool finished_ = false;         // it is not ours any more
};

}  // namespace cvr::cassette
