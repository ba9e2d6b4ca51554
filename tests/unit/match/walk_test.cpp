#include "match/walk.h"

#include "kit.h"
#include "match/normal_text.h"

namespace cvr::match {
namespace {

std::string query(std::string_view text) {
  Transcript out;
  walk_query(get("/?" + std::string(text)), test_rules(), PartRules{}, out);
  return out.text();
}

std::string credentials(std::vector<RedactedField> fields) {
  Transcript out;
  walk_credentials(get("/", std::move(fields)), test_rules(), PartRules{}, out);
  return out.text();
}

std::pair<BodyForm, std::string> body(const RedactedRequest& request) {
  Transcript out;
  const BodyForm form = walk_body(request, test_rules(), PartRules{}, out);
  return {form, out.text()};
}
using Body = std::pair<BodyForm, std::string>;

TEST(WalkQuery, GivesPairsDecoded) {
  EXPECT_EQ(query("b=2&a=1+x"), "(b=b:2,a=b:1 x)");
  EXPECT_EQ(query("page%5Bnumber%5D=2"), "(page[number]=b:2)");
  EXPECT_EQ(query("a=b=c&d=%26"), "(a=b:b=c,d=b:&)");
}

TEST(WalkQuery, TakesANameAloneAsEmptyAndDropsEmptyPairs) {
  EXPECT_EQ(query("a"), "(a=b:)");
  EXPECT_EQ(query("a="), "(a=b:)");
  EXPECT_EQ(query("&&a&"), "(a=b:)");
  EXPECT_EQ(query("=x"), "(=b:x)");
  EXPECT_EQ(query(""), "()");
}

TEST(WalkQuery, LeavesVolatileNamesOut) { EXPECT_EQ(query("a=1&NONCE=7&%6eonce"), "(a=b:1)"); }

TEST(WalkQuery, FindsTheValueOfALaterPair) { EXPECT_EQ(query("a&b=1"), "(a=b:,b=b:1)"); }

TEST(WalkPath, IsOneLeaf) {
  NormalText buffers;
  EXPECT_EQ(path_leaf(get("/a%2Db/<<id:7>>"), buffers).exact, "/a-b/7");
}

TEST(WalkCredentials, CountSchemeAndPresence) {
  EXPECT_EQ(credentials({field("AUTHORIZATION", "Bearer <<jwt:abc>>"), field("X-Api-Token", "<<uuid:u>>")}),
            "(authorization=b:bearer|Bearer abc,x-api-token=b:present|u)");
  EXPECT_EQ(credentials({field("X-Api-Token", "<<uuid:u v>>"), field("Authorization", "<<token:odd thing>>")}),
            "(authorization=b:present|odd thing,x-api-token=b:present|u v)");
  EXPECT_EQ(credentials({field("X-Other", "1")}), "()");
  EXPECT_EQ(credentials({field("Authorization", "a b"), field("Authorization", "c d")}),
            "(authorization=b:a|a b,authorization=b:c|c d)");
}

TEST(WalkBody, GoesByTheContentType) {
  EXPECT_EQ(body(post("", "")), (Body{BodyForm::kNone, ""}));
  EXPECT_EQ(body(post("application/json", "1")), (Body{BodyForm::kJson, "n:1"}));
  EXPECT_EQ(body(post("Application/Problem+JSON ; charset=utf-8", "[]")), (Body{BodyForm::kJson, "[]"}));
  EXPECT_EQ(body(post("text/json", "true")), (Body{BodyForm::kJson, "w:true"}));
  EXPECT_EQ(body(post("", " {}")), (Body{BodyForm::kJson, "{}"}));
  EXPECT_EQ(body(post("", "7")), (Body{BodyForm::kBytes, "b:7"}));
  EXPECT_EQ(body(post("text/plain", "{}")), (Body{BodyForm::kBytes, "b:{}"}));
  EXPECT_EQ(body(post("+json", "{}")), (Body{BodyForm::kBytes, "b:{}"}));
  EXPECT_EQ(body(form("a=1&assertion=x&b")), (Body{BodyForm::kForm, "(a=b:1,b=b:)"}));
}

TEST(WalkBody, TakesBrokenJsonAsBytes) {
  EXPECT_EQ(body(json(R"({"a":1,)")), (Body{BodyForm::kBytes, R"({a=n:1!b:{"a":1,)"}));
  EXPECT_EQ(body(json("{} {}")).first, BodyForm::kBytes);
  EXPECT_EQ(body(json(" ")).first, BodyForm::kBytes);
  EXPECT_EQ(body(json("\xef\xbb\xbf{}")).first, BodyForm::kBytes);
  EXPECT_EQ(body(json(std::string(65, '[') + std::string(65, ']'))).first, BodyForm::kBytes);
  EXPECT_EQ(body(json(std::string(64, '[') + std::string(64, ']'))).first, BodyForm::kJson);
}

TEST(WalkBody, NormalisesTheBoundary) {
  const std::string_view expected = "b:--boundary\r\nx\r\n--boundary--\r\n";
  EXPECT_EQ(body(post("multipart/form-data; boundary=AbC", "--AbC\r\nx\r\n--AbC--\r\n")).second, expected);
  EXPECT_EQ(body(post("Multipart/Mixed; boundary=\"q r\"", "--q r\r\nx\r\n--q r--\r\n")).second, expected);
  EXPECT_EQ(body(post("multipart/mixed", "--AbC\r\n")).second, "b:--AbC\r\n");
  EXPECT_EQ(body(post("text/x; boundary=AbC", "--AbC\r\n")).second, "b:--AbC\r\n");
}

TEST(WalkBody, KnowsOmittedOnesBySizeAndDigest) {
  RedactedRequest request = json("");
  request.body.omitted = "omitted: over the body limit";
  request.body.wire_size = 12;
  request.body.digest = "ab";
  EXPECT_EQ(body(request), (Body{BodyForm::kOmitted, "b:12 bytes, digest ab"}));
}

}  // namespace
}  // namespace cvr::match
