// Sessions from files: what a proxy user name, or a PUT of the control API, opens (CONTRACT "Sessions").
// A session NAME has the cassette DIR/NAME.cvr, or another of the same directory.  What one session learns is a secret
// in all of them; requests are matched by what their own session has learned first (ARCHITECTURE, decision 19).
#pragma once

#include <functional>
#include <mutex>
#include <set>
#include <string>

#include "app/build.h"
#include "engine/sessions.h"

namespace cvr::app {

class SessionFiles : public engine::SessionMaker {
 public:
  // `clock` must outlive this.  `redactor`: of which each session gets one beside it.
  SessionFiles(RunOptions options, Home home, std::shared_ptr<const Redactor> redactor, const Clock& clock)
      : options_(std::move(options)), home_(std::move(home)), redactor_(std::move(redactor)), clock_(clock) {}

  // Told of the misses of every session that is opened, from any thread.  Set before the proxy starts.
  using OnMiss = std::function<void(const std::string& session, const match::MissReport&)>;
  void on_miss(OnMiss callback) { on_miss_ = std::move(callback); }
  // Told what people should know, as that a torn tail was cut.
  void on_note(std::function<void(const std::string&)> callback) { on_note_ = std::move(callback); }

  // kRefused: in CI, and it would record.  kMalformed: a name that is none, or holds a known secret.
  Result<std::shared_ptr<engine::Session>> open(const std::string& name, const engine::Wish& wish) override;
  Result<engine::Setup> prepare(const engine::Session& session, engine::Mode mode) override;
  bool agrees(const engine::Session& session, const engine::Wish& wish) const override;

 private:
  struct Plan;
  Result<std::string> path_of(const std::string& cassette) const;
  Result<Plan> plan(std::vector<std::string> cassettes, engine::Mode mode);
  Result<engine::SessionParts> carry_out(const Plan& plan, std::shared_ptr<const Redactor> redactor);
  Result<std::shared_ptr<engine::Player>> go_on_playing(const engine::Setup& now, const Plan& plan,
                                                        std::vector<std::string>& notes);
  bool begins_anew(const std::string& path, engine::Mode mode);

  const RunOptions options_;
  const Home home_;
  const std::shared_ptr<const Redactor> redactor_;
  const Clock& clock_;
  OnMiss on_miss_;
  std::function<void(const std::string&)> on_note_;
  std::mutex mutex_;
  std::set<std::string> overwritten_;  // --overwrite holds once for each cassette; under the mutex
};

}  // namespace cvr::app
