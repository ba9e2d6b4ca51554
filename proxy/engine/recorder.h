// The recorder: raw interaction in, redacted, keyed, appended.  May be called from several shards.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "cvr/cassette.h"
#include "cvr/matcher.h"
#include "cvr/redactor.h"

namespace cvr::engine {

class Recorder {
 public:
  Recorder(std::shared_ptr<const Redactor> redactor, match::MatchRules rules, std::unique_ptr<cassette::Writer> writer)
      : redactor_(std::move(redactor)),
        rules_(std::move(rules)),
        writer_(std::move(writer)),
        before_(writer_->count()) {}

  // When this returns, the interaction is in the cassette file (or counted as lost): only then may
  // the last piece of the response go to the client.
  Result<std::uint64_t> record(const Interaction& raw);

  // A client that was not heard; its host and words are redacted as those of an interaction are.
  void note(cassette::Refusal refusal);
  // Notes an interaction that never came so far as `record`: a gap.
  void lose(const std::string& reason);

  // Told of each interaction when it is on record, from any thread.  Set before the first.
  using Told = std::function<void(const RedactedInteraction&)>;
  void on_record(Told callback) { told_ = std::move(callback); }

  // The seal check (REDACTION layers 3 and 6).  What stands in the cassette is searched for every secret
  // that was learned after it was written, and what other recorders have left there for all that are known; records
  // that hold one are redacted again and put in their old places.  Then the cassette is sealed.  A secret that can not
  // be put anew leaves it unsealed: kDamaged, naming the place.
  Result<void> close();
  // Answers whose body was left out, which no replay can give: how many by reason ("omitted: over the body limit").
  std::map<std::string, std::uint64_t> left_out() const;
  std::uint64_t purged() const { return purged_; }  // records that `close` has put anew

  cassette::Writer& writer() { return *writer_; }
  bool began_cassette() const { return before_ == 0; }  // nothing had been recorded before

 private:
  bool knew_everything(std::uint64_t number) const;

  std::shared_ptr<const Redactor> redactor_;
  match::MatchRules rules_;
  std::unique_ptr<cassette::Writer> writer_;
  const std::uint64_t before_;  // records of earlier sessions
  mutable std::mutex mutex_;
  std::vector<std::size_t> known_;          // secrets known when record before_ + 1 + i was redacted; under the mutex
  std::optional<std::size_t> words_known_;  // secrets known when the first refusal was noted; under the mutex
  std::map<std::string, std::uint64_t> left_out_;  // under the mutex
  std::uint64_t purged_ = 0;
  Told told_;
};

}  // namespace cvr::engine
