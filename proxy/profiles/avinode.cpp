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

using enum Privacy;

// FACTS section 13, "People" and "Free text".  Names that mean something else elsewhere ("name",
// "message", "notes", "id") count below their parents only: the message of an error stays.
void add_people(Profile& p) {
  const std::initializer_list<SensitiveName> names = {
      {"buyerAccount.id", Kind::kId, kPii},
      {"buyerAccount.login", Kind::kText, kPii},
      {"accountNames", Kind::kName, kPii},
      {"sellerContactInfo", Kind::kText, kPii},
      {"sender.name", Kind::kName, kPii},
      {"seller.name", Kind::kName, kPii},
      {"customer.name", Kind::kName, kPii},
      {"contact.name", Kind::kName, kPii},
      {"leadContactInfo.name", Kind::kName, kPii},
      {"passengers.name", Kind::kName, kPii},
      {"passengers.weight", Kind::kNumber, kPii},
      {"passport_number", Kind::kText, kPii},
      {"message.content", Kind::kText, kPii},
      {"$request.message", Kind::kText, kPii},
      {"data.message", Kind::kText, kPii},
      {"quote.message", Kind::kText, kPii},
      {"messageForBuyer", Kind::kText, kPii},
      {"messageToSeller", Kind::kText, kPii},
      {"sellerMessage", Kind::kText, kPii},
      {"buyerMessage", Kind::kText, kPii},
      {"tripBoardPostMessage", Kind::kText, kPii},
      {"$request.notes", Kind::kText, kPii},
      {"criteria.notes", Kind::kText, kPii},
      {"data.notes", Kind::kText, kPii},
      {"special_requests", Kind::kText, kPii},
      {"declineReason", Kind::kText, kPii},  // of the API a constant, which stays; the application writes text
      {"lineItems.description", Kind::kText, kPii},
      {"lineItems.displayName", Kind::kText, kPii},
      {"attachments.name", Kind::kText, kPii},
  };
  p.secret_json.insert(p.secret_json.end(), names);
}

// FACTS section 13, "Companies/ids" and "Aircraft".
void add_companies(Profile& p) {
  const std::initializer_list<SensitiveName> names = {
      {"buyerCompany.id", Kind::kId, kCommercial},
      {"buyerCompany.name", Kind::kName, kCommercial},
      {"buyerCompany.displayName", Kind::kName, kCommercial},
      {"sellerCompany.id", Kind::kId, kCommercial},
      {"sellerCompany.name", Kind::kName, kCommercial},
      {"sellerCompany.displayName", Kind::kName, kCommercial},
      {"companyName", Kind::kName, kCommercial},
      {"companyId", Kind::kId, kCommercial},
      {"companyAccountId", Kind::kId, kCommercial},
      {"customer.company", Kind::kName, kCommercial},
      {"avitenant", Kind::kId, kCommercial},
      {"operator.id", Kind::kId, kCommercial},
      {"operator.name", Kind::kName, kCommercial},
      {"operator.rating", Kind::kNumber, kCommercial},
      {"liftaoc", Kind::kText, kCommercial},
      {"insurance", Kind::kText, kCommercial},
      {"safety", Kind::kText, kCommercial},
      {"targetURI", Kind::kName, kCommercial},
      {"$request.displayName", Kind::kName, kCommercial},
      {"data.displayName", Kind::kName, kCommercial},
      {"aircraftTail", Kind::kTail, kCommercial},
      {"tailNumber", Kind::kTail, kCommercial},
      {"aircraft.registration", Kind::kTail, kCommercial},
      {"aircraft.id", Kind::kId, kCommercial},
      {"homebase", Kind::kPlace, kCommercial},
      {"tailPhotos", Kind::kText, kCommercial},
  };
  p.secret_json.insert(p.secret_json.end(), names);
  p.secret_query.push_back({"companyAccountId", Kind::kId, kCommercial});
}

// FACTS section 13, "Money" and "Itinerary"; ids section 5.3.
void add_trips(Profile& p) {
  const std::initializer_list<SensitiveName> names = {
      {"price", Kind::kPrice, kCommercial},
      {"sellerPrice", Kind::kPrice, kCommercial},
      {"sellerPriceWithoutCommission", Kind::kPrice, kCommercial},
      {"estimatedPrice", Kind::kPrice, kCommercial},
      {"totalPrice", Kind::kPrice, kCommercial},
      {"formattedUnitPrice", Kind::kPrice, kCommercial},
      {"quoteBreakdown", Kind::kPrice, kCommercial},
      {"aviquote", Kind::kPrice, kCommercial},
      {"pricing", Kind::kPrice, kCommercial},
      {"commission", Kind::kPrice, kCommercial},
      {"max_price", Kind::kPrice, kCommercial},
      {"startAirport", Kind::kPlace, kCommercial},
      {"endAirport", Kind::kPlace, kCommercial},
      {"startAirportDetails", Kind::kPlace, kCommercial},
      {"endAirportDetails", Kind::kPlace, kCommercial},
      {"dateTime", Kind::kDate, kCommercial},
      {"departureDateTime", Kind::kDate, kCommercial},
      {"arrivalDateTime", Kind::kDate, kCommercial},
      {"departureDate", Kind::kDate, kCommercial},
      {"$request.date", Kind::kDate, kCommercial},
      {"criteria.date", Kind::kDate, kCommercial},
      {"segments.date", Kind::kDate, kCommercial},
      {"legs.date", Kind::kDate, kCommercial},
      {"paxCount", Kind::kNumber, kCommercial},
      {"externalTripId", Kind::kId, kCommercial},
      {"tripId", Kind::kId, kCommercial},
  };
  p.secret_json.insert(p.secret_json.end(), names);
  p.secret_query.push_back({"tripId", Kind::kId, kCommercial});
  p.id_prefixes = {"atrip-", "arfq-", "aquote-", "asellerlift-", "abuyermsg-", "asellermsg-", "el-", "whs-"};
  p.display_id_size = 6;
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
    add_people(p);
    add_companies(p);
    add_trips(p);
    add_matching(p);
    return p;
  }();
  return profile;
}

}  // namespace cvr::profiles
