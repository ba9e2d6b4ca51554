// The letters and digits of a text that may change, each within an alphabet of its own, and the keyed
// way to change them all at once: a permutation of all texts of that form where they are fewer than
// 2^63, else a stream from HMAC.  What is permuted are positions in alphabets, so texts that differ
// only in case or in what does not change get the same characters.  Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "redact/hmac.h"

namespace cvr::redact {

class Spelling {
 public:
  explicit Spelling(std::string text) : text_(std::move(text)) {}

  const std::string& text() const { return text_; }
  // The character at `at` may become any of `first`, `first` + 1, ... `first` + radix - 1.
  void free(std::size_t at, char first, std::uint8_t radix);
  void free_letter(std::size_t at);  // an ASCII letter, within its case
  void free_digit(std::size_t at) { free(at, '0', 10); }
  // Of a number: no leading zero appears, and one that is there stays.
  void free_first_digit(std::size_t at) {
    if (text_[at] != '0') free(at, '1', 9);
  }

  double bits() const { return bits_; }

  // `extra`: part of the value that the free characters do not show; only with it the answer is always
  // a stream and never a permutation.
  std::string changed(const Hmac& hmac, std::string_view extra = {}) const;

 private:
  struct Place {
    std::size_t at;
    char first;
    std::uint8_t radix;
    std::uint8_t index;
  };
  std::string text_;
  std::vector<Place> places_;
  double bits_ = 0;
};

}  // namespace cvr::redact
