#include "mutations.h"

#include "model/credential_notes.h"

namespace cvr::diagnose::test {
namespace {

std::string json_body(const Try& one) { return one.raw.request.body; }
bool has_body(const Try& one) { return !one.raw.request.body.empty(); }
void replace(Try& one, std::string_view what, std::string_view by) {
  std::string& body = one.raw.request.body;
  if (const std::size_t at = body.find(what); at != std::string::npos) body.replace(at, what.size(), by);
}

constexpr Mutation kMutations[] = {
    {"no token", [](Try& t, const Pair&) { t.without("Authorization"); }},
    {"no API token", [](Try& t, const Pair&) { t.without("X-Avinode-ApiToken"); }},
    {"no timestamp", [](Try& t, const Pair&) { t.without("X-Avinode-SentTimestamp"); }},
    {"old timestamp", [](Try& t, const Pair&) { t.header("X-Avinode-SentTimestamp", "2026-03-16T07:00:00Z"); }},
    {"local timestamp", [](Try& t, const Pair&) { t.header("X-Avinode-SentTimestamp", "2026-03-16 09:00"); }},
    {"bearer twice",
     [](Try& t, const Pair&) {
       t.header("Authorization", "Bearer " + std::string(http::value_of(t.raw.request.fields, "Authorization")));
     }},
    {"no scheme",
     [](Try& t, const Pair&) {
       t.header("Authorization", std::string(http::value_of(t.raw.request.fields, "Authorization")).substr(7));
     }},
    {"quotes",
     [](Try& t, const Pair&) {
       const std::string token = std::string(http::value_of(t.raw.request.fields, "Authorization")).substr(7);
       t.header("Authorization", "Bearer '" + token + "'");
     }},
    {"two parts",
     [](Try& t, const Pair&) {
       const std::string value(http::value_of(t.raw.request.fields, "Authorization"));
       t.header("Authorization", value.substr(0, value.rfind('.')));
     }},
    {"cut token",
     [](Try& t, const Pair&) {
       const std::string value(http::value_of(t.raw.request.fields, "Authorization"));
       t.header("Authorization", value.substr(0, value.size() - 40));
     }},
    {"another token",
     [](Try& t, const Pair&) { t.header("Authorization", "Bearer " + new_pair().token).error(403, "NOT_AUTHORIZED"); }},
    {"another pair",
     [](Try& t, const Pair&) {
       const Pair other = new_pair();
       t.header("Authorization", "Bearer " + other.token).header("X-Avinode-ApiToken", other.api).error(401, "X");
     }},
    {"other tenant", [](Try& t, const Pair&) { t.header("Authorization", "Bearer " + new_pair("9999").token); }},
    {"other type", [](Try& t, const Pair&) { t.header("Authorization", "Bearer " + new_pair("4711", 15).token); }},
    {"both old",
     [](Try& t, const Pair& old) {
       t.header("Authorization", "Bearer " + old.token)
           .header("X-Avinode-ApiToken", old.api)
           .error(401, "ERR_INPUT_GENERIC_INVALID");
     }},
    {"one old",
     [](Try& t, const Pair& old) { t.header("X-Avinode-ApiToken", old.api).error(401, "ERR_INPUT_GENERIC_INVALID"); }},
    {"other product",
     [](Try& t, const Pair&) { t.header("X-Avinode-Product", "Other-v9").error(403, "NOT_AUTHORIZED"); }},
    {"other version",
     [](Try& t, const Pair&) { t.header("X-Avinode-ApiVersion", "v2.0").error(403, "NOT_AUTHORIZED"); }},
    {"other base",
     [](Try& t, const Pair&) {
       t.raw.request.path = "/v1" + t.raw.request.path.substr(4);
       t.error(404, "NOT_FOUND");
     }},
    {"bare id",
     [](Try& t, const Pair&) {
       t.raw.request.method = "GET";
       t.raw.request.path = "/api/rfqs/77";
       t.raw.request.body.clear();
       t.without("Content-Type").error(404, "NOT_FOUND");
     }},
    {"no such path",
     [](Try& t, const Pair&) {
       t.raw.request.path = "/api/account";
       t.error(404, "NOT_FOUND");
     }},
    {"id of Friday",
     [](Try& t, const Pair&) {
       t.raw.request.method = "GET";
       t.raw.request.path = "/api/trips/atrip-71000501";
       t.raw.request.body.clear();
       t.without("Content-Type").error(404, "NOT_FOUND");
     }},
    {"legacy body",
     [](Try& t, const Pair&) {
       if (has_body(t)) t.raw.request.body = kLegacyTrip;
       if (!has_body(t)) t.header("X-Avinode-SentTimestamp", "yesterday");
     }},
    {"past date",
     [](Try& t, const Pair&) {
       replace(t, "2026-05-01", "2026-03-15");
       if (!has_body(t)) t.without("X-Avinode-ApiToken");
     }},
    {"no passengers",
     [](Try& t, const Pair&) {
       replace(t, R"("paxCount":"4")", R"("paxCount":"0")");
       if (!has_body(t)) t.without("X-Avinode-ApiToken");
     }},
    {"wrong content type",
     [](Try& t, const Pair&) {
       if (has_body(t)) t.body("text/plain", json_body(t));
       if (!has_body(t)) t.header("Authorization", "Bearer");
     }},
    {"no content type",
     [](Try& t, const Pair&) {
       if (has_body(t)) t.without("Content-Type");
       if (!has_body(t)) t.header("Authorization", "Basic");
     }},
    {"broken JSON",
     [](Try& t, const Pair&) {
       if (has_body(t)) t.raw.request.body.pop_back();
       if (!has_body(t)) t.header("X-Avinode-SentTimestamp", "");
     }},
    {"a version behind the base",
     [](Try& t, const Pair&) {
       t.raw.request.path = "/api/v1" + t.raw.request.path.substr(4);
       t.error(403, "NOT_AUTHORIZED");
     }},
    {"the base twice",
     [](Try& t, const Pair&) {
       t.raw.request.path = "/api" + t.raw.request.path;
       t.error(403, "NOT_AUTHORIZED");
     }},
    {"one old in an outage", [](Try& t, const Pair& old) { t.header("X-Avinode-ApiToken", old.api).error(503, "X"); }},
    {"the other one old",
     [](Try& t, const Pair& old) { t.header("Authorization", "Bearer " + old.token).error(404, "NOT_FOUND"); }},
    {"API token in quotes",
     [](Try& t, const Pair&) {
       t.header("X-Avinode-ApiToken",
                "'" + std::string(http::value_of(t.raw.request.fields, "X-Avinode-ApiToken")) + "'");
     }},
    {"cut API token",
     [](Try& t, const Pair&) {
       t.header("X-Avinode-ApiToken", http::value_of(t.raw.request.fields, "X-Avinode-ApiToken").substr(2));
     }},
    {"bearer API token",
     [](Try& t, const Pair&) {
       t.header("X-Avinode-ApiToken",
                "Bearer " + std::string(http::value_of(t.raw.request.fields, "X-Avinode-ApiToken")));
     }},
    {"no value", [](Try& t, const Pair&) { t.header("X-Avinode-ApiToken", "undefined"); }},
    {"empty API token", [](Try& t, const Pair&) { t.header("X-Avinode-ApiToken", ""); }},
    {"padded token", [](Try& t, const Pair&) { t.flag(std::string(kFlagPaddedField) + "authorization"); }},
    {"token twice",
     [](Try& t, const Pair&) {
       t.raw.request.fields.push_back(
           {"Authorization", std::string(http::value_of(t.raw.request.fields, "Authorization"))});
     }},
    {"id of Friday in the body",
     [](Try& t, const Pair&) {
       t.raw.request.method = "POST";
       t.raw.request.path = "/api/rfqs";
       t.body("application/json", R"({"tripId":"atrip-71000501"})").error(404, "NOT_FOUND");
     }},
    {"bare id in the query",
     [](Try& t, const Pair&) {
       t.raw.request.method = "GET";
       t.raw.request.path = "/api/rfqs";
       t.raw.request.has_query = true;
       t.raw.request.query = "tripId=71000501";
       t.raw.request.body.clear();
       t.without("Content-Type").error(404, "NOT_FOUND");
     }},
    {"other version in a call that never worked",
     [](Try& t, const Pair&) {
       t.raw.request.method = "POST";
       t.raw.request.path = "/api/searches";
       t.body("application/json", "{}").header("X-Avinode-ApiVersion", "v9").error(403, "NOT_AUTHORIZED");
     }},
    {"an id of another kind",
     [](Try& t, const Pair&) {
       t.raw.request.method = "GET";
       t.raw.request.path = "/api/rfqs/atrip-71000501";
       t.raw.request.body.clear();
       t.without("Content-Type").error(403, "NOT_AUTHORIZED");
     }},
    {"no id",
     [](Try& t, const Pair&) {
       t.raw.request.method = "GET";
       t.raw.request.path = "/api/rfqs/undefined";
       t.raw.request.body.clear();
       t.without("Content-Type").error(403, "NOT_AUTHORIZED");
     }},
    {"gate", [](Try& t, const Pair&) { t.flag(kFlagGateRefused); }},
    {"certificate", [](Try& t, const Pair&) { t.flag(kFlagCertificateRefused); }},
};

}  // namespace

std::span<const Mutation> mutations() { return kMutations; }

}  // namespace cvr::diagnose::test
