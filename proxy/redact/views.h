// Decoded views of a text: percent-coding, JSON escapes and HTML entities resolved wherever they
// stand, leniently, so that the ledger finds a value however it is spelled.  What is found in a
// view is lifted back to the bytes of the source it came from.  Pure.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "redact/edits.h"

namespace cvr::redact {

enum class View : std::uint8_t { kPercent, kPercentPlus, kJson, kHtml };
inline constexpr std::array kViews = {View::kPercent, View::kPercentPlus, View::kJson, View::kHtml};

// Whether the text holds anything that the view would decode.
bool has_view(std::string_view text, View view);

std::string decode(std::string_view text, View view);
// The inverse, for inserting: everything that could be misread is encoded.
std::string encode(std::string_view text, View view);

// Turns edits of decode(source) into edits of `source`, their texts encoded.
Edits lift(std::string_view source, View view, Edits edits);

}  // namespace cvr::redact
