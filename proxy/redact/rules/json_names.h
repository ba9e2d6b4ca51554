// What keys and words of JSON texts are for.  Pure.
#pragma once

#include <cstddef>
#include <string_view>

namespace cvr::redact {

// Of {"name": "password", "value": ...}: HAR, httpbin, Postman, key-value stores.
bool is_name_key(std::string_view key);
bool is_value_key(std::string_view key);

// Names of fields alone begin a pair in an array; ["token", "name"] is a list of words.
bool is_header_name(std::string_view word);

// Under these a secret may have words.
bool is_phrase_name(std::string_view name);

// Of {"op": "replace", "path": ...}: a JSON Pointer (RFC 6902), or an attribute of SCIM (RFC 7644 section 3.10), and
// the name at its end.
bool is_patch_path(std::string_view raw);
std::string_view last_of_path(std::string_view path);

// What says something of a secret, and is none: "name", "url".
bool is_label_key(std::string_view key);

// Whose object is a person only if it has an address too; else it may be a place: "from", "to".
bool is_mailbox_name(std::string_view key);

// "https://host/" of a link that is secret by its path or query (a signed download): a client that takes the URL
// apart still can.  0: no such link.
std::size_t origin_size(std::string_view raw);

}  // namespace cvr::redact
