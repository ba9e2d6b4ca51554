// SHA-256 (FIPS 180-4) and the chain of a cassette: every frame's head holds
//   chain(i) = SHA-256( chain(i-1) || head(i) bytes 0..15 || SHA-256(payload(i)) )
// with 32 zero bytes before the first frame.  So a removed, added or reordered frame shows, and one
// digest pins all that stands before it.  The payload is hashed on its own, outside the writer's
// lock; what is left under the lock is 80 bytes (about 0.2 us).  Thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace cvr::cassette {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view bytes);
Digest next_in_chain(const Digest& before, std::string_view head_begin, const Digest& payload_digest);

}  // namespace cvr::cassette
