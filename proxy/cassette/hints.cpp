#include "cassette/hints.h"

#include <cstring>

namespace cvr::cassette {
namespace {

constexpr std::size_t kHead = 16;  // first, count, form

std::uint64_t bytes_for(std::uint64_t bits) { return (bits + 7) / 8; }

}  // namespace

void HintsDraft::add(std::uint32_t route, bool is_write) {
  const std::uint64_t at = size();
  append_u32(routes_, route);
  if (at % 8 == 0) writes_ += '\0';
  if (is_write) writes_.back() = static_cast<char>(static_cast<unsigned char>(writes_.back()) | 1U << at % 8);
}

void HintsDraft::clear() {
  routes_.clear();
  writes_.clear();
}

std::string HintsDraft::encode(std::uint32_t form, std::uint64_t n, const Digest& last) const {
  std::string out;
  append_u64(out, n - size() + 1);
  append_u32(out, static_cast<std::uint32_t>(size()));
  append_u32(out, form);
  out.append(reinterpret_cast<const char*>(last.data()), last.size());
  return out + routes_ + writes_;
}

std::optional<FoundHints> parse_hints(std::string_view payload, std::uint64_t n) {
  FoundHints out;
  const std::size_t routes_at = kHead + out.last.size();
  if (payload.size() < routes_at) return std::nullopt;
  const std::uint64_t first = load_u64(payload, 0);
  const std::uint64_t count = load_u32(payload, 8);
  if (first == 0 || count == 0 || count > n || first != n - count + 1) return std::nullopt;
  if (payload.size() != routes_at + 4 * count + bytes_for(count)) return std::nullopt;
  out.hints.first = first - 1;
  out.hints.count = count;
  out.hints.form = load_u32(payload, 12);
  out.hints.routes = payload.substr(routes_at, 4 * count);
  out.hints.writes = payload.substr(routes_at + 4 * count);
  std::memcpy(out.last.data(), payload.data() + kHead, out.last.size());
  return out;
}

std::uint32_t Hints::route(std::uint64_t i) const { return load_u32(routes, 4 * i); }

bool Hints::is_write(std::uint64_t i) const { return (static_cast<unsigned char>(writes[i / 8]) >> i % 8 & 1U) != 0; }

}  // namespace cvr::cassette
