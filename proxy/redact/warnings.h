// Warnings for people about credentials that can not be searched for elsewhere, each said once,
// without value or name.  Thread-safe; noting a known warning costs one atomic load.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace cvr::redact {

// Where a credential stood.
enum class Place : std::uint8_t {
  kAuthorization,
  kBasicUser,
  kBasicPassword,
  kCookie,
  kHeader,
  kQuery,
  kForm,
  kJson,
  kMultipart,
  kMarkup,
  kText,
  kGiven
};
inline constexpr std::size_t kPlaceCount = 12;

class Warnings {
 public:
  // `size` below 8: too short; over kMaxLedgerValue: too long; else: an ordinary word.
  void note(Place place, std::size_t size);
  void note_full();
  std::vector<std::string> take();

 private:
  void add(std::string text);

  std::array<std::atomic<std::uint16_t>, kPlaceCount> said_{};  // bit n: size n; bit 8: ordinary; bit 9: too long
  std::atomic<bool> full_ = false;
  std::mutex mutex_;
  std::vector<std::string> waiting_;
};

}  // namespace cvr::redact
