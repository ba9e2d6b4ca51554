// Polly.JS records HAR: bodies that are compressed or binary stand as a JSON list of chunks (har_body reads them).
#include "importers/formats.h"

namespace cvr::importers {

Result<void> read_polly(const Source& source, const Taker& take, Losses& losses) {
  return read_har(source, take, losses);
}

}  // namespace cvr::importers
