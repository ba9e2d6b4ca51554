#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

#include <jpeglib.h>

#include "bundle/image.h"

namespace cvr::bundle {
namespace {

// libjpeg reports errors by a call that must not return; it jumps back here.  Between setjmp and the jump no object
// with a destructor is made: all of them live in the caller.
struct Jump {
  jpeg_error_mgr manager;
  std::jmp_buf back;
};

[[noreturn]] void jump_back(j_common_ptr info) { std::longjmp(reinterpret_cast<Jump*>(info->err)->back, 1); }
void say_nothing(j_common_ptr) {}

void prepare(Jump& jump) {
  jpeg_std_error(&jump.manager);
  jump.manager.error_exit = jump_back;
  jump.manager.output_message = say_nothing;
}

enum class Read { kDone, kBroken, kLarge };

Read read_pixels(std::string_view bytes, Image& image, std::vector<unsigned char>& pixels, int& components) {
  Jump jump;
  jpeg_decompress_struct info{};
  prepare(jump);
  info.err = &jump.manager;
  if (setjmp(jump.back) != 0) {
    jpeg_destroy_decompress(&info);
    return Read::kBroken;
  }
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  jpeg_read_header(&info, TRUE);
  image.width = info.image_width;
  image.height = info.image_height;
  if (std::uint64_t{image.width} * image.height > kMostPixels) {
    jpeg_destroy_decompress(&info);
    return Read::kLarge;
  }
  info.out_color_space = info.num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_start_decompress(&info);
  components = info.output_components;
  const std::size_t row = std::size_t{info.output_width} * info.output_components;
  pixels.resize(row * info.output_height);
  while (info.output_scanline < info.output_height) {
    JSAMPROW line = pixels.data() + row * info.output_scanline;
    jpeg_read_scanlines(&info, &line, 1);
  }
  jpeg_finish_decompress(&info);
  const bool whole = info.err->num_warnings == 0;
  jpeg_destroy_decompress(&info);
  return whole ? Read::kDone : Read::kBroken;
}

bool write_pixels(const Image& image, std::vector<unsigned char>& pixels, int components, unsigned char** out,
                  unsigned long* size) {
  Jump jump;
  jpeg_compress_struct info{};
  prepare(jump);
  info.err = &jump.manager;
  if (setjmp(jump.back) != 0) {
    jpeg_destroy_compress(&info);
    return false;
  }
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, out, size);
  info.image_width = image.width;
  info.image_height = image.height;
  info.input_components = components;
  info.in_color_space = components == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, 92, TRUE);
  jpeg_start_compress(&info, TRUE);
  const std::size_t row = std::size_t{image.width} * static_cast<std::size_t>(components);
  while (info.next_scanline < info.image_height) {
    JSAMPROW line = pixels.data() + row * info.next_scanline;
    jpeg_write_scanlines(&info, &line, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  return true;
}

}  // namespace

bool is_jpeg(std::string_view bytes) { return bytes.starts_with("\xff\xd8\xff"); }

Result<Image> jpeg_again(std::string_view bytes) {
  Image image;
  std::vector<unsigned char> pixels;
  int components = 0;
  switch (read_pixels(bytes, image, pixels, components)) {
    case Read::kLarge:
      return fail(ErrorCode::kLimit, "the picture has more than 40 million pixels");
    case Read::kBroken:
      return fail(ErrorCode::kMalformed, "it is not a whole JPEG picture");
    case Read::kDone:
      break;
  }
  unsigned char* out = nullptr;
  unsigned long size = 0;
  const bool done = write_pixels(image, pixels, components, &out, &size);
  const std::unique_ptr<unsigned char, decltype(&std::free)> owner(out, &std::free);
  if (!done) return fail(ErrorCode::kMalformed, "it can not be written as a JPEG picture");
  image.bytes.assign(reinterpret_cast<const char*>(out), size);
  return image;
}

}  // namespace cvr::bundle
