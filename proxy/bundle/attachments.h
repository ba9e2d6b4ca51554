// The owner's files, made harmless: pictures from their pixels, texts as they are (the caller looks for secrets in
// them), anything else only when the owner says so.  A file must be what its name says.  Pure.
#pragma once

#include <string>
#include <string_view>

#include "bundle/evidence.h"

namespace cvr::bundle {

inline constexpr std::size_t kMostAttachments = 20;
inline constexpr std::size_t kLargestAttachment = 16u << 20;

// `file`: the name without its path.  kUsage: not what its name says, or of no kind that is known and not
// `unchecked`; kLimit: too large.
Result<Attachment> make_attachment(const std::string& file, std::string_view bytes, bool unchecked);

// A file's name in the bundle: anything but A-Z a-z 0-9 . _ - becomes '_'.
std::string attachment_name(std::string_view file);

// `name`, or "name-2.png" when another attachment has it.
std::string distinct_name(const std::string& name, const std::vector<Attachment>& others);
// By the name's ending, which make_attachment has checked: "image/png".
std::string_view media_type_of(std::string_view name);

}  // namespace cvr::bundle
