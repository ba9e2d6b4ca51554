// vcrpy's cassettes, version 1 (YAML; JSON with its other serializer).  interactions.h reads the whole family.
#include "importers/formats.h"
#include "importers/interactions.h"

namespace cvr::importers {

Result<void> read_vcrpy(const Source& source, const Taker& take, Losses& losses) {
  return read_recorded(source, "interactions", Family::kVcrpy, take, losses);
}

}  // namespace cvr::importers
