// Attachments that say they are pictures: refused, or made anew as a picture of the same size.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "bundle/image.h"

namespace {

void check(const cvr::Result<cvr::bundle::Image>& image, bool (*is_kind)(std::string_view)) {
  if (image && (image->width == 0 || image->height == 0 || !is_kind(image->bytes))) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check(cvr::bundle::png_again(bytes), cvr::bundle::is_png);
  check(cvr::bundle::jpeg_again(bytes), cvr::bundle::is_jpeg);
  return 0;
}
