// The machine's cryptographic entropy.
#pragma once

#include "cvr/system.h"

namespace cvr::os {

class SystemEntropy : public Entropy {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

}  // namespace cvr::os
