// The two kinds of credentials (FACTS section 4): the static pair of API token and authentication
// token (a JWT without any time claim), and access tokens from the OAuth token endpoint.
//
// The JWTs have the shape of RS512 ones.  Their signatures are derived bytes, not RSA: nobody but
// this stand-in checks them, and it knows what it issued.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "sandbox/derivation.h"
#include "sandbox/scenario.h"

namespace cvr::sandbox {

struct Credentials {
  std::string api_token;     // UUID
  std::string bearer_token;  // static JWT, without "Bearer "
  std::string client_id;     // UUID
  std::string client_secret;
  std::string oauth_method;    // what the client is told to use
  std::string act_as_account;  // UUID, upper case
  bool operator==(const Credentials&) const = default;
};

// What is valid between the rebuild `epoch` and the next.
Credentials make_credentials(const Derivation& derivation, std::int64_t epoch, const Scenario& scenario);

// The variables of a dotenv file, in order (names of FACTS section 13).  All of them are secrets:
// the file can be given to --secrets, so what is public stands in a comment.
std::vector<std::pair<std::string, std::string>> dotenv_variables(const Credentials& credentials);
// The file's text.  Values stand in single quotes, which shells and dotenv readers take as they are.
std::string dotenv_text(const Credentials& credentials, std::string_view base_url);

// Access tokens that were issued.  The oldest is forgotten beyond kMaxTokens.  One thread at a time.
class TokenBook {
 public:
  static constexpr std::size_t kMaxTokens = 4'096;

  // `minutes`: how long it is good.
  std::string issue(const Derivation& derivation, std::int64_t epoch, const Scenario& scenario, std::int64_t now_utc_us,
                    std::int64_t minutes);
  bool accepts(std::string_view token, std::int64_t now_utc_us) const;
  void clear();

 private:
  std::unordered_map<std::string, std::int64_t> expires_utc_us_;
  std::deque<std::string> order_;
  std::uint64_t issued_ = 0;
};

}  // namespace cvr::sandbox
