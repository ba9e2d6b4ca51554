#include "request_maker.h"

#include <charconv>
#include <numeric>

namespace cvr::load {
namespace {

// A step of about the golden ratio of `keys`, made coprime to it: every key is visited once a round.
std::uint64_t scattering_step(std::uint64_t keys) {
  auto step = static_cast<std::uint64_t>(static_cast<double>(keys) * 0.6180339887);
  if (step == 0) step = 1;
  while (std::gcd(step, keys) != 1) ++step;
  return step;
}

}  // namespace

RequestMaker::RequestMaker(std::string_view text, std::uint64_t first, std::uint64_t keys, bool scattered)
    : first_(first), keys_(keys) {
  constexpr std::string_view kPlace = "{n}";
  for (auto at = text.find(kPlace); at != std::string_view::npos; at = text.find(kPlace)) {
    pieces_.emplace_back(text.substr(0, at));
    text.remove_prefix(at + kPlace.size());
  }
  pieces_.emplace_back(text);
  if (scattered && keys > 1) step_ = scattering_step(keys);
}

std::uint64_t RequestMaker::next_number() {
  const std::uint64_t number = first_ + at_;
  at_ += step_;
  if (keys_ != 0 && at_ >= keys_) at_ -= keys_;
  return number;
}

void RequestMaker::next(std::string* out) {
  out->assign(pieces_.front());
  if (pieces_.size() == 1) return;
  char digits[20];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, next_number());
  for (std::size_t i = 1; i < pieces_.size(); ++i) {
    out->append(digits, end);
    out->append(pieces_[i]);
  }
}

}  // namespace cvr::load
