// What a terminal shows in the place of a picture.  Looks at heads only; nothing is decoded.  Hostile input.  Pure.
#pragma once

#include <string>
#include <string_view>

namespace cvr::exporters {

// "PNG, 640 x 480 pixels" for PNG, JPEG, GIF and WebP, told by their first bytes (whatever Content-Type says); without
// a size where the head ends too early.  Empty: no picture that is known.
std::string image_note(std::string_view bytes);

}  // namespace cvr::exporters
