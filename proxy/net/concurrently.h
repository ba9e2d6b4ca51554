// Two coroutines of one exchange at once; answers the second one's value when both are done.
#pragma once

#include "net/asio.h"

namespace cvr::net {

awaitable<bool> concurrently(awaitable<void> first, awaitable<bool> second);

}  // namespace cvr::net
