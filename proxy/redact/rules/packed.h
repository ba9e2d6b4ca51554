// Part of the rules for bytes and for text: maps of MessagePack and CBOR.
#pragma once

#include <string_view>

#include "redact/context.h"

namespace cvr::redact {

// `essence` of the media type says the format; without a word the bytes have to bear out the guess as a whole.
void collect_packed_maps(std::string_view bytes, std::string_view essence, Context& context, Edits& edits);

}  // namespace cvr::redact
