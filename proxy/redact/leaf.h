// One value: what to do with it when a name marks it, and where to look inside when none does.  A
// value may itself be a JSON text, a form, a URL, markup, header lines or one of these behind a
// coding (coded_leaf.h), in which names stand again; to a depth, below which structures are left out.
#pragma once

#include "redact/context.h"
#include "redact/general_names.h"

namespace cvr::redact {

// A value that `name` marks, of [begin, begin + raw.size()), spelled in `view`: Authorization and cookies
// keep their grammar, anything else is replaced as a whole.  The caller has asked admits().
void collect_named(const Named& named, std::string_view name, std::string_view raw, std::size_t begin,
                   std::optional<View> view, std::string_view rule, Place place, Context& context, Edits& edits);

// A value that no name marks.
void collect_leaf(std::string_view raw, std::size_t begin, std::optional<View> view, Context& context, Edits& edits);

// A text that stands in another one behind a coding, one level deeper.  At the last level a structure is left out as
// a whole, because nothing looks into it; prose stays.
void collect_inside(std::string_view text, Context& context, Edits& edits);

// name=value and name: value within one short text (a leaf, a header value): as rules/text.cpp, but a
// value has to look like one, because people write such words too.
void collect_loose(std::string_view text, Context& context, Edits& edits);

// "{name}", "$NAME", "${NAME}", "%s": a place for a value.
bool is_template(std::string_view value);

}  // namespace cvr::redact
