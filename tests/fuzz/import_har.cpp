// HAR in all dialects, and the other formats of JSON that hold recordings.  The invariant stands in importer.h.
#include "fuzz/importer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = cvr::fuzz::text_of(data, size);
  for (const char* format : {"har", "betamax", "nock", "jsonl"}) cvr::fuzz::import(format, text);
  return 0;
}
