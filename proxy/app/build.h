// The one place that builds the objects of a run, from options to a session, top to bottom.
#pragma once

#include <memory>

#include "app/home.h"
#include "app/run_options.h"
#include "cvr/certificate_authority.h"
#include "cvr/system.h"
#include "engine/session.h"

namespace cvr::app {

struct Built {
  Home home;
  std::shared_ptr<const Redactor> redactor;
  std::shared_ptr<certs::Authority> authority;
  std::shared_ptr<engine::Session> session;
  std::vector<std::string> notes;  // for people: a torn tail was cut ...
};

// Errors as CONTRACT says: usage 2, environment 3.  Nothing is left behind on failure but an empty
// home directory.  The options' empty host list becomes the profile's.
Result<Built> build(RunOptions& options, const Clock& clock);

// The redactor that every command uses which has no proxy (verify, export, ...).
Result<std::shared_ptr<const Redactor>> build_redactor(const Home& home, const Redaction& redaction,
                                                       std::uint64_t body_limit_bytes);

}  // namespace cvr::app
