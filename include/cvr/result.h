// Result and Error: how every fallible call in CVR answers.
//
// An Error is a code and a short text for people.  The text never contains payload bytes (header
// values, bodies, credentials): it may be printed anywhere.  Programmer errors are CVR_CHECK, not
// Errors.  Values; safe to copy between threads.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace cvr {

enum class ErrorCode : std::uint8_t {
  kUsage,        // the caller's arguments or configuration: exit 2
  kEnvironment,  // file, port, disk, permission: exit 3
  kMalformed,    // bytes that do not parse
  kLimit,        // a documented limit was passed
  kUnsupported,  // understood, and not handled
  kDamaged,      // a cassette whose bytes are not what was written
  kNotFound,
  kNetwork,  // DNS, connect, TLS, reset, timeout
  kRefused,  // by policy
};

struct Error {
  ErrorCode code;
  std::string text;  // one line, no trailing full stop, no payload bytes
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(ErrorCode code, std::string text) {
  return std::unexpected<Error>(Error{code, std::move(text)});
}

// The exit status that CONTRACT gives to an error of this code.
int exit_status(ErrorCode code);

[[noreturn]] void check_failed(const char* expression, const char* file, int line);

}  // namespace cvr

#define CVR_CHECK(expression) \
  ((expression) ? static_cast<void>(0) : ::cvr::check_failed(#expression, __FILE__, __LINE__))
