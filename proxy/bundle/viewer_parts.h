// The viewer's own style and script: the only script of a bundle, let in by its hash.  It reads the data from the
// text of an element and writes texts; it never makes mark-up of data.
#pragma once

#include <string_view>

namespace cvr::bundle {

extern const std::string_view kPictureStyle;
extern const std::string_view kViewerStyle;
extern const std::string_view kViewerScript;

}  // namespace cvr::bundle
