// Multipart bodies (RFC 2046 section 5.1) without the random text of their boundary.  Pure.
#pragma once

#include <string>
#include <string_view>

#include "cvr/interaction.h"

namespace cvr::match {

// The boundary parameter of a multipart content type; empty when there is none, or none that
// RFC 2046 allows (1 to 70 characters).
std::string_view boundary_of(std::string_view content_type);

// `body` with every delimiter line's boundary replaced by the word "boundary"; spans move along.
RedactedText without_boundary(const RedactedText& body, std::string_view boundary);

}  // namespace cvr::match
