#define OPENSSL_SUPPRESS_DEPRECATED
#include "redact/permutation.h"

#include <array>
#include <cmath>
#include <cstring>

#include "cvr/result.h"

namespace cvr::redact {
namespace {

constexpr int kRounds = 8;
constexpr std::uint64_t kSmall = std::uint64_t{1} << 24;

// The smallest a with a * a >= size.
std::uint64_t root_of(std::uint64_t size) {
  auto root = static_cast<std::uint64_t>(std::sqrt(static_cast<double>(size)));
  while (root > 1 && (root - 1) * (root - 1) >= size) --root;
  while (root * root < size) ++root;
  return root;
}

}  // namespace

Permutation::Permutation(const Hmac& hmac, std::uint64_t size) : hmac_(hmac), size_(size) {
  CVR_CHECK(size >= 1 && size <= kMaxSize);
  left_ = root_of(size);
  right_ = (size + left_ - 1) / left_;
}

// Sizes are part of the input, so that domains of different sizes have nothing in common.
std::uint64_t Permutation::round(int number, std::uint64_t half) const {
  std::array<char, 17> input;
  std::memcpy(input.data(), &size_, 8);
  std::memcpy(input.data() + 8, &half, 8);
  input[16] = static_cast<char>(number);
  const Hmac::Digest digest = hmac_.of("permute", {input.data(), input.size()});
  std::uint64_t out;
  std::memcpy(&out, digest.data(), sizeof out);
  return out;
}

std::uint64_t Permutation::forward(std::uint64_t value) const {
  do {
    std::uint64_t left = value / right_;
    std::uint64_t right = value % right_;
    for (int i = 0; i < kRounds; i += 2) {
      left = (left + round(i, right) % left_) % left_;
      right = (right + round(i + 1, left) % right_) % right_;
    }
    value = left * right_ + right;
  } while (value >= size_);
  return value;
}

std::uint64_t Permutation::backward(std::uint64_t value) const {
  do {
    std::uint64_t left = value / right_;
    std::uint64_t right = value % right_;
    for (int i = kRounds - 2; i >= 0; i -= 2) {
      right = (right + right_ - round(i + 1, left) % right_) % right_;
      left = (left + left_ - round(i, right) % left_) % left_;
    }
    value = left * right_ + right;
  } while (value >= size_);
  return value;
}

std::uint64_t Permutation::of(std::uint64_t value) const {
  CVR_CHECK(value < size_);
  if (size_ >= kSmall) return forward(value);
  // One step on a cycle through all values, whose order is the key's.
  return backward((forward(value) + 1) % size_);
}

}  // namespace cvr::redact
