// A vendor's profile as TOML: the form of the built-in ones (avinode.toml beside this file, with a
// comment for each table) and of a user's own.
//
//   name = "vendor"                       hosts = ["api.vendor.example"]
//   [headers] [query] [form] [cookies] [json] [xml]     NAME = "KIND", "KIND LEVEL" or "keep"
//   [[pattern]] expression, kind, level   kept_jwt_claims, token_prefixes, uuid_markers, id_prefixes
//   display_id_size = 6
//   [volatile] headers, query, json, form
//   rebuild = { weekday = "monday", from = "06:00", to = "08:00",
//               hosts = ["test.vendor.example"] }     UTC, each week
//   [diagnosis]                           diagnosis_file.h
//   [probe]                               plan_file.h
//
// Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/toml_tree.h"
#include "profiles/profile.h"

namespace cvr::profiles {

// Errors (kUsage): "PATH:LINE: what is wrong and what is allowed", unknown words with the nearest
// known one.
// `check`: whether an expression can be used; who compiles them knows (redact/expressions).
using CheckExpression = Result<void> (*)(const std::string& expression);
Result<Profile> parse_profile(std::string_view toml_text, const std::string& path, CheckExpression check = nullptr);

// The words of Kind and Privacy, checked: used by rule files too.  `node` must be a text.
Result<Kind> parse_kind(const std::string& path, const TomlNode& node, std::string_view word);
Result<Privacy> parse_level(const std::string& path, const TomlNode& node, std::string_view word);

// What is wrong with a JSON Pointer (RFC 6901), for people; empty when nothing is.
std::string_view pointer_problem(std::string_view pointer);
// The same for a key or a JSON Pointer: what begins with '/' is one, and what has its escapes is meant as one.
std::string_view json_name_problem(std::string_view name);
// What is wrong with a name that has a '*' in it, which stands for any characters at its beginning or end.
std::string_view wildcard_problem(std::string_view name);
// The same for a key, "parent.key" or a JSON Pointer.
std::string_view json_wildcard_problem(std::string_view name);

// "unknown key X (did you mean Y?)" or with the known ones.
std::string unknown_word(std::string_view what, std::string_view word, const std::vector<std::string>& known);

}  // namespace cvr::profiles
