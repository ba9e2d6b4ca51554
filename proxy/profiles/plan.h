// The plan of a probe, as values: which calls are made, with which credential, and what is expected.
// A part of a Profile; a user's own is a TOML file of the same form (plan_file.h).
//
// Texts of a plan may hold placeholders, "${name}" (plan_text.h): variables, what earlier steps have saved,
// and what is made at the moment of the call.  No plan holds a credential; it says where one is found.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cvr::profiles {

using NamedTexts = std::vector<std::pair<std::string, std::string>>;

// A value from the environment or a dotenv file.
struct PlanVariable {
  enum class Shape : std::uint8_t { kText, kUuid, kJwt };  // of a made-up one
  std::string name;                                        // in placeholders
  std::vector<std::string> from;                           // names of variables; the first that is set counts
  Shape shape = Shape::kText;
  bool is_public = false;  // no secret: shown, and not looked for in what is recorded
  std::string preset;      // of a public one: the value when none is set
};

// A way to authenticate.  `oauth` empty: the headers alone; else a call to the token endpoint comes
// first, and its answer's token is ${access_token}.
struct PlanMethod {
  std::string name;
  std::string oauth;   // client_secret_basic, client_secret_post, client_secret_jwt
  std::string id;      // variables with the client's id and secret
  std::string secret;  //
  NamedTexts when;     // variable -> value: otherwise skipped
  bool guess = false;  // with none of these set it is tried, until one such method gives a token
  NamedTexts headers;
};

struct PlanStep {
  enum class Kind : std::uint8_t { kCall, kClock, kDns, kTls };
  // kEach: once with every method.  kAccepted: with a method that was accepted.  kMadeUp: the headers of
  // the first method, with made-up values for all secrets.
  enum class Auth : std::uint8_t { kNone, kMadeUp, kEach, kAccepted };
  std::string name;  // the tag on record; of kEach "NAME-METHOD"
  Kind kind = Kind::kCall;
  Auth auth = Auth::kNone;
  std::string method = "GET";
  std::string target;  // below the base
  NamedTexts headers;
  std::string body;
  std::vector<std::int64_t> expect = {200};
  bool write = false;    // creates something: only when asked for
  bool control = false;  // is to fail, or shows nothing of the API: no rule about the client or the vendor counts it
  NamedTexts when;
  NamedTexts save;    // name -> JSON Pointer in the answer
  std::string shows;  // what a failure of this step means, in words
};

struct Plan {
  std::string name;
  std::string base;                       // "https://api.vendor.example/v1"
  std::string token_path;                 // below the base
  NamedTexts headers;                     // of every call below the base
  std::vector<std::string> wait_headers;  // beside Retry-After: seconds to wait after a 429
  std::vector<PlanVariable> variables;
  std::vector<PlanMethod> methods;
  std::vector<PlanStep> steps;

  bool empty() const { return steps.empty(); }
  const PlanVariable* find_variable(std::string_view wanted) const {
    for (const PlanVariable& variable : variables) {
      if (variable.name == wanted) return &variable;
    }
    return nullptr;
  }
};

}  // namespace cvr::profiles
