// Bundles as their verifier reads them: any bytes are refused or read within the limits, and what is read is bounded.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "bundle/verify.h"
#include "bundle/zip_reader.h"
#include "bundle/zip_writer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto files = cvr::bundle::read_zip(bytes)) {
    std::size_t total = 0;
    for (const auto& [name, content] : *files) {
      if (!cvr::bundle::is_member_name(name)) std::abort();
      total += content.size();
    }
    if (files->size() > cvr::bundle::kMostMembers || total > cvr::bundle::kMostMemberBytes) std::abort();
  }
  if (const auto verified = cvr::bundle::verify(bytes); verified && verified->members == 0) std::abort();
  return 0;
}
