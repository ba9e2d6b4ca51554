// Flows of mitmproxy.  The invariant stands in importer.h.
#include "fuzz/importer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = cvr::fuzz::text_of(data, size);
  cvr::fuzz::import("mitmproxy", text);
  return 0;
}
