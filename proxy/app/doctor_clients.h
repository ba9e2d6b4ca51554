// The clients that `cvr doctor` finds on this machine, each tried: through `cvr run` in a throw-away home, to a
// throw-away origin whose name no resolver knows, so that an answer proves proxy and trust at once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/doctor.h"
#include "app/known_clients.h"
#include "cvr/http.h"
#include "cvr/result.h"
#include "os/process.h"

namespace cvr::app {

// What the origin answers: `proof` in a form that each client prints.  Pure.
http::Response doctor_answer(const http::Request& request, const std::string& proof);

// What an attempt has shown: its output holds the proof or says what went wrong.  Pure.
CheckResult judge(const TriedClient& client, const std::string& output, const std::string& proof, bool timed_out);

// Tries all that are here, at once; ten seconds each at most.  `directory`: private and empty, the caller takes
// it away.  `self`: this program.  os::take_signals() was called.  kRefused: a signal came.
Result<CheckResults> try_clients(const std::string& directory, const std::string& self,
                                 const os::Environment& environment);

}  // namespace cvr::app
