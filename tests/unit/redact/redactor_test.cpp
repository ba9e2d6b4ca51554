#include "cvr/redactor.h"

#include <thread>

#include "base/base64.h"
#include "http/codings.h"
#include "kit.h"
#include "redact/check.h"
#include "redact/entropy.h"

namespace cvr::redact {
namespace {

// All text of an interaction, so that a test can look for what must not be in it.
std::string everything(const RedactedParts& parts) {
  std::string all = parts.request.method + '\n' + parts.request.origin.host + '\n' + parts.request.path.text + '\n' +
                    parts.request.query.text + '\n';
  const auto fields = [&](const std::vector<RedactedField>& list) {
    for (const auto& field : list) all += field.name.text + ": " + field.value.text + '\n';
  };
  fields(parts.request.fields);
  all += parts.request.body.content.text + '\n';
  fields(parts.request.trailers);
  if (parts.response) {
    all += parts.response->reason.text + '\n';
    fields(parts.response->fields);
    all += parts.response->body.content.text + '\n';
    fields(parts.response->trailers);
  }
  for (const auto& note : parts.notes) all += note + '\n';
  return all;
}

TEST(Redactor, LearnsFromBothSidesFirst) {
  const auto redactor = make_redactor();
  const std::string secret = test::random_password();
  const std::string token = test::random_jwt();
  http::Request request = get_request("/api/oauth/token/" + token.substr(token.rfind('.') + 1));
  request.method = "POST";
  request.fields = {{"Content-Type", "application/x-www-form-urlencoded"},
                    {"X-Request-Id", token},
                    {"User-Agent", "x/" + base64_encode(secret)}};
  request.body = "grant_type=client_credentials&client_secret=" + encode(secret, View::kPercent);
  const Interaction raw =
      exchange(request, "application/json",
               R"({"access_token":")" + token + R"(","echo":)" + "\"" + encode(secret, View::kJson) + "\"}");
  const RedactedInteraction out = redactor->redact(raw);
  const std::string all = everything(*out);
  EXPECT_EQ(all.find(secret), all.npos);
  EXPECT_EQ(all.find(token), all.npos);
  EXPECT_EQ(all.find(base64_encode(secret)), all.npos);
  EXPECT_NE(all.find("grant_type=client_credentials&client_secret="), all.npos);
  EXPECT_TRUE(redactor->leaks(*out).empty());
}

TEST(Redactor, SamePseudonymEverywhereAndTwinsDiffer) {
  const auto redactor = make_redactor();
  const std::string token = test::random_uuid();
  std::string twin = token;
  twin[0] = twin[0] == 'a' ? 'b' : 'a';
  http::Request request = get_request("/api/x/" + token);
  request.query = "q=" + token + "&t=" + twin;
  request.has_query = true;
  request.fields = {{"X-Avinode-ApiToken", token}, {"X-Other-Token", twin}};
  const RedactedRequest out = redactor->redact_request(request);
  const std::string by = out.fields[0].value.text;
  const std::string by_twin = out.fields[1].value.text;
  EXPECT_NE(by, by_twin);
  EXPECT_EQ(out.path.text, "/api/x/" + by);
  EXPECT_EQ(out.query.text, "q=" + by + "&t=" + by_twin);
  EXPECT_EQ(make_redactor()->redact_request(request), out);  // another process, the same key
  EXPECT_NE(make_redactor({}, 77)->redact_request(request), out);
}

TEST(Redactor, RedactingAgainChangesNothing) {
  const auto redactor = make_redactor();
  http::Request request = get_request();
  request.query = "token=" + test::random_hex(20);
  request.has_query = true;
  request.fields = {{"Authorization", "Bearer " + test::random_jwt()},
                    {"Cookie", "a=" + test::random_hex(20) + "; lang=en"},
                    {"X-Odd", "some odd value"},
                    {"Content-Type", "application/json"},
                    {"Proxy-Authorization", "Basic " + base64_encode("svc:" + test::random_password())}};
  request.body = R"({"password":"abc","secret":")" + test::random_password().substr(0, 9) + R"(","x":")" +
                 test::random_jwt() + "\"}";
  const RedactedRequest once = redactor->redact_request(request);
  http::Request again = request;
  again.query = once.query.text;
  for (std::size_t i = 0; i < again.fields.size(); ++i) again.fields[i].value = once.fields[i].value.text;
  again.body = once.body.content.text;
  for (const auto& other : {make_redactor({}, 1), make_redactor({}, 55)}) {  // the key does not matter
    const RedactedRequest twice = other->redact_request(again);
    EXPECT_EQ(twice.query.text, once.query.text);
    EXPECT_EQ(twice.body.content.text, once.body.content.text);
    EXPECT_EQ(twice.body.content.spans.size(), once.body.content.spans.size());
    for (std::size_t i = 0; i < again.fields.size(); ++i) {
      EXPECT_EQ(twice.fields[i].value.text, once.fields[i].value.text) << i;
      EXPECT_EQ(twice.fields[i].value.spans.size(), once.fields[i].value.spans.size()) << i;
    }
  }
}

TEST(Redactor, ReplayedTokensAreRecognised) {
  // The player hands out the recorded pseudonym; the app sends it back, also in odd places.
  const auto recorder = make_redactor();
  const RedactedInteraction recorded = recorder->redact(
      exchange(get_request(), "application/json", R"({"access_token":")" + test::random_jwt() + "\"}"));
  const std::string& body = recorded->response->body.content.text;
  const std::string handed_out = body.substr(17, body.size() - 19);
  const auto player = make_redactor({}, 9);
  http::Request request = get_request("/api/echo/" + handed_out);
  request.fields = {{"Authorization", "Bearer " + handed_out}, {"X-Custom", handed_out}};
  const RedactedRequest out = player->redact_request(request);
  EXPECT_EQ(out.path.text, request.path);
  EXPECT_EQ(out.path.spans.size(), 1u);
  EXPECT_EQ(out.fields[0].value.text, request.fields[0].value);
  EXPECT_EQ(out.fields[0].value.spans.size(), 1u);
  EXPECT_EQ(out.fields[1].value.spans.size(), 1u);
  EXPECT_TRUE(player->leaks(*recorded).empty());
}

TEST(Redactor, HarmlessExchangesStayByteEqual) {
  const auto redactor = make_redactor();
  http::Request request = get_request("/api/trips/atrip-12345678");
  request.query = "page%5Bnumber%5D=0&fields[trips]=x";
  request.has_query = true;
  request.fields = {{"Host", "sandbox.avinode.com"},
                    {"Accept", "application/json"},
                    {"X-Avinode-SentTimestamp", "2026-03-14T09:26:53.589Z"}};
  const std::string body = "{\"data\":{\"id\":\"" + test::random_uuid() +
                           "\",\"href\":\"https://sandbox.avinode.com/api/trips/" + test::random_uuid() +
                           "\", \"price\" : 275.0, \"tripId\":\"A1B2C3\",\"rfq\":\"arfq-17\",\"sha\":\"" +
                           test::random_hex(64) + "\"}}";
  Interaction raw = exchange(request, "application/json", body);
  raw.response->fields.push_back({"X-Request-Id", test::random_uuid()});
  raw.response->fields.push_back({"ETag", "\"" + test::random_hex(32) + "\""});
  const RedactedInteraction out = redactor->redact(raw);
  EXPECT_EQ(out->response->body.content.text, body);
  EXPECT_TRUE(out->response->body.content.spans.empty());
  EXPECT_EQ(out->request.query.text, request.query);
  for (std::size_t i = 0; i < raw.response->fields.size(); ++i)
    EXPECT_EQ(out->response->fields[i].value.text, raw.response->fields[i].value);
  for (std::size_t i = 0; i < request.fields.size(); ++i)
    EXPECT_EQ(out->request.fields[i].value.text, request.fields[i].value);
  EXPECT_TRUE(out->notes.empty());
}

TEST(Redactor, FactsAreCopied) {
  const auto redactor = make_redactor();
  Interaction raw = exchange(get_request(), "text/plain", "hello");
  raw.arrival = Arrival::kReverse;
  raw.response_framing = Framing::kChunked;
  raw.pieces = {{5, 100}};
  raw.flags = {std::string(kFlagIncomplete)};
  raw.step = "step-1";
  raw.timing = {1, 2, 3, 4};
  raw.failure = Failure{FailureKind::kReset, "reset by upstream"};
  const RedactedInteraction out = redactor->redact(raw);
  EXPECT_EQ(out->arrival, Arrival::kReverse);
  EXPECT_EQ(out->response_framing, Framing::kChunked);
  EXPECT_EQ(out->pieces, raw.pieces);
  EXPECT_EQ(out->flags, raw.flags);
  EXPECT_EQ(out->step, "step-1");
  EXPECT_EQ(out->timing, raw.timing);
  EXPECT_EQ(out->failure, raw.failure);
  EXPECT_EQ(out->key, MatchKey{});
  raw.response.reset();
  EXPECT_FALSE(redactor->redact(raw)->response);
}

TEST(Redactor, GivenSecretsAndLines) {
  const std::string s = test::random_password();
  const auto redactor = make_redactor({s, "short", "production"});
  EXPECT_EQ(redactor->take_warnings().size(), 2u);
  EXPECT_EQ(redactor->leaks("file-" + s + ".cvr", "the cassette's name").size(), 1u);
  EXPECT_TRUE(redactor->leaks("file-production.cvr", "the cassette's name").empty());
  EXPECT_EQ(redactor->redact_line("GET https://u:p-p-p-p@h/a?b=c&d=" + s + ";e#frag x").find("p-p-p-p"),
            std::string::npos);
  EXPECT_EQ(redactor->redact_line("/a?b=c&d=e&f;g=h#frag rest"), "/a?b=...&d=...&f;g=... rest");
  EXPECT_EQ(redactor->redact_line("no query: " + s).find(s), std::string::npos);
  EXPECT_EQ(redactor->redact_line("plain text"), "plain text");
  for (const char* odd : {"?", "?=", "?a", "?a=", "#", "?#", "?=?"}) redactor->redact_line(odd);
}

TEST(Redactor, AFullLedgerFailsClosed) {
  RedactorOptions options;
  options.profile = &profiles::avinode();
  options.key = test_key();
  options.ledger_values = 2;
  const Redactor redactor(options);
  const auto run = [&](const std::string& token) {
    http::Request request = get_request("/path-" + token);
    request.fields = {{"X-Api-Key", token}, {"User-Agent", "agent " + token}};
    return redactor.redact(exchange(request, "text/plain", "body visible " + token));
  };
  const std::string first = test::random_hex(20);
  EXPECT_NE(everything(*run(first)).find("visible"), std::string::npos);
  run(test::random_hex(20));
  const std::string third = test::random_hex(20);
  const RedactedInteraction out = run(third);
  EXPECT_EQ(everything(*out).find(third), std::string::npos);
  EXPECT_EQ(everything(*out).find("visible"), std::string::npos);
  EXPECT_EQ(out->response->body.omitted, "omitted: more secrets than the ledger holds");
  EXPECT_FALSE(redactor.take_warnings().empty());
  // Matching goes on: a live request still hides its own secrets.
  http::Request live = get_request("/path-" + test::random_hex(20));
  live.fields = {{"X-Api-Key", live.path.substr(6)}};
  EXPECT_EQ(redactor.redact_request(live).path.text.find(live.path.substr(6)), std::string::npos);
}

TEST(Redactor, HugeTokens) {
  const auto redactor = make_redactor();
  const std::string token = test::random_base64url(9000);
  http::Request request = get_request();
  request.fields = {{"Authorization", "Bearer " + token}};
  const RedactedInteraction out =
      redactor->redact(exchange(request, "text/plain", "x" + base64_encode("ab" + token) + " " + token));
  const std::string all = everything(*out);
  for (std::size_t at = 0; at + 12 <= token.size(); at += 7) ASSERT_EQ(all.find(token.substr(at, 12)), all.npos);
  EXPECT_EQ(out->request.fields[0].value.text.size(), 9007u);
}

TEST(Redactor, CodedBodies) {
  const auto redactor = make_redactor();
  const std::string token = test::random_hex(32);
  Interaction raw =
      exchange(get_request(), "application/json", http::encode_body("{\"token\":\"" + token + "\"}", {"gzip"}).value());
  raw.response->fields.push_back({"Content-Encoding", "gzip"});
  raw.response->fields.push_back({"Content-Length", std::to_string(raw.response->body.size())});
  raw.response->fields.push_back({"Digest", "sha-256=abcdefghijklmnopqrstuv"});
  const RedactedInteraction out = redactor->redact(raw);
  EXPECT_EQ(everything(*out).find(token), std::string::npos);
  EXPECT_EQ(out->response->body.codings, std::vector<std::string>{"gzip"});
  EXPECT_EQ(out->notes.size(), 2u);
  EXPECT_EQ(everything(*out).find("sha-256=abc"), std::string::npos);
}

TEST(Redactor, ManyThreadsShareOne) {
  const auto redactor = make_redactor();
  const std::string shared = test::random_hex(40);
  std::vector<std::vector<std::string>> own(4);
  for (auto& tokens : own) {
    for (int i = 0; i < 100; ++i) tokens.push_back(test::random_hex(32));
  }
  std::vector<std::thread> threads;
  for (const auto& tokens : own) {
    threads.emplace_back([&] {
      for (const std::string& token : tokens) {
        http::Request request = get_request("/x/" + token);
        request.fields = {{"X-Api-Key", token}, {"Authorization", "Bearer " + shared}, {"X-Odd", "odd value"}};
        const RedactedRequest out = redactor->redact_request(request);
        EXPECT_EQ(out.path.text, "/x/" + out.fields[0].value.text);
        EXPECT_TRUE(redactor->leaks(*redactor->redact(exchange(request, "text/plain", token + shared))).empty());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(Redactor, WithoutProfile) {
  RedactorOptions options;
  options.key = test_key();
  const Redactor redactor(options);
  http::Request request = get_request();
  request.fields = {{"Authorization", "Bearer " + test::random_hex(20)}};
  EXPECT_EQ(redactor.redact_request(request).fields[0].value.spans.size(), 1u);
}

// Random secrets in random credential places: nothing of them is left anywhere, and the seal agrees.
TEST(Redactor, NoLeakProperty) {
  for (int round = 0; round < 100; ++round) {
    const auto redactor = make_redactor();
    const std::string secret = round % 3 == 0   ? test::random_password()
                               : round % 3 == 1 ? test::random_uuid()
                                                : test::random_jwt();
    http::Request request = get_request();
    const auto place = test::rng()() % 6;
    std::string body = "{\"ok\":true}";
    if (place == 0) request.fields.push_back({"Authorization", "Bearer " + secret});
    if (place == 1) request.fields.push_back({"Authorization", "Basic " + base64_encode("a-client-id:" + secret)});
    if (place == 2) request.fields.push_back({"X-Avinode-ApiToken", secret});
    if (place == 3) request.query = "access_token=" + encode(secret, View::kPercent);
    if (place == 4) request.fields.push_back({"Cookie", "AVI_JWT=" + encode(secret, View::kPercent)});
    if (place == 5) body = "{\"data\":[{\"clientSecret\":\"" + encode(secret, View::kJson) + "\"}]}";
    request.has_query = !request.query.empty();
    request.path += "/" + encode(secret, View::kPercent) + "/" + base64url_encode("k=" + secret);
    request.fields.push_back({"X-Correlation-Id", hex_encode(secret)});
    request.fields.push_back({"User-Agent", "ua " + secret});
    Interaction raw = exchange(request, "application/json", body);
    raw.response->fields.push_back({"Location", "https://h/?x=" + encode(secret, View::kPercent)});
    const RedactedInteraction out = redactor->redact(raw);
    const std::string all = everything(*out);
    EXPECT_EQ(all.find(secret), all.npos) << place;
    for (std::size_t v = 0; v < kVariantCount; ++v)
      EXPECT_EQ(all.find(variant_of(secret, static_cast<Variant>(v))), all.npos) << place << ' ' << v;
    EXPECT_EQ(decode(all, View::kPercent).find(secret), all.npos) << place;
    EXPECT_EQ(decode(all, View::kJson).find(secret), all.npos) << place;
    const auto leaks = redactor->leaks(*out);
    EXPECT_TRUE(leaks.empty()) << place << ' ' << (leaks.empty() ? "" : leaks[0].place + ": " + leaks[0].what);
  }
}

// Claims that are all kept: the token's payload stays, and is no leak.
TEST(Redactor, AJwtOfKeptClaimsLeaksNothing) {
  const auto redactor = make_redactor();
  const std::string token = base64url_encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." +
                            base64url_encode("{\"iat\":1700000000,\"exp\":1700000600,\"iss\":\"123456\"}") + "." +
                            test::random_base64url(43);
  http::Request request = get_request();
  request.fields = {{"Authorization", "Bearer " + token}};
  const auto parts = redactor->redact(exchange(request, "application/json", "{\"ok\":1}"));
  EXPECT_TRUE(redactor->leaks(*parts).empty());
}

// Basic credentials in ISO 8859-1, echoed in UTF-8.
TEST(Redactor, BasicInAnotherCharsetIsKnownInAll) {
  const auto redactor = make_redactor();
  http::Request request = get_request();
  request.fields = {{"Authorization", "Basic " + base64_encode("user:P\xe4ss\xf6w\xf6rt7")}};
  const auto out = redactor->redact(
      exchange(request, "application/json", "{\"a\":\"P\xc3\xa4ss\xc3\xb6w\xc3\xb6rt7\",\"b\":\"P%E4ss%F6w%f6rt7\"}"));
  const std::string& text = out->response->body.content.text;
  EXPECT_EQ(text.find("rt7"), text.npos) << text;
}

// What looks alone gave away in one place is the same pseudonym in all, so that a client that got it finds it.
TEST(Redactor, OneDecisionAValue) {
  const auto redactor = make_redactor();
  std::string id;
  while (!looks_random(id))
    id = "pi_" + test::random_text(24, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
  Interaction raw;
  raw.request.method = "GET";
  raw.request.path = "/pi/" + id;
  raw.response.emplace();
  raw.response->fields = {{"Content-Type", "application/json"}};
  raw.response->body = "{\"id\":\"" + id + "\",\"payment_intent\":\"" + id + "\"}";
  redactor->redact(raw);  // the seal redacts what stood before a value was learned once more
  const RedactedInteraction out = redactor->redact(raw);
  EXPECT_EQ(everything(*out).find(id), std::string::npos);
  const std::string p = out->request.path.text.substr(4);
  EXPECT_EQ(out->response->body.content.text, "{\"id\":\"" + p + "\",\"payment_intent\":\"" + p + "\"}");
}

TEST(Redactor, AnAccountIsOneInHeaderAndBody) {
  const auto redactor = make_redactor();
  Interaction raw;
  raw.request.method = "GET";
  raw.request.path = "/";
  raw.request.fields = {{"X-Avinode-ActAsAccount", "4711223"}};
  raw.response.emplace();
  raw.response->fields = {{"Content-Type", "application/json"}};
  raw.response->body = R"({"data":{"buyerAccount":{"id":4711223}}})";
  const RedactedInteraction out = redactor->redact(raw);
  const std::string& account = out->request.fields[0].value.text;
  EXPECT_NE(account, "4711223");
  EXPECT_EQ(out->response->body.content.text, R"({"data":{"buyerAccount":{"id":)" + account + "}}}");
}

TEST(Redactor, BodiesInUtf32AreRead) {
  const auto redactor = make_redactor();
  const std::string secret = "p\xc3\xa4ss-" + test::random_hex(12);
  std::string body("\xff\xfe\0\0", 4);
  for (const char c : "{\"password\":\"p\xe4ss-" + secret.substr(6) + "\"}") body += std::string{c, 0, 0, 0};
  const auto out = redactor->redact(exchange(get_request(), "application/json", body));
  const RedactedBody& got = out->response->body;
  EXPECT_FALSE(got.omitted);
  std::string plain;
  for (std::size_t i = 0; i < got.content.text.size(); i += 4) plain += got.content.text[i];
  EXPECT_EQ(plain.find(secret.substr(6)), plain.npos);
  EXPECT_NE(plain.find("password"), plain.npos);
}

// Replay breaks off at the same byte.
TEST(Redactor, HalfAJsonTextIsReadAsFarAsItGoes) {
  const auto redactor = make_redactor();
  const std::string t = test::random_hex(20);
  const std::string half = t.substr(0, 12);
  for (const std::string& body : {"{\"n\":1,\"password\":\"" + t + "\",\"a\":\"b", "{\"n\":1,\"password\":\"" + half,
                                  "{\"n\":1,\"passwords\":[\"" + t + "\",\"" + half,
                                  "{\"n\":1,\"x\":{\"password\": " + std::string("123456789012")}) {
    Interaction raw = exchange(get_request(), "application/json", body);
    raw.failure = Failure{FailureKind::kReset, "reset"};
    const auto out = redactor->redact(raw);
    const RedactedBody& got = out->response->body;
    ASSERT_FALSE(got.omitted) << body;
    EXPECT_EQ(got.content.text.size(), body.size()) << body;
    EXPECT_TRUE(got.content.text.starts_with("{\"n\":1,")) << got.content.text;
    EXPECT_EQ(got.content.text.find(half), std::string::npos) << got.content.text;
    EXPECT_EQ(got.content.text.find("123456789012"), std::string::npos) << got.content.text;
  }
}

}  // namespace
}  // namespace cvr::redact
