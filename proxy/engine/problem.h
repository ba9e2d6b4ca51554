// What CVR itself answers: problem documents (RFC 9457) with the marks of CONTRACT ("What a miss
// looks like").  Values; the texts are payload-free or redacted by the caller.
#pragma once

#include <string>
#include <string_view>

#include "cvr/http.h"
#include "cvr/interaction.h"
#include "cvr/matcher.h"
#include "engine/faults.h"

namespace cvr::engine {

// 502, x-cvr: miss
http::Response miss_answer(const match::MissReport& report);

// 403 (or another status), x-cvr: refused
http::Response refusal(int status, std::string_view detail, std::string_view hint);

// 502, x-cvr: upstream-error; kind=...  The same live and replayed.
http::Response upstream_failure(const Failure& failure);

// STATUS, x-cvr: fault: what --fault asked for
http::Response fault_answer(const Faulted& fault);

// 400-class answer of the gate, x-cvr: refused
http::Response gate_refusal(int status, std::string_view why);

// The standard reason phrase of a status CVR answers with.
std::string_view reason_of(int status);

}  // namespace cvr::engine
