// The one place that builds the objects of a run, from options to a session, top to bottom.
#pragma once

#include <memory>
#include <string_view>

#include "app/home.h"
#include "app/run_options.h"
#include "cvr/certificate_authority.h"
#include "cvr/system.h"
#include "engine/sessions.h"

namespace cvr::app {

class SessionFiles;

struct Built {
  Home home;
  std::shared_ptr<const Redactor> redactor;
  std::shared_ptr<certs::Authority> authority;
  std::shared_ptr<engine::Session> session;  // that of -c; null: there is none
  std::shared_ptr<engine::Sessions> sessions;
  std::shared_ptr<SessionFiles> files;  // opens the others
  std::vector<std::string> notes;       // for people: a torn tail was cut ...
  std::vector<std::string> weak;        // values of --secrets that are not looked for everywhere, in words
};

// Errors as CONTRACT says: usage 2, environment 3.  Nothing is left behind on failure but an empty
// home directory.  The options' empty host list becomes the profile's.
Result<Built> build(RunOptions& options, const Clock& clock);

// Whether a value of the variable CI says so: anything but nothing, 0, false and no.
bool is_ci(std::string_view value);

// False in CI, unless somebody has allowed to record there: a mode that would is refused.
bool may_record(const RunOptions& options);

// What is to be said of a start for which so many records had to be read; nullopt: nothing.
std::optional<std::string> slow_start(std::uint64_t read, const std::string& path, const match::MatchRules& rules);

// What a session plays: the options' cassettes.  In a mode that records, those that are not there yet
// are passed over.  Adds to `notes`.
Result<std::unique_ptr<engine::Player>> open_player(const RunOptions& options, const match::MatchRules& rules,
                                                    const engine::ModeFacts& mode, std::vector<std::string>& notes);

// What a session records to: the options' first cassette.
Result<std::unique_ptr<engine::Recorder>> open_recorder(const RunOptions& options, const match::MatchRules& rules,
                                                        const Home& home, std::shared_ptr<const Redactor> redactor,
                                                        const Clock& clock, std::vector<std::string>& notes);

// The redactor that every command uses which has no proxy (verify, export, ...).
Result<std::shared_ptr<const Redactor>> build_redactor(const Home& home, const Redaction& redaction,
                                                       std::uint64_t body_limit_bytes,
                                                       std::size_t ledger_values = RedactorOptions{}.ledger_values);

// That of one of several sessions (Redactor::beside), which keeps `first` alive.
std::shared_ptr<const Redactor> beside(const std::shared_ptr<const Redactor>& first);

}  // namespace cvr::app
