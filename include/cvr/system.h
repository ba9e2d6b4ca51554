// The four things a pure module may need from the machine, as objects that are handed in: time,
// entropy, and byte streams.  Real ones are in proxy/os, made-up ones in tests/support.
// All implementations are safe to call from several threads unless they say otherwise.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "cvr/result.h"

namespace cvr {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::int64_t utc_us() const = 0;        // microseconds since 1970, wall clock
  virtual std::int64_t monotonic_us() const = 0;  // for durations only
};

class Entropy {
 public:
  virtual ~Entropy() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;  // cryptographic; aborts if there is none
};

// An append-only place for bytes.  `append` writes all or reports; what was written of a failed
// append is unknown to the caller, who must call `truncate(size)` with the last good size.
class ByteSink {
 public:
  virtual ~ByteSink() = default;
  virtual Result<void> append(std::string_view bytes) = 0;
  virtual Result<void> truncate(std::uint64_t size) = 0;
  virtual Result<void> sync() = 0;  // fdatasync; a failed sync is final (never retried)
  // A sink may hold back some room, so that a full disk can still be told on the disk; from now on
  // `append` may use it.
  virtual void use_reserve() {}
  // Nothing more is written here: whoever waits for the place may have it.
  virtual void let_go() {}
  virtual std::uint64_t size() const = 0;
};

// Bytes that do not change while they are read (a mapped file, a string).
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual std::string_view bytes() const = 0;  // valid as long as the source lives
};

}  // namespace cvr
