#include "app/cassette_file.h"

#include <filesystem>

namespace cvr::app {
namespace {

constexpr std::uintmax_t kMostBytes = 64 * 1024;  // of header, gaps and seal; a larger one is not looked into

constexpr std::uintmax_t kSmall = 8u << 20;  // some 10 ms

}  // namespace

cassette::Check check_for(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return !error && size <= kSmall ? cassette::Check::kFull : cassette::Check::kQuick;
}

bool is_there(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(std::filesystem::symlink_status(path, ignored));
}

bool holds_nothing(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(std::filesystem::symlink_status(path, error))) return false;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error || size > kMostBytes) return false;
  if (size == 0) return true;
  const auto reader = cassette::Reader::open(path);
  return reader && (*reader)->size() == 0 && (*reader)->health() != cassette::Health::kDamaged;
}

}  // namespace cvr::app
