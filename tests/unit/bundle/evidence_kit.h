// Evidence made by hand: the Friday on which everything worked, the Monday after it, with tokens that are the same in
// every run (made at run time, of nothing but fixed parts), so that reports have golden files.
#pragma once

#include <memory>

#include "bundle/evidence.h"
#include "kit.h"

namespace cvr::bundle::test {

enum class Monday { kPermissionLost, kOurFault, kNothing, kOnceForbidden, kRecovered };

struct Made {
  diagnose::test::Told told;
  std::unique_ptr<diagnose::Case> the_case;
  Evidence evidence;
};
Made make_evidence(Monday which, bool with_case = true);

}  // namespace cvr::bundle::test
