// People and business through the whole redactor, and how such requests match in a replay.
#include <regex>

#include "base/base64.h"
#include "cvr/matcher.h"
#include "cvr/redactor.h"
#include "kit.h"

namespace cvr::redact {
namespace {

using profiles::Privacy;

std::unique_ptr<Redactor> redactor_at(Privacy privacy, std::uint8_t key = 1) {
  RedactorOptions options;
  options.profile = &profiles::avinode();
  options.key = test_key(key);
  options.privacy = privacy;
  return std::make_unique<Redactor>(std::move(options));
}

http::Request post(std::string path, std::string body) {
  http::Request request = get_request(std::move(path));
  request.method = "POST";
  request.fields = {{"Content-Type", "application/json"}};
  request.body = std::move(body);
  return request;
}

std::string body_of(const Redactor& redactor, const std::string& json) {
  const auto out = redactor.redact(exchange(get_request(), "application/json", json));
  EXPECT_TRUE(redactor.leaks(*out).empty()) << out->response->body.content.text;
  return out->response->body.content.text;
}

std::string member(const std::string& json, const std::string& name) {
  std::smatch found;
  const std::regex pattern("\"" + name + "\" ?: ?(\"((?:[^\"\\\\]|\\\\.)*)\"|[-0-9.eE+]+)");
  if (!std::regex_search(json, found, pattern)) return "none";
  return found[2].matched ? found[2] : found[1];
}

constexpr const char* kTrip =
    R"({"meta":{"errors":[]},"data":{"id":"atrip-4071355","href":"https://sandbox.avinode.com/api/trips/atrip-4071355",)"
    R"("type":"trips","tripId":"A1B2C3","buyerAccount":{"id":88123,"firstName":"Anna","lastName":"Svensson"},)"
    R"("segments":[{"startAirport":{"icao":"KTEB","iata":"TEB","name":"Teterboro"},"paxCount":"4",)"
    R"("dateTime":{"date":"2026-11-25","time":"10:30","departure":true}}],)"
    R"("sellerPrice":{"price":12750.50,"currency":"USD"},"aircraftTail":"N123AB",)"
    R"("sellerMessage":"Hello Anna, call +1 201 555 0123 or anna@acme.se","sourcing":true,)"
    R"("actions":{"view":{"httpMethod":"GET",)"
    R"("href":"https://sandbox.avinode.com/marketplace/mvc/trips/buying/atrip-4071355?source=api"}}}})";

TEST(Personal, LevelsIncludeEachOther) {
  EXPECT_EQ(body_of(*redactor_at(Privacy::kCredentials), kTrip), kTrip);

  const std::string pii = body_of(*redactor_at(Privacy::kPii), kTrip);
  for (const char* gone : {"Anna", "Svensson", "88123", "anna@acme.se", "201 555 0123", "Hello"}) {
    EXPECT_EQ(pii.find(gone), pii.npos) << gone;
  }
  for (const char* kept : {"atrip-4071355", "A1B2C3", "KTEB", "12750.50", "N123AB", "2026-11-25", "\"4\""}) {
    EXPECT_NE(pii.find(kept), pii.npos) << kept;
  }

  const std::string all = body_of(*redactor_at(Privacy::kCommercial), kTrip);
  for (const char* gone : {"Anna", "4071355", "A1B2C3", "KTEB", "Teterboro", "12750", "N123AB", "2026-11-25"}) {
    EXPECT_EQ(all.find(gone), all.npos) << gone;
  }
  for (const char* kept : {"\"type\":\"trips\"", "\"USD\"", "\"departure\":true", "\"10:30\"", "?source=api"}) {
    EXPECT_NE(all.find(kept), all.npos) << kept;
  }
}

// More is hidden from level to level, never less.
TEST(Personal, LinksAreSearchedAtEveryLevel) {
  const std::string token = test::random_hex(16);
  const std::string link = "https://sandbox.avinode.com/dl/atrip-4071355?jwt=" + token + "&firstName=Grietje";
  for (const Privacy level : {Privacy::kCredentials, Privacy::kPii, Privacy::kCommercial}) {
    const std::string out =
        body_of(*redactor_at(level), R"({"href":")" + link + R"(","next":")" + link + "#token=" + token + R"("})");
    EXPECT_EQ(out.find(token), out.npos) << out;
    EXPECT_EQ(out.find("Grietje") == out.npos, level != Privacy::kCredentials) << out;
    EXPECT_EQ(out.find("4071355") == out.npos, level == Privacy::kCommercial) << out;
  }
}

// What was handed out as JSON comes back as a form or in a query.
TEST(Personal, NamesOfJsonCountInFormsAndQueries) {
  const auto redactor = redactor_at(Privacy::kCommercial);
  const std::string tail = member(body_of(*redactor, R"({"aircraftTail":"N417QX"})"), "aircraftTail");
  ASSERT_NE(tail, "N417QX");
  http::Request request = get_request("/api/search");
  request.has_query = true;
  request.query = "aircraftTail=N417QX&startAirport=KTEB&sort=price";
  request.fields = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = "aircraftTail=N417QX&message=Hello+there+Anna&page=2";
  request.path = "/aircraft/N417QX";
  const RedactedRequest out = redactor->redact_request(request);
  EXPECT_EQ(out.path.text, "/aircraft/" + tail);  // in a path it is an id like others
  EXPECT_TRUE(out.query.text.starts_with("aircraftTail=" + tail + "&startAirport=")) << out.query.text;
  EXPECT_EQ(out.query.text.find("KTEB"), out.query.text.npos);
  EXPECT_TRUE(out.query.text.ends_with("&sort=price"));
  EXPECT_TRUE(out.body.content.text.starts_with("aircraftTail=" + tail)) << out.body.content.text;
  EXPECT_EQ(out.body.content.text.find("Anna"), out.body.content.text.npos);
  EXPECT_TRUE(out.body.content.text.ends_with("&page=2"));
}

TEST(Personal, TheApplicationCanStillParse) {
  const std::string out = body_of(*redactor_at(Privacy::kCommercial), kTrip);
  EXPECT_TRUE(std::regex_match(member(out, "id"), std::regex("atrip-[1-9][0-9]{6}"))) << out;
  EXPECT_TRUE(std::regex_match(member(out, "icao"), std::regex("[A-Z]{4}"))) << out;
  EXPECT_TRUE(std::regex_match(member(out, "iata"), std::regex("[A-Z]{3}")));
  EXPECT_TRUE(std::regex_match(member(out, "price"), std::regex("[1-9][0-9]{4}\\.[0-9]{2}")));
  EXPECT_TRUE(std::regex_match(member(out, "date"), std::regex("20[0-9]{2}-[01][0-9]-[0-3][0-9]")));
  EXPECT_TRUE(std::regex_match(member(out, "aircraftTail"), std::regex("N[1-9][0-9]{2}[A-Z]{2}")));
  EXPECT_TRUE(std::regex_match(member(out, "tripId"), std::regex("[A-Z][0-9][A-Z][0-9][A-Z][0-9]")));
  EXPECT_TRUE(std::regex_match(member(out, "firstName"), std::regex("[A-Z][a-z]{3}")));
  // One id, one pseudonym: in the body and in both links.
  const std::string id = member(out, "id");
  EXPECT_NE(out.find("/api/trips/" + id + "\""), out.npos);
  EXPECT_NE(out.find("/buying/" + id + "?source"), out.npos);
}

TEST(Personal, ErrorsAndOrdinaryNamesStay) {
  const auto redactor = redactor_at(Privacy::kPii);
  for (
      const char* body :
      {R"({"message":"Not found"})", R"({"error":{"message":"No such user","code":5}})",
       R"({"errors":[{"message":"Invalid","path":"/name"}]})", R"({"name":"trips","notes":"none","title":"Hello"})",
       R"({"data":{"declineReason":"AIRCRAFT_NOT_AVAILABLE"}})", R"({"full_name":"octo/hello","filename":"a.pdf"})",
       R"({"sendEmail":true,"email":null,"notifications":{"email":"daily"},"microphone":"on","phone":false})",
       R"({"createdOn":"2026-11-25T10:30:00+01:00","version":"1.2.3","href":"https://a.example.org/x?y=1+12345678"})"}) {
    EXPECT_EQ(body_of(*redactor, body), body);
  }
}

TEST(Personal, TheMessageOfARequestGoes) {
  const auto redactor = redactor_at(Privacy::kPii);
  const auto out = redactor->redact_request(post("/api/tripmsgs/arfq-7/chat", R"({"message":"Ask for Anna please"})"));
  EXPECT_EQ(out.body.content.text.find("Anna"), std::string::npos);
  EXPECT_EQ(out.body.content.text.size(), std::string(R"({"message":"Ask for Anna please"})").size());
  EXPECT_EQ(out.path.text, "/api/tripmsgs/arfq-7/chat");
}

TEST(Personal, WhatIsLearnedIsFoundElsewhere) {
  const auto redactor = redactor_at(Privacy::kPii);
  const std::string name = "Greta Lindqvist";
  const std::string mail = "greta.lindqvist@acme.se";
  const std::string json = R"({"leadContactInfo":{"name":")" + name + R"(","emails":[")" + mail +
                           R"("],"phone":"0701234567"},"log":"from )" + name + R"(, 0701234567.","blob":")" +
                           base64_encode("x: " + mail) +
                           R"(","url":"/find?who=Greta%20Lindqvist&m=greta.lindqvist%40acme.se"})";
  const std::string out = body_of(*redactor, json);
  for (const char* gone : {"Greta", "Lindqvist", "acme.se", "0701234567", "lindqvist"}) {
    EXPECT_EQ(out.find(gone), out.npos) << gone << " in " << out;
  }
  EXPECT_EQ(out.find(base64_encode("x: " + mail).substr(4, 20)), out.npos);
  EXPECT_NE(out.find("from " + member(out, "name")), out.npos);
  // And in the next exchange.
  const std::string later = body_of(*redactor, R"({"text":"Greta Lindqvist called"})");
  EXPECT_EQ(later.find("Greta"), later.npos);
  EXPECT_NE(later.find(member(out, "name")), later.npos);
}

TEST(Personal, AnAddressIsTheSameEverywhere) {
  const auto redactor = redactor_at(Privacy::kPii);
  http::Request request = get_request("/api/users/anna@acme.se");
  request.query = "email=anna%40acme.se";
  request.has_query = true;
  request.fields = {{"User-Agent", "app (anna@acme.se)"}};
  const auto out =
      redactor->redact(exchange(request, "text/html", "<a href=\"mailto:anna@acme.se\">anna&#64;acme.se</a>"));
  const std::string by = out->request.path.text.substr(11);
  EXPECT_TRUE(is_email(by)) << by;
  EXPECT_EQ(decode(out->request.query.text, View::kPercent), "email=" + by);
  EXPECT_EQ(out->request.fields[0].value.text, "app (" + by + ")");
  EXPECT_EQ(decode(out->response->body.content.text, View::kHtml), "<a href=\"mailto:" + by + "\">" + by + "</a>");
}

// A password with an '@' next to other text is no address.
TEST(Personal, SecretsComeBeforeAddresses) {
  Kit kit;
  kit.know("Zq7#k@mail.example1x");
  EXPECT_EQ(kit.found("abcZq7#k@mail.example1x").text, "abc" + kit.pseudonyms.of("Zq7#k@mail.example1x"));
  kit.know("k@acme.org7Zq#");
  EXPECT_EQ(kit.found("abck@acme.org7Zq#").text, "abc" + kit.pseudonyms.of("k@acme.org7Zq#"));
}

TEST(Personal, KeysDecideAndInstancesAgree) {
  const std::string one = body_of(*redactor_at(Privacy::kCommercial), kTrip);
  EXPECT_EQ(body_of(*redactor_at(Privacy::kCommercial), kTrip), one);
  const std::string two = body_of(*redactor_at(Privacy::kCommercial, 9), kTrip);
  for (const char* name : {"id", "icao", "price", "date", "aircraftTail", "firstName", "sellerMessage"}) {
    EXPECT_NE(member(one, name), member(two, name)) << name;
  }
}

TEST(Personal, ALeakOfAKnownPersonIsReported) {
  const auto redactor = redactor_at(Privacy::kPii);
  const auto out = redactor->redact(
      exchange(get_request(), "application/json", R"({"customer":{"name":"Greta Lindqvist"},"x":"y"})"));
  RedactedParts parts = *out;
  EXPECT_TRUE(redactor->leaks(parts).empty());
  parts.response->body.content.text += " Greta Lindqvist";
  ASSERT_EQ(redactor->leaks(parts).size(), 1u);
  EXPECT_EQ(redactor->leaks(parts)[0].what, "a known name, address or phone number");
  EXPECT_EQ(redactor->leaks("see Greta Lindqvist", "report").size(), 1u);
}

// A trip recorded at the highest level, and an application that follows its links in the replay.
class Replay : public ::testing::Test {
 protected:
  void record(const http::Request& request, std::string type, std::string body) {
    recorded_.push_back(recorder_->redact(exchange(request, std::move(type), std::move(body))));
    keys_.push_back(match::key_of(recorded_.back()->request, rules_));
  }
  // The number of the recording that answers, exactly; -1: none.
  int ask(const http::Request& request) {
    const MatchKey key = match::key_of(player_->redact_request(request), rules_);
    const match::Index index(keys_);
    const auto range = index.find(key);
    for (const auto* entry = range.first; entry != range.last; ++entry) {
      if (entry->exact_lo != key.exact_lo || entry->exact_hi != key.exact_hi) continue;
      player_->adopt(*recorded_[entry->interaction]);
      return static_cast<int>(entry->interaction);
    }
    return -1;
  }
  bool in_bucket(const http::Request& request) {
    return !match::Index(keys_).find(match::key_of(player_->redact_request(request), rules_)).empty();
  }
  const std::string& body(int i) const { return recorded_[static_cast<std::size_t>(i)]->response->body.content.text; }

  std::unique_ptr<Redactor> recorder_ = redactor_at(Privacy::kCommercial);
  std::unique_ptr<Redactor> player_ = redactor_at(Privacy::kCommercial);
  match::MatchRules rules_ = match::rules_for(profiles::avinode());
  std::vector<RedactedInteraction> recorded_;
  std::vector<MatchKey> keys_;
};

std::string trip(std::string_view id, std::string_view display) {
  return R"({"data":{"id":"atrip-)" + std::string(id) + R"(","tripId":")" + std::string(display) +
         R"(","href":"https://sandbox.avinode.com/api/trips/atrip-)" + std::string(id) + "\"}}";
}

std::string create(std::string_view airport) {
  return R"({"segments":[{"startAirport":{"icao":")" + std::string(airport) +
         R"("},"dateTime":{"date":"2026-11-25","time":"10:00"},"paxCount":"4"}],"sourcing":true,"criteria":{}})";
}

TEST_F(Replay, FollowingLinksHitsTheRightTrip) {
  const std::string ids[] = {"4071355", "4071356", "4071357"};
  const std::string displays[] = {"A1B2C3", "QWERTY", "ZZ99ZZ"};
  const char* airports[] = {"KTEB", "KBOS", "ESSA"};
  for (int i = 0; i < 3; ++i) {
    record(post("/api/trips", create(airports[i])), "application/json", trip(ids[i], displays[i]));
  }
  for (int i = 0; i < 3; ++i) {
    record(get_request("/api/trips/atrip-" + ids[i]), "application/json", trip(ids[i], displays[i]));
    record(get_request("/api/rfqs/" + displays[i]), "application/json", R"({"data":[]})");
    record(get_request("/api/rfqs/" + ids[i]), "application/json", R"({"data":[]})");  // prefix stripped
  }
  for (const int i : {2, 0, 1}) {
    // The application makes its trip out of true values, and goes on with what it reads.
    ASSERT_EQ(ask(post("/api/trips", create(airports[i]))), i);
    const std::string id = member(body(i), "id");
    const std::string href = member(body(i), "href");
    EXPECT_NE(id, "atrip-" + ids[i]);
    EXPECT_TRUE(href.ends_with("/api/trips/" + id));
    EXPECT_EQ(ask(get_request("/api/trips/" + id)), 3 + 3 * i);
    EXPECT_EQ(ask(get_request("/api/rfqs/" + member(body(i), "tripId"))), 4 + 3 * i);
    EXPECT_EQ(ask(get_request("/api/rfqs/" + id.substr(6))), 5 + 3 * i);
  }
  // With true values throughout it is the same.
  EXPECT_EQ(ask(get_request("/api/trips/atrip-4071356")), 6);
}

TEST_F(Replay, AnotherKeyMatchesByKind) {
  record(post("/api/trips", create("KTEB")), "application/json", trip("4071355", "A1B2C3"));
  record(get_request("/api/trips/atrip-4071355"), "application/json", trip("4071355", "A1B2C3"));
  player_ = redactor_at(Privacy::kCommercial, 9);
  EXPECT_EQ(ask(post("/api/trips", create("KTEB"))), -1);
  EXPECT_TRUE(in_bucket(post("/api/trips", create("KTEB"))));
  EXPECT_TRUE(in_bucket(post("/api/trips", create("ESSA"))));
  EXPECT_TRUE(in_bucket(get_request("/api/trips/atrip-77")));
  EXPECT_FALSE(in_bucket(get_request("/api/rfqs/arfq-77")));
  // What the replay handed out is exact even so.
  player_->adopt(*recorded_[0]);
  EXPECT_EQ(ask(get_request("/api/trips/" + member(body(0), "id"))), 1);
}

}  // namespace
}  // namespace cvr::redact
