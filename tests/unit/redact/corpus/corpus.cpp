#include "corpus/corpus.h"

#include <functional>

#include "base/base64.h"
#include "support/random.h"

namespace cvr::redact {
namespace {

using Make = std::function<std::string()>;

std::string bytes(std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) out += static_cast<char>(test::rng()() & 0xff);
  return out;
}

std::string base62(std::size_t size) {
  return test::random_text(size, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}

std::string number(std::uint64_t from, std::uint64_t to) { return std::to_string(from + test::rng()() % (to - from)); }

std::string word() {
  static const char* const kWords[] = {"flight",  "charter", "account", "summary", "vehicle", "broker",
                                       "segment", "airport", "request", "seller",  "default", "window",
                                       "border",  "primary", "layout",  "update"};
  return kWords[test::rng()() % std::size(kWords)];
}

std::string capital(std::string text) {
  text[0] = static_cast<char>(text[0] - 32);
  return text;
}

struct KindOf {
  const char* name;
  Make make;
};

// Tokens of providers and formats, and tokens that nothing gives away but their randomness.  Plain hex in
// a neutral place is left out: without its name it can not be told from a digest.
std::vector<KindOf> secrets() {
  const auto with = [](const char* prefix, std::size_t size) { return [=] { return prefix + base62(size); }; };
  return {
      {"aws", [] { return "AKIA" + test::random_text(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"); }},
      {"github", with("ghp_", 36)},
      {"gitlab", with("glpat-", 20)},
      {"slack",
       [] { return "xoxb-" + number(1u << 30, 1u << 31) + "-" + number(1u << 30, 1u << 31) + "-" + base62(24); }},
      {"stripe", with("sk_live_", 24)},
      {"google", with("AIza", 35)},
      {"google-oauth", with("GOCSPX-", 28)},
      {"twilio", [] { return "SK" + test::random_hex(32); }},
      {"sendgrid", [] { return "SG." + base62(22) + "." + base62(43); }},
      {"npm", with("npm_", 36)},
      {"pypi", with("pypi-", 120)},
      {"openai", with("sk-proj-", 48)},
      {"anthropic", with("sk-ant-api03-", 80)},
      {"shopify", [] { return "shpat_" + test::random_hex(32); }},
      {"digitalocean", [] { return "dop_v1_" + test::random_hex(64); }},
      {"azure", [] { return base62(3) + "8Q~" + base62(34); }},
      {"jwt", [] { return test::random_jwt(); }},
      {"base62-24", [] { return base62(24); }},
      {"base62-32", [] { return base62(32); }},
      {"base62-40", [] { return base62(40); }},
      {"base62-64", [] { return base62(64); }},
      {"base64-24", [] { return base64_encode(bytes(24)); }},
      {"base64-32", [] { return base64_encode(bytes(32)); }},
      {"base64-64", [] { return base64_encode(bytes(64)); }},
      {"base64url-32", [] { return test::random_base64url(43); }},
      {"own-prefix", [] { return "acme_" + base62(32); }},
      {"base36-32", [] { return test::random_text(32, "abcdefghijklmnopqrstuvwxyz0123456789"); }},
  };
}

std::vector<KindOf> harmless() {
  return {
      {"uuid", [] { return test::random_uuid(); }},
      {"vendor-id", [] { return "asellerlift-" + number(10'000'000, 99'999'999); }},
      {"hex-32", [] { return test::random_hex(32); }},
      {"hex-40", [] { return test::random_hex(40); }},
      {"hex-64", [] { return test::random_hex(64); }},
      {"href",
       [] { return "https://api.example.org/" + word() + "/" + word() + "/" + number(1000, 9999) + "/" + word(); }},
      {"link-to-object", [] { return "https://cdn.example.org/" + word() + "/" + base62(22) + "/" + word() + ".png"; }},
      {"data-uri", [] { return "data:image/png;base64," + base64_encode("\x89PNG\r\n\x1a\n" + bytes(600)); }},
      {"blob", [] { return base64_encode(bytes(400)); }},
      {"base64-text", [] { return base64_encode(word() + " " + word() + " of the " + word() + " and " + word()); }},
      {"integrity", [] { return "sha384-" + base64_encode(bytes(48)); }},
      {"identifier", [] { return word() + capital(word()) + capital(word()) + capital(word()) + number(1, 99); }},
      {"constant", [] { return "ERR_INPUT_" + number(100, 999) + "_GENERIC_INVALID_VALUE"; }},
      {"slug", [] { return word() + "-" + word() + "-" + number(2000, 2030) + "-" + word() + "-" + word(); }},
      {"file", [] { return word() + "." + test::random_hex(20) + ".min.js"; }},
      {"hashed-file", [] { return word() + "-" + base62(20) + ".css"; }},
      {"time", [] { return "2026-11-25T10:" + number(10, 59) + ":00." + number(100, 999) + "+01:00"; }},
      {"digits", [] { return test::random_text(24, "0123456789"); }},
      {"trace", [] { return "00-" + test::random_hex(32) + "-" + test::random_hex(16) + "-01"; }},
      {"css", [] { return "Button_" + word() + "__" + base62(5) + "-" + word() + "-primary"; }},
      {"package", [] { return "@" + word() + "/" + word() + "-" + word() + "@1." + number(1, 99) + ".0-beta"; }},
      {"agent",
       [] { return "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/1" + number(10, 40) + ".0.0.0"; }},
      {"class-path", [] { return "com/example/" + word() + "/" + capital(word()) + capital(word()) + "Controller2"; }},
      {"range",
       [] { return "bytes=" + number(1000, 9000) + "-" + number(10'000'000, 90'000'000) + "/" + number(1, 9); }},
  };
}

// Places with neutral names.
std::vector<std::string> places() {
  return {R"({"data":{"value":"@","n":1}})", R"({"items":["a","@"]})",
          R"(2026-11-25 10:30:00 INFO worker 7 used @ for the call)",
          R"(<table><tr><td>Current</td><td>@</td></tr></table>)", R"(export SETTING="@")"};
}

// Random characters in places that say that they are no secret.
std::vector<std::string> harmless_places() {
  return {R"({"id":"@","type":"trips"})",      R"({"requestId":"@"})", R"({"etag":"@"})",
          R"({"nextCursor":"@","more":1})",    R"(<img src="@">)",     R"({"contentHash" : "@"})",
          R"(https://a.example.org/o/@/view)", R"({"image":"@"})",     R"({"version":"@"})"};
}

std::string put(const std::string& place, const std::string& value) {
  const std::size_t at = place.find('@');
  return place.substr(0, at) + value + place.substr(at + 1);
}

// Put together here, so that no key-shaped text is committed.
std::string pem_frame() {
  std::string frame;
  for (const char* piece : {"-----BEGIN ", "PRIVATE ", "KEY-----\n@\n-----END ", "PRIVATE ", "KEY-----\n"})
    frame += piece;
  return frame;
}

}  // namespace

std::vector<Sample> make_corpus(int rounds) {
  std::vector<Sample> out;
  for (int round = 0; round < rounds; ++round) {
    for (const auto& [name, make] : secrets()) {
      for (const std::string& place : places()) {
        const std::string value = make();
        out.push_back({name, put(place, value), value, true});
      }
    }
    for (const auto& place :
         {"Server=tcp:db;Database=x;User=app;Password=@;", "AccountName=x;AccountKey=@;EndpointSuffix=y"}) {
      const std::string value = base62(24);
      out.push_back({"connection-string", put(place, value), value, true});
    }
    for (const auto& place : {R"({"u":"https://s3.example.org/b/o?X-Amz-Date=1&X-Amz-Signature=@"})",
                              R"({"u":"https://b.example.org/c?sv=1&sig=@&se=2"})"}) {
      const std::string value = test::random_hex(64);
      out.push_back({"signed-url", put(place, value), value, true});
    }
    const std::string password = base62(12);
    out.push_back({"url-password", "connect to postgres://app:" + password + "@db:5432/x now", password, true});
    const std::string pem = base64_encode(bytes(48));
    out.push_back({"pem", put(pem_frame(), pem), pem, true});
    for (const auto& [name, make] : harmless()) {
      for (const std::string& place : places()) {
        const std::string value = make();
        out.push_back({name, put(place, value), value, false});
      }
    }
    for (const std::string& place : harmless_places()) {
      const std::string value = base62(28);
      out.push_back({"named-harmless", put(place, value), value, false});
    }
  }
  return out;
}

}  // namespace cvr::redact
