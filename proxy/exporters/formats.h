// The makers of the export formats, for the table in exporters.cpp.
#pragma once

#include <memory>

#include "cvr/exporters.h"

namespace cvr::exporters {

std::unique_ptr<Exporter> make_har();
std::unique_ptr<Exporter> make_curl();
std::unique_ptr<Exporter> make_jsonl();
std::unique_ptr<Exporter> make_md();
std::unique_ptr<Exporter> make_http();
std::unique_ptr<Exporter> make_vcrpy();
std::unique_ptr<Exporter> make_wiremock();
std::unique_ptr<Exporter> make_playwright();

}  // namespace cvr::exporters
