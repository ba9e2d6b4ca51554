// What diagnosis must know of a vendor, as values: its operations, what a request needs, what its
// error codes mean, where they stand in an answer.  A part of a Profile; empty where nothing is known,
// and the rules that need it are then not applicable.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cvr::profiles {

// A documented call.  `path` is below one of Diagnosis::bases; a segment "{id}" stands for an id.
struct Operation {
  std::string method;
  std::string path;
  std::vector<std::string> required;  // JSON Pointers of the body that must be there; "*": every element
  std::vector<std::string> known;     // top-level keys of the body; empty: not documented
  std::vector<std::string> ids;       // which "{id}" may be: prefixes of the profile's, "display"; empty: any
};

struct Environment {
  std::string name;                // "sandbox"
  std::vector<std::string> hosts;  // patterns
};

struct Diagnosis {
  std::vector<std::string> bases;  // path prefixes of the API: "/api"
  std::vector<Operation> operations;
  std::vector<Environment> environments;

  // Requests.
  std::vector<std::string> required_headers;
  std::string timestamp_header;           // of the moment of sending; empty: none
  std::int64_t clock_skew_seconds = 300;  // allowed between it and the vendor's clock
  std::vector<std::string> pair_headers;  // credentials issued together with that of Authorization
  std::string act_as_header;
  std::vector<std::string> steady_headers;  // API version, product: a change of their value is a change of the client
  std::string token_path;                   // of the OAuth token endpoint, below a base
  std::string type_claim, tenant_claim;     // of the bearer token
  bool ids_have_prefixes = false;           // an id without its prefix is none

  // Keys of request bodies, at any depth.
  std::vector<std::string> future_dates;     // dates that must not lie in the past
  std::vector<std::string> at_least_one;     // numbers that must not be 0
  std::vector<std::string> not_empty_lists;  // lists that must not be empty
  std::vector<std::string> no_empty_texts;   // below these no text may be empty

  // Answers.  Pointers with "*" for any element.
  std::vector<std::string> code_pointers, title_pointers;
  std::vector<std::string> company_access_codes;  // the vendor says: the account may not see this company's data
  std::vector<std::string> permission_codes;      // the vendor says: a permission is not granted
  std::vector<std::string> not_authorized_codes;  // refused, for whatever reason
  std::vector<std::string> internal_codes;        // the vendor says: our own error.  Ambiguous
  std::vector<std::string> client_codes;          // of the token endpoint: client credentials refused
  std::vector<std::string> plan_words;            // of a refusal: the caller's plan or licence
  std::vector<std::string> maintenance_words;     // of pages and 503s: the service is under maintenance
  bool answers_json = false;

  int snapshot_weekday = -1;  // 0: Monday; the rebuild starts from the accounts as of that day.  -1: unknown
  int idle_days = 0;          // a connection unused that long is deactivated; 0: never
};

}  // namespace cvr::profiles
