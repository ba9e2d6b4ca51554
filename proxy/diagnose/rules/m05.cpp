// M05: the application passes its tests against the earlier cassette.  Always open: a run against a cassette leaves
// no recording, and a word of the owner's would be no evidence.
#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Finding m05(const Facts&, const Findings&) {
  return unknown(
      "whether the application passes its tests against the earlier recording: no recording can show it, so "
      "this stays open and counts for nothing",
      "run the tests offline: cvr replay -c BEFORE.cvr -- npm test");
}

}  // namespace cvr::diagnose
