// HAR 1.2 for browsers and viewers (har_entry.h).
#include "exporters/formats.h"
#include "exporters/formats/har_entry.h"

namespace cvr::exporters {

std::unique_ptr<Exporter> make_har() { return std::make_unique<HarLog>(HarDialect::kPlain); }

}  // namespace cvr::exporters
