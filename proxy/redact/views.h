// Decoded views of a text: percent-coding, JSON escapes and HTML entities resolved wherever they
// stand, leniently, so that the ledger finds a value however it is spelled.  What is found in a
// view is lifted back to the bytes of the source it came from.  Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "redact/edits.h"

namespace cvr::redact {

// kAll decodes the other kinds side by side in one pass (kPercentPlus aside), so that applying it
// again and again undoes encodings in encodings, whatever their order.
enum class View : std::uint8_t { kPercent, kPercentPlus, kJson, kHtml, kAll };

// Whether the text holds anything that the view would decode.
bool has_view(std::string_view text, View view);

std::string decode(std::string_view text, View view);
// The inverse, for inserting: everything that could be misread is encoded.  Not for kAll.
std::string encode(std::string_view text, View view);
// The coding of the first unit in `stretch` that is encoded; kPercent when none is.
View coding_of(std::string_view stretch);

// Turns edits of decode(source) into edits of `source`, their texts encoded (for kAll: in the coding
// of the stretch they replace).
Edits lift(std::string_view source, View view, Edits edits);

}  // namespace cvr::redact
