// Looking things up in redacted messages.  Pure.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cvr/interaction.h"

namespace cvr::diagnose {

// The first field of that name, ASCII case ignored; nullptr: none.
const RedactedField* find_field(const std::vector<RedactedField>& fields, std::string_view name);
std::string_view field_value(const std::vector<RedactedField>& fields, std::string_view name);

// "application/json", lower case, without parameters; empty: none.
std::string media_type(const std::vector<RedactedField>& fields);
bool is_json_type(std::string_view media_type);  // application/json, text/json, +json

// Name and value pairs of a form, decoded; at most 1,000.
std::vector<std::pair<std::string, std::string>> form_pairs(std::string_view text);

bool begins_as_json(std::string_view text);
bool begins_as_markup(std::string_view text);

bool has_flag(const RedactedParts& parts, std::string_view flag);
// What stands behind `prefix` in the first flag that begins with it; empty: none.
std::string_view flag_value(const RedactedParts& parts, std::string_view prefix);

bool is_listed(const std::vector<std::string>& words, std::string_view word);               // exactly
bool is_listed_without_case(const std::vector<std::string>& words, std::string_view word);  // ASCII case ignored
// Whether one of the words stands in the text, ASCII case ignored.
bool holds_one_of(std::string_view text, const std::vector<std::string>& words);

}  // namespace cvr::diagnose
