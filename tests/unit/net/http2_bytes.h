// Frames as a client writes and reads them, by hand: so that what no library would send can be sent.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cvr::net::test {

enum Kind : std::uint8_t { kData, kHeaders, kPriority, kReset, kSettings, kPush, kPing, kGoAway, kWindow, kMore };
inline constexpr std::uint8_t kEndStream = 1, kAck = 1, kEndHeaders = 4;

inline constexpr std::string_view kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

inline std::string number(std::uint32_t value, int bytes = 4) {
  std::string out;
  while (bytes-- > 0) out += static_cast<char>(value >> (8 * bytes));
  return out;
}

inline std::string frame(Kind kind, int flags, int stream, std::string_view payload = "") {
  return number(static_cast<std::uint32_t>(payload.size()), 3) + static_cast<char>(kind) + static_cast<char>(flags) +
         number(static_cast<std::uint32_t>(stream)) + std::string(payload);
}

// RFC 7541 section 6.2.2, short strings only.
inline std::string field(std::string_view name, std::string_view value) {
  return std::string(1, '\0') + static_cast<char>(name.size()) + std::string(name) + static_cast<char>(value.size()) +
         std::string(value);
}

using Pairs = std::vector<std::pair<std::string_view, std::string_view>>;

inline std::string block(const Pairs& fields) {
  std::string out;
  for (const auto& [name, value] : fields) out += field(name, value);
  return out;
}

inline std::string request(int stream, std::string_view method, bool ends, const Pairs& more = {},
                           std::string_view authority = "a.test") {
  const std::string head =
      block({{":method", method}, {":scheme", "https"}, {":authority", authority}, {":path", "/"}}) + block(more);
  return frame(kHeaders, kEndHeaders | (ends ? kEndStream : 0), stream, head);
}

inline std::string opening() { return std::string(kPreface) + frame(kSettings, 0, 0); }

struct Frame {
  Kind kind = kData;
  int flags = 0;
  std::uint32_t stream = 0;
  std::string payload;
  std::uint32_t code() const { return number_at(kind == kGoAway ? 4 : 0); }
  std::uint32_t number_at(std::size_t at) const {
    std::uint32_t out = 0;
    for (std::size_t i = at; i < at + 4 && i < payload.size(); ++i)
      out = out << 8 | static_cast<std::uint8_t>(payload[i]);
    return out;
  }
};

// Takes a whole frame from the front of `bytes`; false: there is none yet.
inline bool take_frame(std::string& bytes, Frame& out) {
  if (bytes.size() < 9) return false;
  const auto at = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<std::uint8_t>(bytes[i])); };
  const std::size_t size = at(0) << 16 | at(1) << 8 | at(2);
  if (bytes.size() < 9 + size) return false;
  out = {static_cast<Kind>(at(3)), static_cast<int>(at(4)), at(5) << 24 | at(6) << 16 | at(7) << 8 | at(8),
         bytes.substr(9, size)};
  bytes.erase(0, 9 + size);
  return true;
}

}  // namespace cvr::net::test
