// VCR's cassettes (Ruby): YAML as Psych writes it, or JSON.  interactions.h reads the whole family.
#include "importers/formats.h"
#include "importers/interactions.h"

namespace cvr::importers {

Result<void> read_vcr(const Source& source, const Taker& take, Losses& losses) {
  return read_recorded(source, "http_interactions", Family::kVcr, take, losses);
}

}  // namespace cvr::importers
