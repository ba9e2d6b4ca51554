// What the user's rules make of a leaf.  The walks ask here, so keys and explanations agree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cvr/match_rules.h"
#include "match/walk.h"

namespace cvr::match {

// The rule for a name (ASCII case ignored) or nullptr.  Pointers among the rules are passed over.
const Comparison* rule_for(const std::vector<ValueRule>& rules, std::string_view name);

// The first rule whose pointer fits `pointer`, or nullptr.
const Comparison* rule_for_pointer(const std::vector<ValueRule>& rules, std::string_view pointer);
// Adds "/NAME" to a pointer (RFC 6901 section 3).
void append_step(std::string_view name, std::string& pointer);

bool has_pointers(const std::vector<ValueRule>& rules);

// A leaf as the rule wants it compared; views into `buffer` or into the leaf's own texts.  What the rule
// does not fit (no number, another text) stays as it is.
Leaf compared_by(const Comparison& rule, const Leaf& leaf, std::string& buffer);

// A text as a number: what JSON calls one (RFC 8259 section 6).
bool parse_number(std::string_view text, double& value);

}  // namespace cvr::match
