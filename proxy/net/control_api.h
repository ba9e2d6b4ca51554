// What the control pages say and do, behind their gate (net/control.h).
//
// Nothing here may be a stranger's to choose: names are session names, cassettes names in the directory
// of cassettes, answers are JSON or plain text with nosniff.
#pragma once

#include <memory>
#include <string_view>

#include "net/shard.h"

namespace cvr::net {

// `method` and `path` of a request that may be answered, its body whole.  Any path, any body; doubled slashes and one
// at the end mean nothing, since $CVR_CONTROL ends with one.
http::Response control_answer(const Context& context, std::string_view method, std::string_view path,
                              std::string_view body);

// The session that a POST to `path` would eject; null: none.
std::shared_ptr<engine::Session> session_to_eject(const Context& context, std::string_view path);

}  // namespace cvr::net
