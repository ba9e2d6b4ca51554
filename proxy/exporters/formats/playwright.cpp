// HAR as Playwright's page.routeFromHAR() replays it: bodies are decoded, so what speaks of codings and
// lengths is left out; a request that failed is aborted.
#include "exporters/formats.h"
#include "exporters/formats/har_entry.h"

namespace cvr::exporters {

std::unique_ptr<Exporter> make_playwright() { return std::make_unique<HarLog>(HarDialect::kPlaywright); }

}  // namespace cvr::exporters
