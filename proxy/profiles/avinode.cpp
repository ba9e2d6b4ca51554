// Avinode Marketplace API.  Source: FACTS section 13 (SECRETS, VOLATILE); headers section 3,
// token claims section 4.1, client authentication section 4.2.
#include "profiles/profile.h"

namespace cvr::profiles {
namespace {

void add_redaction(Profile& p) {
  p.secret_headers = {
      {"X-Avinode-ApiToken", Kind::kToken},
      {"X-Avinode-AuthToken", Kind::kToken},
      {"X-Avinode-Signature", Kind::kSignature},
      {"X-Webhook-Secret", Kind::kPassword},
  };
  // What the vendor's support needs to see, and what names nobody.
  p.kept_headers = {"X-Avinode-SentTimestamp", "X-Avinode-ApiVersion", "X-Avinode-Product", "X-Avinode-Request-Id"};
  p.secret_query = {
      {"token", Kind::kToken}, {"access_token", Kind::kToken},     {"apikey", Kind::kToken},
      {"jwt", Kind::kToken},   {"client_secret", Kind::kPassword},
  };
  p.secret_form = {
      {"client_id", Kind::kUser},     {"client_secret", Kind::kPassword}, {"client_assertion", Kind::kToken},
      {"access_token", Kind::kToken}, {"refresh_token", Kind::kToken},    {"token", Kind::kToken},
      {"username", Kind::kUser},      {"password", Kind::kPassword},
  };
  p.secret_json = {
      {"access_token", Kind::kToken},
      {"refresh_token", Kind::kToken},
      {"client_id", Kind::kUser},
      {"client_secret", Kind::kPassword},
      {"clientIdentifier", Kind::kUser},  // the login of a webhook
      {"basicAuth.username", Kind::kUser},
      {"basicAuth.password", Kind::kPassword},
      {"password", Kind::kPassword},
      {"secret", Kind::kPassword},
      {"apiToken", Kind::kToken},
      {"authToken", Kind::kToken},
      {"token", Kind::kToken},
      // "data" is also the envelope of every answer, so the parent counts.
      {"attachments.data", Kind::kText},
      {"attachments.uri", Kind::kText},
      {"temporaryAttachmentId", Kind::kToken},
  };
  p.kept_jwt_claims = {"avitype", "avidomain"};
  p.token_prefixes = {"avinode_"};
  p.uuid_markers = {"ApiToken", "API_TOKEN", "CLIENT_ID", "EXTERNAL_ID"};
}

void add_matching(Profile& p) {
  p.volatile_headers = {"X-Avinode-SentTimestamp", "User-Agent",  "Content-Length", "Connection",
                        "Accept-Encoding",         "traceparent", "x-request-id",   "X-Avinode-Product",
                        "Proxy-Connection",        "Keep-Alive"};
  p.volatile_query = {};
  p.volatile_json = {"externalTripId"};
  p.volatile_form = {"client_assertion", "expiresInMinutes"};
}

}  // namespace

const Profile& avinode() {
  static const Profile profile = [] {
    Profile p;
    p.name = "avinode";
    p.hosts = {"*.avinode.com", "avinode.com"};
    add_redaction(p);
    add_matching(p);
    return p;
  }();
  return profile;
}

}  // namespace cvr::profiles
