// Copies bytes both ways between two streams until both ends have closed or are idle for too long.
#pragma once

#include "net/buffer.h"
#include "net/stream.h"

namespace cvr::net {

// `early`: what was already read from `a`.
awaitable<void> splice(Stream& a, Buffer& early, Stream& b, int idle_timeout_ms);

}  // namespace cvr::net
