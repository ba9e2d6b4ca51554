// Pictures made anew from their pixels: what else stood in the file (places, names, thumbnails, texts, what is hidden
// behind the end) is gone.  Hostile input: sizes are checked before memory is taken, and libpng and libjpeg keep
// their own warnings to themselves.  Pure.
#pragma once

#include <string>
#include <string_view>

#include "cvr/result.h"

namespace cvr::bundle {

struct Image {
  std::string bytes;
  unsigned width = 0, height = 0;
};
inline constexpr unsigned kMostPixels = 40'000'000;

bool is_png(std::string_view bytes);
bool is_jpeg(std::string_view bytes);

// kMalformed: it does not decode; kLimit: more than kMostPixels.
Result<Image> png_again(std::string_view bytes);   // 8 bits, RGBA
Result<Image> jpeg_again(std::string_view bytes);  // quality 92; grey or RGB

}  // namespace cvr::bundle
