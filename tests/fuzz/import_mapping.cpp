// Mappings of WireMock and simulations of Hoverfly, with the examples of their regular expressions.  The invariant
// stands in importer.h.
#include "fuzz/importer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = cvr::fuzz::text_of(data, size);
  for (const char* format : {"wiremock", "hoverfly"}) cvr::fuzz::import(format, text);
  return 0;
}
