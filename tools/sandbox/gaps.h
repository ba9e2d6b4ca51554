// What no public material tells about the API (FACTS section 14), and what it tells twice.  Each
// has a default and can be set in a scenario file: [gaps] NAME = value.  Statuses, codes and titles
// of errors are in errors.h, [errors.NAME] in the file.
#pragma once

#include <cstdint>
#include <string>

namespace cvr::sandbox {

struct Gaps {
  // Third parties quote "within 5 minutes of server time".
  std::int64_t timestamp_window_s = 300;
  // The documented 400 has either of two titles; true: "??? No message available ???".
  bool missing_header_without_title = false;
  // Whether a wrong Content-Type of a request body is noticed, is not known.
  bool enforce_content_type = false;
  // Two accounts of one day contradict each other on whether buyer operations fail without
  // X-Avinode-ActAsAccount; they do not here.
  bool act_as_account_required = false;
  // Whether connections and OAuth secrets survive the weekly rebuild.  Accounts do not.
  bool credentials_survive_rebuild = false;
  // "Short downtimes": answer 503 during the two hours of the rebuild.
  bool unavailable_during_rebuild = false;

  // Access tokens: which claims they carry is not known.  False: none that tells the time.
  bool access_token_carries_exp = true;
  // The audience that a client assertion must name; empty: any.
  std::string assertion_audience = "";
  // `errorDetails[].description` of a refused token request: seen to exist, text not known.
  std::string oauth_detail = "The provided client credentials are invalid.";
  // What two client-auth methods at once are answered with ("do not mix" is documented).
  bool oauth_mixing_is_invalid_request = false;

  // The documented pattern demands "atrip-1"; whether "1" is taken too, is not known.
  bool ids_without_prefix = false;
  // GET /rfqs/{display trip id} was seen; whether GET /rfqs/atrip-1 works too, is not known.
  bool rfqs_by_trip_resource_id = false;
  // POST /trips: documented as required, and forms without them were seen to pass.
  bool criteria_required = false;
  bool sourcing_required = false;
  // Documented as text; what a number does is not known.
  bool pax_count_must_be_text = false;
  // The status of a soft error on POST /trips: documented is 200 for an update.
  std::int64_t soft_error_status = 200;
  // Clients disagree whether page[number] begins at 0 or 1.
  std::int64_t first_page_number = 0;
  std::int64_t default_page_size = 20;
  // A created trip gets an RFQ with two lifts, a quote and a message, as if a person had sourced
  // it on the website.
  bool source_trips = true;

  // Response headers.  Clients read x-request-id; whether it exists is not known.  Empty: none.
  std::string request_id_header = "X-Request-Id";
  // Named by third parties for 429; whether other answers carry them, is not known.
  bool rate_limit_headers_always = true;
  std::string server_header = "cvr-sandbox";
};

}  // namespace cvr::sandbox
