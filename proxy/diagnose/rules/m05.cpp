// M05: the application passes its tests against the earlier cassette.  No recording can tell; a step of a
// recording that says so can.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding m05(const Facts&, const Findings&) {
  return unknown("whether the application passes its tests against the earlier recording is not on record",
                 "run the tests offline: cvr replay -c BEFORE.cvr -- npm test");
}

}  // namespace cvr::diagnose
