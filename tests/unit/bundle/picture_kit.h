// Pictures as encoders of others make them: PNG and JPEG with texts beside their pixels.
#pragma once

#include <png.h>
#include <zlib.h>

#include <string>
#include <vector>

namespace cvr::bundle::test {

inline std::string chunk(const std::string& type, const std::string& data) {
  const auto be32 = [](unsigned long v) {
    return std::string{static_cast<char>(v >> 24), static_cast<char>(v >> 16), static_cast<char>(v >> 8),
                       static_cast<char>(v)};
  };
  const std::string body = type + data;
  return be32(data.size()) + body +
         be32(crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size())));
}

inline std::string plain_png(unsigned width, unsigned height) {
  std::vector<unsigned char> pixels(std::size_t{4} * width * height, 90);
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = width;
  image.height = height;
  image.format = PNG_FORMAT_RGBA;
  png_alloc_size_t size = 0;
  png_image_write_to_memory(&image, nullptr, &size, 0, pixels.data(), 0, nullptr);
  std::string out(size, '\0');
  png_image_write_to_memory(&image, out.data(), &size, 0, pixels.data(), 0, nullptr);
  return out;
}

// With a text chunk behind its head, and more behind its end.
inline std::string png_with_text(const std::string& text) {
  std::string out = plain_png(5, 4);
  out.insert(33, chunk("tEXt", std::string("Comment\0", 8) + text));
  return out + text;
}

}  // namespace cvr::bundle::test
