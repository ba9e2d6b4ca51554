// The recorder: raw interaction in, redacted, keyed, appended.  May be called from several shards.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cvr/cassette.h"
#include "cvr/matcher.h"
#include "cvr/redactor.h"

namespace cvr::engine {

class Recorder {
 public:
  Recorder(std::shared_ptr<const Redactor> redactor, match::MatchRules rules, std::unique_ptr<cassette::Writer> writer)
      : redactor_(std::move(redactor)), rules_(std::move(rules)), writer_(std::move(writer)) {}

  // When this returns, the interaction is in the cassette file (or counted as lost): only then may
  // the last piece of the response go to the client.
  Result<std::uint64_t> record(const Interaction& raw);

  cassette::Writer& writer() { return *writer_; }

 private:
  std::shared_ptr<const Redactor> redactor_;
  match::MatchRules rules_;
  std::unique_ptr<cassette::Writer> writer_;
};

}  // namespace cvr::engine
