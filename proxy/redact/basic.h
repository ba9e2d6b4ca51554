// Basic credentials (RFC 7617): base64 of "user:password".  Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cvr::redact {

class Pseudonyms;

struct BasicCredentials {
  std::string user;
  std::string password;
};

// nullopt when the text is no base64 of a text with a colon.
std::optional<BasicCredentials> split_basic(std::string_view base64);
std::string join_basic(std::string_view user, std::string_view password);

// The same with both halves pseudonymised; nullopt when both are pseudonyms (or empty) already.
// Text that is no Basic credential gets the pseudonym of the whole.
std::optional<std::string> basic_pseudonym(std::string_view base64, const Pseudonyms& pseudonyms);

}  // namespace cvr::redact
