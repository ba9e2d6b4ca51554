// Faults of the client, each of which may be put into any call of a case of the vendor's.
#pragma once

#include <span>

#include "kit.h"

namespace cvr::diagnose::test {

struct Mutation {
  const char* name;
  void (*apply)(Try& one, const Pair& old);
};

std::span<const Mutation> mutations();

}  // namespace cvr::diagnose::test
