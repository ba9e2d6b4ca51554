// The world of a probe: calls go out through net, are recorded redacted with the tag of their step, and
// signals end it.  Take the signals (os::take_signals) before one is made.  One thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "cvr/redactor.h"
#include "engine/recorder.h"
#include "net/caller.h"
#include "probe/run.h"

namespace cvr::app {

// Whether somebody wants CVR to end.
class EndSignal {
 public:
  bool told();                                        // at once
  bool wait_ms(std::int64_t ms, const Clock& clock);  // true: all of it has passed

 private:
  bool told_ = false;
};

struct ProbeWorldParts {
  std::unique_ptr<net::Caller> caller;
  std::shared_ptr<const Redactor> redactor;
  std::unique_ptr<engine::Recorder> recorder;  // null: nothing is recorded
  const profiles::Plan& plan;
  const profiles::Diagnosis& vendor;
  const Clock& clock;
  Entropy& entropy;
  EndSignal& end;
  std::function<void(const probe::Row&)> show;
};

class ProbeWorld : public probe::World {
 public:
  explicit ProbeWorld(ProbeWorldParts parts) : parts_(std::move(parts)) {}

  probe::Answer call(http::Request request, const probe::Tag& tag) override;
  probe::Way look_up(const http::Origin& origin, const std::string& step) override;
  probe::Way greet(const http::Origin& origin, const std::string& step) override;
  bool wait_ms(std::int64_t ms) override { return parts_.end.wait_ms(ms, parts_.clock); }
  void show(const probe::Row& row) override { parts_.show(row); }
  const Clock& clock() const override { return parts_.clock; }
  Entropy& entropy() override { return parts_.entropy; }

  // Seals the cassette; one in which nothing stands is taken away.  kEnvironment: some of it was not recorded.
  Result<void> close();

 private:
  std::uint64_t record(Interaction& interaction, const std::string& step, bool control);
  probe::Way way_of(net::Reached reached, const http::Origin& origin, const std::string& step, std::int64_t began_us);
  ProbeWorldParts parts_;
};

}  // namespace cvr::app
