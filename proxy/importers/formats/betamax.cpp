// Betamax's cassettes: JSON, after VCR's.  interactions.h reads the whole family.
#include "importers/formats.h"
#include "importers/interactions.h"

namespace cvr::importers {

Result<void> read_betamax(const Source& source, const Taker& take, Losses& losses) {
  return read_recorded(source, "http_interactions", Family::kBetamax, take, losses);
}

}  // namespace cvr::importers
