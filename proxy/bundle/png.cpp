#include <png.h>

#include <vector>

#include "bundle/image.h"

namespace cvr::bundle {

bool is_png(std::string_view bytes) { return bytes.starts_with("\x89PNG\r\n\x1a\n"); }

// libpng's simplified interface: it catches its own errors and reads sRGB pixels, whatever the file holds.
Result<Image> png_again(std::string_view bytes) {
  const auto refused = [](png_image& image) {
    png_image_free(&image);
    return fail(ErrorCode::kMalformed, "it is not a whole PNG picture");
  };
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) return refused(image);
  if (image.width == 0 || image.height == 0 || std::uint64_t{image.width} * image.height > kMostPixels) {
    png_image_free(&image);
    return fail(ErrorCode::kLimit, "the picture has more than 40 million pixels");
  }
  image.format = PNG_FORMAT_RGBA;
  std::vector<unsigned char> pixels(PNG_IMAGE_SIZE(image));
  if (png_image_finish_read(&image, nullptr, pixels.data(), 0, nullptr) == 0) return refused(image);

  Image out{{}, image.width, image.height};
  png_image fresh{};
  fresh.version = PNG_IMAGE_VERSION;
  fresh.width = image.width;
  fresh.height = image.height;
  fresh.format = PNG_FORMAT_RGBA;
  png_alloc_size_t size = 0;
  if (png_image_write_to_memory(&fresh, nullptr, &size, 0, pixels.data(), 0, nullptr) == 0) return refused(fresh);
  out.bytes.resize(size);
  if (png_image_write_to_memory(&fresh, out.bytes.data(), &size, 0, pixels.data(), 0, nullptr) == 0) {
    return refused(fresh);
  }
  out.bytes.resize(size);
  return out;
}

}  // namespace cvr::bundle
