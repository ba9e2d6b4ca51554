#include <algorithm>

#include "app/redaction_table.h"
#include "cvr/redactor.h"
#include "support/golden.h"

namespace cvr::app {
namespace {

// Fixed made-up values, short and plain: the pseudonyms are not shown.
Interaction exchange() {
  Interaction raw;
  raw.request.method = "POST";
  raw.request.origin = {http::Scheme::kHttps, "api.example", 443};
  raw.request.path = "/v1/trips";
  raw.request.query = "token=first-of-them&page=2&page_token=keep-this-one";
  raw.request.has_query = true;
  raw.request.fields = {{"Host", "api.example"},        {"Authorization", "Bearer second-of-them"},
                        {"X-Odd", "odd value"},         {"Cookie", "lang=english-words"},
                        {"X-Custom", "kept by a rule"}, {"Content-Type", "application/x-www-form-urlencoded"}};
  raw.request.body = "client_id=some-client-name&scope=all";
  raw.response.emplace();
  raw.response->reason = "OK";
  raw.response->fields = {{"Content-Type", "application/json"}, {"Retry-After", "5"}};
  raw.response->body =
      R"({"data":[{"price":12.5,"tail":"flies N123","echo":"second-of-them"}],"ok":true,"token":null,"a/b":"","client_id":"kept too"})";
  return raw;
}

std::vector<Explanation> explained() {
  const auto config = parse_config(R"([[redact]]
json = "/data/*/price"
kind = "price"
[[redact]]
header = "X-Custom"
keep = true
[[redact]]
pattern = 'N\d{3}'
kind = "tail"
[[redact]]
json = "client_id"
keep = true
[[redact]]
query = "page_token"
keep = true
)",
                                   "project/cvr.toml");
  const auto redaction = load_redaction({}, *config);
  RedactorOptions options;
  options.profile = redaction->profile.get();
  const Redactor redactor(std::move(options));
  return explain(*redactor.redact(exchange()), *redaction);
}

TEST(Explanation, EachReplacedAndKeptValueHasAReason) {
  const auto all = explained();
  test::expect_golden("app/explanation.txt", explanation_text(all));
  test::expect_golden("app/explanation.json", explanation_json(all));
}

TEST(Explanation, NoValueStandsInIt) {
  const std::string text = explanation_text(explained()) + explanation_json(explained());
  for (const char* value :
       {"first-of-them", "second-of-them", "odd value", "english", "kept by a rule", "kept too", "12.5"}) {
    EXPECT_EQ(text.find(value), std::string::npos) << value;
  }
}

TEST(Explanation, SaysNothingThatDoesNotHold) {
  RedactedParts parts;
  parts.response.emplace();
  RedactedText& text = parts.response->body.content;
  text.text = R"({"at":{"time":"14:35","date":"2029-05-04"},"sig":"ok","price":"Qxwv"})";
  const auto span = [&](std::string_view what, Kind kind) {
    const auto at = static_cast<std::uint32_t>(text.text.find(what));
    text.spans.push_back({at, static_cast<std::uint32_t>(what.size()), kind, "json.name"});
  };
  span("14:35", Kind::kDate);
  span("2029-05-04", Kind::kDate);
  span("Qxwv", Kind::kName);
  const auto all = explain(parts, *load_redaction({}, {}));
  const auto one = [&](std::string_view place) { return *std::ranges::find(all, place, &Explanation::place); };
  EXPECT_FALSE(one("response body /at/time").redacted);
  EXPECT_EQ(one("response body /at/time").why, "a time of day, which names no day");
  EXPECT_TRUE(one("response body /at/date").redacted);
  EXPECT_EQ(one("response body /sig").why, "the name sig counts for values that look the part");
  // `price` counts at commercial only: it is not what took this one.
  EXPECT_EQ(one("response body /price").why, "below or beside a name that says so (json.name)");
}

TEST(Explanation, ParentsAndLevelsCount) {
  RedactedParts parts;
  parts.response.emplace();
  parts.response->body.content.text = R"({"name":"a","sellerCompany":[{"name":"b"}],"price":1,"x":{"notes":"c"}})";
  const auto redaction = load_redaction({}, {});
  const auto all = explain(parts, *redaction);
  const auto why = [&](std::string_view place) {
    const auto found = std::ranges::find(all, place, &Explanation::place);
    return found == all.end() ? std::string() : found->why;
  };
  EXPECT_TRUE(why("response body /name").starts_with("name on no list"));
  EXPECT_EQ(why("response body /sellerCompany/0/name"), "the name sellerCompany.name counts from commercial on");
  EXPECT_EQ(why("response body /price"), "the name price counts from commercial on");
  EXPECT_TRUE(why("response body /x/notes").starts_with("name on no list"));
}

TEST(Explanation, OmittedBodiesAndHostileNames) {
  RedactedParts parts;
  parts.request.query.text = "\x1b%00=1&&=";
  parts.request.body.omitted = "omitted: over the body limit";
  parts.response.emplace();
  parts.response->body.content.text = "[{\"a\":1},[";
  const auto redaction = load_redaction({}, {});
  const auto all = explain(parts, *redaction);
  const std::string text = explanation_text(all);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find("over the body limit"), std::string::npos);
}

}  // namespace
}  // namespace cvr::app
