// The readers of the import formats, for the table in importers.cpp.
#pragma once

#include "cvr/importers.h"

namespace cvr::importers {

Result<void> read_har(const Source& source, const Taker& take, Losses& losses);
Result<void> read_vcrpy(const Source& source, const Taker& take, Losses& losses);
Result<void> read_vcr(const Source& source, const Taker& take, Losses& losses);
Result<void> read_mitmproxy(const Source& source, const Taker& take, Losses& losses);
Result<void> read_wiremock(const Source& source, const Taker& take, Losses& losses);
Result<void> read_hoverfly(const Source& source, const Taker& take, Losses& losses);
Result<void> read_nock(const Source& source, const Taker& take, Losses& losses);
Result<void> read_betamax(const Source& source, const Taker& take, Losses& losses);
Result<void> read_polly(const Source& source, const Taker& take, Losses& losses);
Result<void> read_jsonl(const Source& source, const Taker& take, Losses& losses);

}  // namespace cvr::importers
